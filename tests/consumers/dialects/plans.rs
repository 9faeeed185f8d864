//! Firewall plans made by hand and by chance.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;
use ocstopo::catalog::Confidence;
use ocstopo::packet::Ranges;
use ocstopo::plan::firewall::{FirewallPlan, FirewallRule, JoinedNetwork, Nat, Party};
use ocstopo::plan::{Reason, SourceRef};
use ocstopo::product::{PortRange, Transport, Zone};
use proptest::prelude::*;

pub fn net(text: &str) -> Ipv4Net {
    text.parse().or_else(|_| text.parse::<Ipv4Addr>().map(Ipv4Net::from)).expect("an address or a network")
}

pub fn party(path: &str, address: &str) -> Party {
    Party { path: path.to_owned(), net: net(address), public: None }
}

pub fn declared(path: &str, line: u32) -> SourceRef {
    SourceRef { path: path.to_owned(), place: Some(format!("contoso.ocstopo:{line}")), shown: true }
}

pub fn rule(id: &str, sources: Vec<Party>, destinations: Vec<Party>, transport: Transport, ports: &str) -> FirewallRule {
    FirewallRule {
        id: id.to_owned(),
        flow: id.to_owned(),
        sources,
        source_ports: None,
        destinations,
        destination_ports: ports.split(' ').map(|port| port.parse().expect("a port")).collect(),
        transport,
        application: "SIP/MTLS".to_owned(),
        reason: Reason {
            features: vec!["remote_users", "federation"],
            declared: vec![declared("redmond.edge", 71)],
            switches: vec![declared("contoso.remote_users", 12)],
            row: id.split('/').next().unwrap_or_default().to_owned(),
            step: 6,
            source: vec!["S5".to_owned(), "S44".to_owned()],
            confidence: Confidence::High,
            purpose: "signs outsiders in".to_owned(),
        },
        breaks: "nobody outside can sign in".to_owned(),
        from_network: "internet".to_owned(),
        to_network: "redmond.dmz".to_owned(),
    }
}

pub fn joined(path: &str, range: &str, zone: Zone) -> JoinedNetwork {
    JoinedNetwork { path: path.to_owned(), range: net(range), zone }
}

/// A firewall with three legs: an array behind it, a translated A/V Edge, media from and to fixed ports.
pub fn sample() -> FirewallPlan {
    let internet = || vec![party("internet", "0.0.0.0/0")];
    let access = rule(
        "P01/redmond.edge",
        internet(),
        vec![
            party("redmond.edge.acc1", "172.16.1.11"),
            party("redmond.edge.acc2", "172.16.1.12"),
            party("redmond.edge.acc3", "172.16.1.13"),
        ],
        Transport::Tcp,
        "443 5061",
    );
    let mut media = rule(
        "P07/redmond.edge/udp~0a1b2c3d",
        vec![Party { public: Some("131.107.155.30".parse().expect("an address")), ..party("redmond.edge.av1", "172.16.1.33") }],
        internet(),
        Transport::Udp,
        "1024-65535",
    );
    media.source_ports = Some(vec!["50000-59999".parse().expect("ports")]);
    let inside = rule(
        "P03/redmond.pool01",
        vec![
            party("redmond.edge.acc1", "172.16.1.11"),
            party("redmond.edge.acc2", "172.16.1.12"),
            party("redmond.edge.acc3", "172.16.1.13"),
        ],
        vec![party("redmond.pool01", "10.10.0.10")],
        Transport::Tcp,
        "5061",
    );
    FirewallPlan {
        name: "outer".to_owned(),
        path: "redmond.outer".to_owned(),
        site: "redmond".to_owned(),
        label: "redmond-outer".to_owned(),
        dialect: "nftables",
        networks: vec![
            joined("internet", "0.0.0.0/0", Zone::Internet),
            joined("redmond.dmz", "172.16.1.0/24", Zone::Perimeter),
            joined("redmond.servers", "10.10.0.0/22", Zone::Internal),
        ],
        inside: vec![net("10.10.0.0/22"), net("10.99.0.0/16"), net("172.16.1.0/24")],
        rules: vec![access, media, inside],
        nats: vec![Nat {
            name: "av".to_owned(),
            public: "131.107.155.30".parse().expect("an address"),
            inside: "172.16.1.33".parse().expect("an address"),
            declared: declared("redmond.outer.av", 40),
        }],
        declared: declared("redmond.outer", 38),
    }
}

/// The sample with all names and reasons replaced, which is the only text in it that people write.
pub fn with_text(text: &str) -> FirewallPlan {
    let mut plan = sample();
    plan.path = text.to_owned();
    plan.declared.path = text.to_owned();
    plan.nats[0].name = text.to_owned();
    plan.nats[0].declared.path = text.to_owned();
    plan.networks[1].path = text.to_owned();
    for rule in &mut plan.rules {
        rule.id = text.to_owned();
        rule.application = text.to_owned();
        rule.breaks = text.to_owned();
        rule.reason.purpose = text.to_owned();
        rule.reason.row = text.to_owned();
        rule.reason.declared[0].path = text.to_owned();
        rule.reason.declared[0].place = Some(text.to_owned());
        rule.sources[0].path = text.to_owned();
    }
    plan
}

/// Which networks of [`any_plan`] a rule may pass between, with the addresses of each end; the internet may come through the
/// perimeter.
const WAYS: &[(&str, &str, &str, &str)] = &[
    ("internet", "internet", "redmond.dmz", "172.16.1.0"),
    ("redmond.dmz", "172.16.1.0", "internet", "internet"),
    ("redmond.dmz", "172.16.1.0", "redmond.servers", "10.10.0.0"),
    ("redmond.servers", "10.10.0.0", "redmond.dmz", "172.16.1.0"),
    ("redmond.clients", "10.10.64.0", "redmond.dmz", "172.16.1.0"),
    ("redmond.dmz", "internet", "redmond.servers", "10.10.0.0"),
    ("redmond.servers", "10.10.0.0", "redmond.dmz", "internet"),
];

/// Some ports in order, neither overlapping nor adjacent.
fn any_ports(most: usize) -> impl Strategy<Value = Vec<PortRange>> {
    let range = prop_oneof![(1u16..2000).prop_map(|port| (port, port)), (1u16..60000, 1u16..3000).prop_map(|(a, b)| (a, a + b))];
    proptest::collection::vec(range, 1..=most).prop_map(|ranges| {
        let ranges = Ranges::new(ranges.into_iter().map(|(first, last)| (u32::from(first), u32::from(last))));
        let port = |number: u32| u16::try_from(number).expect("a port");
        ranges.iter().map(|(first, last)| PortRange { first: port(first), last: port(last) }).collect()
    })
}

/// Hosts and small networks behind an address; the translated server is often among them.
fn any_parties(base: &'static str) -> BoxedStrategy<Vec<Party>> {
    if base == "internet" {
        return Just(vec![party("internet", "0.0.0.0/0")]).boxed();
    }
    let base = base.parse::<Ipv4Addr>().expect("an address").to_bits();
    let one = (0u32..40, 28u8..=32).prop_map(move |(host, length)| {
        let net = Ipv4Net::new_assert((base + host).into(), length).trunc();
        party(&format!("redmond.s{host}"), &net.to_string())
    });
    proptest::collection::vec(one, 1..6).boxed()
}

fn any_rule() -> impl Strategy<Value = FirewallRule> {
    let way = proptest::sample::select(WAYS);
    way.prop_flat_map(|(from, near, to, far)| {
        let ends = (any_parties(near), any_parties(far));
        (ends, prop::option::of(any_ports(3)), any_ports(20), any::<bool>()).prop_map(
            move |((sources, destinations), source_ports, ports, tcp)| {
                let mut rule = rule("P00", sources, destinations, if tcp { Transport::Tcp } else { Transport::Udp }, "1");
                rule.source_ports = source_ports;
                rule.destination_ports = ports;
                from.clone_into(&mut rule.from_network);
                to.clone_into(&mut rule.to_network);
                rule
            },
        )
    })
}

/// A firewall with any rules between four networks, one of its servers translated.
pub fn any_plan() -> impl Strategy<Value = FirewallPlan> {
    proptest::collection::vec(any_rule(), 1..12).prop_map(|mut rules| {
        let mut plan = sample();
        let nat = plan.nats[0].clone();
        for (at, rule) in rules.iter_mut().enumerate() {
            rule.id = format!("P{at:02}/redmond.edge");
            let outside = |parties: &[Party]| parties.iter().any(Party::is_any);
            let (inbound, outbound) = (outside(&rule.sources), outside(&rule.destinations));
            for (parties, translated) in [(&mut rule.sources, outbound), (&mut rule.destinations, inbound)] {
                for party in parties.iter_mut().filter(|party| translated && party.net == Ipv4Net::from(nat.inside)) {
                    party.public = Some(nat.public);
                }
                parties.sort();
                parties.dedup();
            }
        }
        plan.networks.push(joined("redmond.clients", "10.10.64.0/18", Zone::Internal));
        plan.inside.push(net("10.10.64.0/18"));
        plan.inside.sort();
        plan.rules = rules;
        plan
    })
}
