//! Plans over a topology made by hand: internet, outer firewall (translates), perimeter, inner firewall, servers and clients.

use std::net::Ipv4Addr;

use proptest::prelude::*;

use super::*;
use crate::catalog::{FlowRelation, FlowRow, NatRule, Provenance, Target, Tls};
use crate::flow::{Crossing, Flow, Flows, Leg, Peer};
use crate::lower::Decls;
use crate::model::{
    Dns, ExternalAccess, Firewall, FirewallId, Network, NetworkId, NetworkRanges, Organization, Site, SiteId, StaticNat, Topology,
};
use crate::plan::Lines;
use crate::product::{Feature, FirewallDialect, Product, Role, Side};
use crate::text::{FileId, SourceMap, Span, Spanned};

const INTERNET: NetworkId = NetworkId::INTERNET;
const DMZ: NetworkId = NetworkId(1);
const SERVERS: NetworkId = NetworkId(2);
const CLIENTS: NetworkId = NetworkId(3);
const OUTER: FirewallId = FirewallId(1);
const INNER: FirewallId = FirewallId(0);

fn at(line: u32) -> Span {
    Span::new(FileId(0), line * 2 - 2, line * 2 - 1)
}

fn sources() -> SourceMap {
    SourceMap::new(vec![("a.ocstopo".to_owned(), "x\n".repeat(40))])
}

fn topology() -> Topology {
    let network = |id: NetworkId, path: &str, zone, range: &str, line| Network {
        id,
        name: path.rsplit('.').next().unwrap_or_default().to_owned(),
        path: path.to_owned(),
        site: None,
        zone,
        range: range.parse().expect("a network"),
        gateway: None,
        clients: false,
        dns_suffixes: Vec::new(),
        time_server: None,
        administrators: false,
        span: (id != INTERNET).then(|| at(line)),
    };
    let firewall = |id, name: &str, joins: &[NetworkId], nats, line| Firewall {
        id,
        name: name.to_owned(),
        path: format!("redmond.{name}"),
        site: SiteId(0),
        joins: joins.iter().map(|id| Spanned::new(*id, at(line))).collect(),
        dialect: FirewallDialect::Nftables,
        nats,
        redundant: false,
        span: at(line),
    };
    let nat = StaticNat {
        name: "web".to_owned(),
        public: Spanned::new(Ipv4Addr::new(131, 107, 155, 30), at(11)),
        inside: Spanned::new(Ipv4Addr::new(172, 16, 1, 33), at(11)),
        span: at(11),
    };
    let networks = vec![
        network(INTERNET, "internet", Zone::Internet, "0.0.0.0/0", 1),
        network(DMZ, "redmond.dmz", Zone::Perimeter, "172.16.1.0/24", 3),
        network(SERVERS, "redmond.servers", Zone::Internal, "10.10.0.0/22", 4),
        network(CLIENTS, "redmond.clients", Zone::Internal, "10.10.64.0/18", 5),
    ];
    Topology {
        ranges: NetworkRanges::new(&networks),
        members: Default::default(),
        dependants: Default::default(),
        organization: Organization {
            name: "contoso".to_owned(),
            span: at(1),
            product: Product::Ocs2007,
            sample: true,
            sip_domains: Vec::new(),
            features: Vec::new(),
            external: ExternalAccess::default(),
            domains: Vec::new(),
            global_settings: Some("configuration_container"),
            schema_prepared: false,
            forest_prepared: false,
            authorities: Vec::new(),
            subject: Default::default(),
            dns: Dns::default(),
        },
        sites: vec![Site {
            id: SiteId(0),
            name: "redmond".to_owned(),
            users: None,
            domain: None,
            domain_written: false,
            span: at(2),
        }],
        networks,
        firewalls: vec![
            firewall(INNER, "inner", &[DMZ, SERVERS, CLIENTS], Vec::new(), 9),
            firewall(OUTER, "outer", &[INTERNET, DMZ], vec![nat], 10),
        ],
        wan_links: Vec::new(),
        load_balancers: Vec::new(),
        groups: Vec::new(),
        servers: Vec::new(),
        endpoints: Vec::new(),
        decls: Decls::default(),
        by_path: Default::default(),
        links: Vec::new(),
        addresses: Default::default(),
    }
}

fn peer(path: &str, net: &str, network: NetworkId, line: u32) -> Peer {
    let net = net.parse().or_else(|_| net.parse::<Ipv4Addr>().map(Ipv4Net::from)).expect("an address or network");
    let span = (network != INTERNET).then(|| at(line));
    let (group, server, endpoint) = (None, None, None);
    Peer { role: Role::Client, path: path.to_owned(), net, public: None, network, group, server, endpoint, span }
}

fn internet() -> Peer {
    peer("internet", "0.0.0.0/0", INTERNET, 0)
}

fn web() -> Peer {
    peer("redmond.web", "172.16.1.33", DMZ, 20)
}

fn row(transport: &[Transport], ports: &str) -> FlowRow {
    FlowRow {
        conflict: None,
        only_for: None,
        id: "P01".to_owned(),
        from: vec![Role::Client],
        from_side: Side::Inside,
        to: Role::Client,
        to_side: Side::Inside,
        relation: FlowRelation::Any,
        transport: transport.to_vec(),
        source_ports: None,
        ports: ports.split_whitespace().map(|port| port.parse().expect("a port")).collect(),
        application: "SIP/TLS".to_owned(),
        target: Target::Vip,
        two_way: false,
        tls: Tls::None,
        nat: NatRule::Allowed,
        stated_port: false,
        when: Vec::new(),
        optional: false,
        purpose: "carries calls".to_owned(),
        breaks: "no calls".to_owned(),
        provenance: Provenance { step: 6, source: vec!["S5".to_owned()], confidence: crate::catalog::Confidence::High },
    }
}

fn flow<'r>(row: &'r FlowRow, id: &str, from: Vec<Peer>, to: Vec<Peer>, legs: Vec<Leg>) -> Flow<'r> {
    Flow {
        id: id.to_owned(),
        row,
        reversed: false,
        transports: row.transport.clone(),
        source_ports: None,
        ports: row.ports.clone(),
        from: from.into_iter().collect(),
        to: to.into_iter().collect(),
        features: vec![(Feature::RemoteUsers, at(7))],
        legs,
    }
}

fn leg(from: &[usize], to: &[usize], crossings: &[(FirewallId, NetworkId, NetworkId)]) -> Leg {
    let crossing = |(firewall, enters, leaves): &(FirewallId, NetworkId, NetworkId)| Crossing {
        firewall: *firewall,
        enters: *enters,
        leaves: *leaves,
    };
    Leg { from: from.to_vec(), to: to.to_vec(), crossings: crossings.iter().map(crossing).collect() }
}

fn plans(flows: Vec<Flow<'_>>) -> Vec<FirewallPlan> {
    let sources = sources();
    plan(&topology(), &Flows { flows, problems: Vec::new(), withheld: Vec::new() }, &Lines { sources: &sources, show: true })
}

/// `firewall: id sources -> destinations ports`, one line a rule.
fn shown(plans: &[FirewallPlan]) -> String {
    let parties = |parties: &[Party]| {
        let text: Vec<String> = parties
            .iter()
            .map(|p| format!("{}={}{}", p.path, p.net, p.public.map_or(String::new(), |p| format!("({p})"))))
            .collect();
        text.join(",")
    };
    let rules = plans.iter().flat_map(|plan| plan.rules.iter().map(move |rule| (plan, rule)));
    let line = |(plan, rule): (&FirewallPlan, &FirewallRule)| {
        let ports: Vec<String> = rule.destination_ports.iter().map(ToString::to_string).collect();
        let sources = parties(&rule.sources);
        let destinations = parties(&rule.destinations);
        format!("{}: {} {sources} -> {destinations} {}/{}", plan.name, rule.id, rule.transport.word(), ports.join(","))
    };
    rules.map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_rule_has_the_addresses_of_its_firewall() {
    let row = row(&[Transport::Tcp], "443 5061");
    let inbound = flow(&row, "P01/redmond.web", vec![internet()], vec![web()], vec![leg(&[0], &[0], &[(OUTER, INTERNET, DMZ)])]);
    let pool = peer("redmond.pool", "10.10.0.10", SERVERS, 21);
    let through = vec![leg(&[0], &[0], &[(OUTER, INTERNET, DMZ), (INNER, DMZ, SERVERS)])];
    let deep = flow(&row, "P02/redmond.pool", vec![internet()], vec![pool.clone()], through);
    let inside = flow(&row, "P03/redmond.pool", vec![web()], vec![pool], vec![leg(&[0], &[0], &[(INNER, DMZ, SERVERS)])]);
    let plans = plans(vec![inbound, deep, inside]);
    insta::assert_snapshot!(shown(&plans), @r#"
    inner: P02/redmond.pool internet=0.0.0.0/0 -> redmond.pool=10.10.0.10/32 tcp/443,5061
    inner: P03/redmond.pool redmond.web=172.16.1.33/32 -> redmond.pool=10.10.0.10/32 tcp/443,5061
    outer: P01/redmond.web internet=0.0.0.0/0 -> redmond.web=172.16.1.33/32(131.107.155.30) tcp/443,5061
    outer: P02/redmond.pool internet=0.0.0.0/0 -> redmond.pool=10.10.0.10/32 tcp/443,5061
    "#);
    insta::assert_snapshot!(serde_json::to_string(&plans[1].rules[0].reason).expect("serializable"), @r#"{"features":["remote_users"],"declared":[{"path":"redmond.web","place":"a.ocstopo:20"},{"path":"redmond.outer.web","place":"a.ocstopo:11"}],"switches":[{"path":"contoso.remote_users","place":"a.ocstopo:7"}],"row":"P01","step":6,"source":["S5"],"confidence":"high","purpose":"carries calls"}"#);
}

#[test]
fn translations_appear_at_their_firewall() {
    let row = row(&[Transport::Udp], "1024-65535");
    let out = vec![leg(&[0], &[0], &[(OUTER, DMZ, INTERNET), (INNER, DMZ, SERVERS)])];
    let outbound = flow(&row, "P01/redmond.web", vec![web()], vec![internet()], out);
    let back = vec![leg(&[0], &[0], &[(INNER, SERVERS, DMZ), (OUTER, INTERNET, DMZ)])];
    let inbound = flow(&row, "P02/redmond.web", vec![internet()], vec![web()], back);
    let clients = peer("redmond.clients", "10.10.64.0/18", CLIENTS, 5);
    let inside = flow(&row, "P03/redmond.web", vec![clients], vec![web()], vec![leg(&[0], &[0], &[(INNER, CLIENTS, DMZ)])]);
    insta::assert_snapshot!(shown(&plans(vec![outbound, inbound, inside])), @r#"
    inner: P01/redmond.web redmond.web=131.107.155.30/32 -> internet=0.0.0.0/0 udp/1024-65535
    inner: P02/redmond.web internet=0.0.0.0/0 -> redmond.web=131.107.155.30/32 udp/1024-65535
    inner: P03/redmond.web redmond.clients=10.10.64.0/18 -> redmond.web=172.16.1.33/32 udp/1024-65535
    outer: P02/redmond.web internet=0.0.0.0/0 -> redmond.web=172.16.1.33/32(131.107.155.30) udp/1024-65535
    outer: P01/redmond.web redmond.web=172.16.1.33/32(131.107.155.30) -> internet=0.0.0.0/0 udp/1024-65535
    "#);
}

#[test]
fn the_internet_is_nothing_declared() {
    let row = row(&[Transport::Tcp], "443");
    let inbound = flow(&row, "P01/redmond.web", vec![internet()], vec![web()], vec![leg(&[0], &[0], &[(OUTER, INTERNET, DMZ)])]);
    let plans = plans(vec![inbound]);
    let inside = |at: usize| plans[at].inside.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    // The outer firewall joins neither servers nor clients, and keeps them closed all the same.
    assert_eq!(inside(1), "10.10.0.0/22 10.10.64.0/18 172.16.1.0/24");
    assert_eq!(inside(0), "", "no rule of the inner firewall is for the internet");
}

#[test]
fn legs_join_when_they_are_one_permission() {
    let row = row(&[Transport::Tcp, Transport::Udp], "443");
    let from = vec![
        peer("redmond.clients", "10.10.64.0/18", CLIENTS, 5),
        peer("redmond.fe01", "10.10.0.11", SERVERS, 22),
        peer("redmond.fe02", "10.10.0.12", SERVERS, 22),
    ];
    let to = vec![web()];
    let legs = vec![
        leg(&[0], &[0], &[(INNER, CLIENTS, DMZ)]),
        leg(&[1], &[0], &[(INNER, SERVERS, DMZ)]),
        leg(&[2], &[0], &[(INNER, SERVERS, DMZ)]),
    ];
    insta::assert_snapshot!(shown(&plans(vec![flow(&row, "P01/redmond.web", from, to, legs)])), @r#"
    inner: P01/redmond.web/tcp~44cf1c9c redmond.clients=10.10.64.0/18 -> redmond.web=172.16.1.33/32 tcp/443
    inner: P01/redmond.web/tcp~a52dbd3e redmond.fe01=10.10.0.11/32,redmond.fe02=10.10.0.12/32 -> redmond.web=172.16.1.33/32 tcp/443
    inner: P01/redmond.web/udp~44cf1c9c redmond.clients=10.10.64.0/18 -> redmond.web=172.16.1.33/32 udp/443
    inner: P01/redmond.web/udp~a52dbd3e redmond.fe01=10.10.0.11/32,redmond.fe02=10.10.0.12/32 -> redmond.web=172.16.1.33/32 udp/443
    "#);
}

#[test]
fn rules_stay_when_others_come() {
    let row = row(&[Transport::Tcp], "443");
    let one = || flow(&row, "P05/redmond.web", vec![internet()], vec![web()], vec![leg(&[0], &[0], &[(OUTER, INTERNET, DMZ)])]);
    let other = flow(&row, "P01/redmond.web", vec![internet()], vec![web()], vec![leg(&[0], &[0], &[(OUTER, INTERNET, DMZ)])]);
    let alone = plans(vec![one()]);
    let both = plans(vec![other, one()]);
    assert_eq!(alone[1].rules[0], both[1].rules[1]);
    assert_eq!(alone[0].rules, Vec::new());
}

proptest! {
    #[test]
    fn addresses_are_exact(hosts in proptest::collection::vec(0u32..64, 1..40)) {
        let party = |host| Party { path: String::new(), net: Ipv4Net::from(Ipv4Addr::from(0x0a00_0000 + host)), public: None };
        let nets = addresses(&hosts.iter().copied().map(party).collect::<Vec<_>>());
        for host in 0..64u32 {
            let held = nets.iter().filter(|net| net.contains(&Ipv4Addr::from(0x0a00_0000 + host))).count();
            prop_assert_eq!(held, usize::from(hosts.contains(&host)));
        }
    }
}
