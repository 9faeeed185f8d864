//! The artifacts agree with each other: the name in DNS is the name on the certificate, its address is the one that the firewalls
//! permit, and the runbook names nothing else. DNS is read by BIND, firewalls by the kernel.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use crate::support::kernel::{Allowed, read_back};
use crate::support::zone::{Record, records};
use crate::support::{Example, table};
use ocstopo::catalog::Tls;
use ocstopo::lower::Fqdn;
use ocstopo::model::{Detail, Endpoint, Group, Named};
use ocstopo::product::{Relation, Role, Side};

/// Names that lead to an address in a view.
fn names_of<'r>(records: &'r [Record], view: &str, address: Ipv4Addr) -> BTreeSet<&'r str> {
    records.iter().filter(|r| r.view == view && r.address() == Some(address)).map(|r| r.name.as_str()).collect()
}

fn addresses_of(records: &[Record], view: &str, name: &str) -> BTreeSet<Ipv4Addr> {
    records.iter().filter(|r| r.view == view && r.name == name).filter_map(Record::address).collect()
}

/// A row of certificates.csv.
struct Certificate {
    slug: String,
    names: BTreeSet<String>,
    serves: BTreeSet<String>,
    installs: BTreeSet<String>,
}

fn certificates(example: &Example) -> Vec<Certificate> {
    let set = |cell: &str| table::items(cell).into_iter().map(str::to_owned).collect::<BTreeSet<String>>();
    let row = |row: BTreeMap<String, String>| Certificate {
        names: set(&row["alternative names"]).into_iter().chain([row["common name"].clone()]).collect(),
        serves: set(&row["serves"]),
        installs: table::items(&row["installs on"])
            .into_iter()
            .map(|item| item.split(" (").next().expect("a path").to_owned())
            .collect(),
        slug: row["certificate"].clone(),
    };
    table::rows(example.text("pki/certificates.csv")).into_iter().map(row).collect()
}

#[test]
fn every_srv_target_has_an_address_in_its_view() {
    for example in Example::all().iter() {
        let records = records(example);
        let services: Vec<&Record> = records.iter().filter(|record| record.kind == "SRV").collect();
        let views: BTreeSet<&str> = services.iter().map(|service| service.view.as_str()).collect();
        assert!(views.iter().eq(example.views()), "{}: sign-in {views:?}", example.name);
        for service in services {
            let target = service.data.last().expect("a target");
            let found = addresses_of(&records, &service.view, target);
            assert!(
                !found.is_empty(),
                "{}: {} of {} leads to {target}, which has no address",
                example.name,
                service.name,
                service.view
            );
            let domain = service.name.splitn(3, '.').nth(2).expect("_service._protocol.domain");
            assert!(target.ends_with(&format!(".{domain}")), "{target} lies outside {domain}: clients refuse it as spoofed");
        }
    }
}

/// The names that others use for an endpoint, each with the servers that must answer to it.
fn names_used(example: &Example, records: &[Record], endpoint: &Endpoint) -> Vec<(String, Vec<String>)> {
    let topology = example.topology();
    let path = |member: &ocstopo::model::Member| topology.server(member.server).path.clone();
    let all: Vec<String> = endpoint.members.iter().map(path).collect();
    if endpoint.side == Side::Outside {
        let reached = endpoint.vip.iter().map(|vip| vip.address.value).chain(endpoint.members.iter().map(|m| m.address.value));
        let names: BTreeSet<&str> = reached.flat_map(|address| names_of(records, "external", address)).collect();
        return names.into_iter().map(|name| (name.to_owned(), all.clone())).collect();
    }
    match &endpoint.fqdn {
        Some(name) => vec![(name.value.to_string(), all)],
        None => {
            let own = |member| {
                let server = topology.server(member);
                (
                    server.fqdn.as_ref().map(Fqdn::to_string).unwrap_or_else(|| panic!("{} has no name", server.path)),
                    vec![server.path.clone()],
                )
            };
            endpoint.members.iter().map(|member| own(member.server)).collect()
        }
    }
}

#[test]
fn every_tls_listener_has_its_name_on_its_certificate() {
    let mut faults = BTreeSet::new();
    for example in Example::all().iter() {
        let (topology, records, certificates) = (example.topology(), records(example), certificates(example));
        let mut judged = BTreeSet::new();
        for flow in
            example.compiled.plans().into_iter().flat_map(|plans| &plans.flows.flows).filter(|flow| flow.row.tls != Tls::None)
        {
            for endpoint in flow.to.iter().filter_map(|peer| peer.endpoint) {
                let endpoint = topology.endpoint(endpoint);
                judged.insert(endpoint.id);
                let group = &topology.group(endpoint.group).path;
                let served = format!("{group} {} {}", endpoint.role.word(), endpoint.side.word());
                let names = names_used(example, &records, endpoint);
                assert!(!names.is_empty(), "{}: no name leads to {served}", flow.id);
                for (name, servers) in names {
                    for server in servers {
                        let here = |c: &&Certificate| c.serves.contains(&served) && c.installs.contains(&server);
                        let right = certificates.iter().filter(here).any(|certificate| certificate.names.contains(&name));
                        if !right {
                            let slugs: Vec<&str> = certificates.iter().filter(here).map(|c| c.slug.as_str()).collect();
                            faults.insert(format!("{}: {name} is not on {slugs:?} of {server}, where {served} listens", flow.id));
                        }
                    }
                }
            }
        }
        assert!(judged.len() >= 3, "{}: {}", example.name, judged.len());
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn a_tls_gateway_and_its_peer_have_certificates() {
    let contoso = Example::build("contoso");
    let (topology, certificates) = (contoso.topology(), certificates(&contoso));
    let speaks_tls = |group: &&Group| matches!(group.detail, Detail::Gateway { transport: "tls", .. });
    let assert_on_certificate = |group: &Group, role: Role, side: Side| {
        let served = format!("{} {} {}", group.path, role.word(), side.word());
        let server = topology.server(group.servers[0]);
        let name = server.fqdn.as_ref().map(Fqdn::to_string).unwrap_or_default();
        let right = |c: &Certificate| c.serves.contains(&served) && c.installs.contains(&server.path) && c.names.contains(&name);
        assert!(certificates.iter().any(right), "{served} has no certificate with the name `{name}`");
    };
    let gateways: Vec<&Group> = topology.groups.iter().filter(speaks_tls).collect();
    assert_eq!(gateways.len(), 2);
    for gateway in gateways {
        assert_on_certificate(gateway, Role::MediaGateway, Side::Inside);
        let before = |group: &&Group| group.related(Relation::Gateway).any(|id| id == gateway.id);
        let mediation: Vec<&Group> = topology.groups.iter().filter(before).collect();
        assert!(!mediation.is_empty(), "{}", gateway.path);
        mediation.into_iter().for_each(|group| assert_on_certificate(group, Role::Mediation, Side::Gateway));
    }
}

#[test]
fn sign_in_names_are_on_the_certificates_dns_points_to() {
    for example in Example::all().iter() {
        let (topology, records, certificates) = (example.topology(), records(example), certificates(example));
        let targets =
            records.iter().filter(|r| r.kind == "SRV").map(|r| (r.view.as_str(), r.data.last().expect("a target").as_str()));
        let fallbacks =
            records.iter().filter(|r| r.kind == "A" && r.name.starts_with("sip.")).map(|r| (r.view.as_str(), r.name.as_str()));
        let mut judged = 0;
        for (view, name) in targets.chain(fallbacks) {
            for address in addresses_of(&records, view, name) {
                let signs_in = |e: &&Endpoint| matches!(e.role, Role::FrontEnd | Role::Director | Role::AccessEdge);
                let listens = |e: &&Endpoint| match &e.vip {
                    Some(vip) => vip.address.value == address,
                    None => e.members.iter().any(|member| member.address.value == address),
                };
                let endpoint = topology.endpoints.iter().filter(signs_in).find(listens);
                let endpoint = endpoint
                    .unwrap_or_else(|| panic!("{}: {name} leads to {address}, which is not for signing in", example.name));
                for member in &endpoint.members {
                    let server = &topology.server(member.server).path;
                    let group = &topology.group(endpoint.group).path;
                    let served = format!("{group} {} {}", endpoint.role.word(), endpoint.side.word());
                    let right =
                        |c: &Certificate| c.serves.contains(&served) && c.installs.contains(server) && c.names.contains(name);
                    assert!(certificates.iter().any(right), "{}: {name} ({view}) is on no certificate of {server}", example.name);
                    judged += 1;
                }
            }
        }
        assert!(judged >= 2, "{}: {judged}", example.name);
    }
}

#[test]
fn rule_addresses_match_the_names_of_the_topology() {
    for example in Example::all().iter() {
        let topology = example.topology();
        for file in example.ending("/rules.csv") {
            for row in table::rows(example.text(file)) {
                for side in ["source", "destination"] {
                    let names = table::items(&row[&format!("{side} names")]).into_iter().map(str::to_owned).collect::<Vec<_>>();
                    let addresses = &row[&format!("{side} addresses")];
                    let addresses = table::items(addresses);
                    assert_eq!(names.len(), addresses.len(), "{file} {}", row["id"]);
                    for (name, address) in names.iter().zip(addresses) {
                        assert!(
                            belongs(example, name, address),
                            "{} {file} {}: {name} is not {address}",
                            example.name,
                            row["id"]
                        );
                    }
                }
            }
        }
        assert!(topology.addresses.len() >= 3);
    }
}

/// Whether an address of a rule is one that the topology gives to a path.
fn belongs(example: &Example, name: &str, address: &str) -> bool {
    let topology = example.topology();
    match topology.by_path.get(name) {
        Some(Named::Network(id)) if topology.network(*id).range.prefix_len() == 0 => address.split(' ').next() == Some("any"),
        Some(Named::Network(id)) => topology.network(*id).range.to_string() == address,
        Some(Named::Server(id)) => topology.server(*id).addresses.iter().any(|(own, _)| own.value.to_string() == address),
        // The path of a group means its virtual address, or its only server's.
        Some(Named::Group(id)) => topology.group(*id).endpoints.iter().map(|id| topology.endpoint(*id)).any(|endpoint| {
            match (&endpoint.vip, endpoint.members.as_slice()) {
                (Some(vip), _) => vip.address.value.to_string() == address,
                (None, [only]) => only.address.value.to_string() == address,
                (None, _) => false,
            }
        }),
        _ => name == "internet" && address.split(' ').next() == Some("any"),
    }
}

#[test]
fn names_outside_have_public_addresses() {
    for example in Example::all().iter() {
        let records = records(example);
        let outside: Vec<&Record> = records.iter().filter(|r| r.view == "external" && r.kind == "A").collect();
        assert_eq!(outside.len() >= 4, example.has_outside(), "{}", example.name);
        for record in outside {
            let address = record.address().expect("an address");
            let shared = u32::from(address) >> 22 == u32::from(Ipv4Addr::new(100, 64, 0, 0)) >> 22;
            let public = !(address.is_private() || address.is_loopback() || address.is_link_local() || shared);
            assert!(public, "{}: {} is {address}, where the internet does not lead", example.name, record.name);
        }
    }
}

/// What a reader of examples/*/*.ocstopo expects of a name, written by hand.
struct Expected {
    example: &'static str,
    view: &'static str,
    name: &'static str,
    address: &'static str,
    /// The certificate with the name; empty where nothing uses TLS.
    certificate: &'static str,
    firewall: &'static str,
    /// A party that opens a connection.
    from: &'static str,
    ports: &'static [(&'static str, u16)],
}

const OUTSIDER: &str = "203.0.113.77";

#[rustfmt::skip]
const EXPECTED: &[Expected] = &[
    Expected { example: "contoso", view: "external", name: "sip.contoso.com", address: "131.107.155.10", certificate: "redmond-edge-access-edge", firewall: "redmond-outer", from: OUTSIDER, ports: &[("tcp", 443), ("tcp", 5061)] },
    Expected { example: "contoso", view: "external", name: "sip.retail.contoso.com", address: "131.107.155.10", certificate: "redmond-edge-access-edge", firewall: "redmond-outer", from: OUTSIDER, ports: &[("tcp", 443), ("tcp", 5061)] },
    Expected { example: "contoso", view: "external", name: "webconf.contoso.com", address: "131.107.155.20", certificate: "redmond-edge-web-conferencing-edge", firewall: "redmond-outer", from: OUTSIDER, ports: &[("tcp", 443)] },
    Expected { example: "contoso", view: "external", name: "av.contoso.com", address: "131.107.155.30", certificate: "", firewall: "redmond-outer", from: OUTSIDER, ports: &[("tcp", 443), ("udp", 3478)] },
    Expected { example: "contoso", view: "external", name: "ocsweb.contoso.com", address: "131.107.155.40", certificate: "redmond-rp-listener", firewall: "redmond-outer", from: OUTSIDER, ports: &[("tcp", 443)] },
    Expected { example: "contoso", view: "external", name: "ocsweb-dub.contoso.com", address: "131.107.155.40", certificate: "redmond-rp-listener", firewall: "redmond-outer", from: OUTSIDER, ports: &[("tcp", 443)] },
    Expected { example: "contoso", view: "external", name: "webconf-dub.contoso.com", address: "131.107.160.11", certificate: "dublin-edge-web-conferencing-edge", firewall: "dublin-outer", from: OUTSIDER, ports: &[("tcp", 443)] },
    Expected { example: "contoso", view: "external", name: "av-dub.contoso.com", address: "131.107.160.21", certificate: "", firewall: "dublin-outer", from: OUTSIDER, ports: &[("tcp", 443), ("udp", 3478)] },
    // The inner legs, from a front end in Redmond and from the server in Dublin.
    Expected { example: "contoso", view: "internal", name: "edge.contoso.com", address: "172.25.33.10", certificate: "redmond-edge-internal", firewall: "redmond-inner", from: "10.10.0.11", ports: &[("tcp", 5061)] },
    Expected { example: "contoso", view: "internal", name: "edge.contoso.com", address: "172.25.33.10", certificate: "redmond-edge-internal", firewall: "redmond-inner", from: "10.20.0.11", ports: &[("tcp", 5061)] },
    Expected { example: "contoso", view: "internal", name: "avedge.contoso.com", address: "172.25.33.20", certificate: "redmond-edge-av-authentication", firewall: "redmond-inner", from: "10.10.0.11", ports: &[("tcp", 5062), ("tcp", 443), ("udp", 3478)] },
    Expected { example: "contoso", view: "internal", name: "avedge.contoso.com", address: "172.25.33.20", certificate: "redmond-edge-internal-av", firewall: "redmond-inner", from: "10.10.0.61", ports: &[("tcp", 5062), ("tcp", 443), ("udp", 3478)] },
    Expected { example: "contoso", view: "internal", name: "acc1.contoso.com", address: "172.25.33.11", certificate: "redmond-edge-internal", firewall: "redmond-inner", from: "10.10.0.14", ports: &[("tcp", 8057)] },
    Expected { example: "contoso", view: "internal", name: "acc2.contoso.com", address: "172.25.33.12", certificate: "redmond-edge-internal", firewall: "redmond-inner", from: "10.20.0.11", ports: &[("tcp", 8057)] },
    Expected { example: "contoso", view: "internal", name: "edge-dub.contoso.com", address: "172.26.33.21", certificate: "dublin-edge-av-authentication", firewall: "dublin-inner", from: "10.20.0.11", ports: &[("tcp", 5062), ("tcp", 443), ("udp", 3478)] },
    Expected { example: "contoso", view: "internal", name: "dubwc1.contoso.com", address: "172.26.33.11", certificate: "dublin-edge-dubwc1-internal-web-conferencing", firewall: "dublin-inner", from: "10.20.0.11", ports: &[("tcp", 8057)] },
    // The next hop of the edge, what the proxy publishes, and sign-in of clients inside.
    Expected { example: "contoso", view: "internal", name: "dir.corp.contoso.com", address: "10.10.0.20", certificate: "redmond-dir-array", firewall: "redmond-inner", from: "172.25.33.11", ports: &[("tcp", 5061)] },
    Expected { example: "contoso", view: "internal", name: "pool01.corp.contoso.com", address: "10.10.0.10", certificate: "redmond-pool01-pool", firewall: "redmond-inner", from: "172.25.33.40", ports: &[("tcp", 443)] },
    Expected { example: "contoso", view: "internal", name: "se01.corp.contoso.com", address: "10.20.0.11", certificate: "dublin-se01-default", firewall: "redmond-inner", from: "172.25.33.40", ports: &[("tcp", 443)] },
    Expected { example: "contoso", view: "internal", name: "sip.contoso.com", address: "10.10.0.10", certificate: "redmond-pool01-pool", firewall: "redmond-inner", from: "10.10.64.9", ports: &[("tcp", 5061)] },
    Expected { example: "contoso", view: "internal", name: "sip.retail.contoso.com", address: "10.10.0.10", certificate: "redmond-pool01-pool", firewall: "dublin-inner", from: "10.20.64.9", ports: &[("tcp", 5061)] },
    Expected { example: "contoso", view: "internal", name: "se01.corp.contoso.com", address: "10.20.0.11", certificate: "dublin-se01-default", firewall: "dublin-inner", from: "10.20.64.9", ports: &[("tcp", 5061), ("tcp", 443), ("tcp", 8057)] },
    // Fabrikam.
    Expected { example: "fabrikam", view: "external", name: "sip.fabrikam.com", address: "198.18.7.2", certificate: "office-edge-access-edge", firewall: "office-outer", from: OUTSIDER, ports: &[("tcp", 443)] },
    Expected { example: "fabrikam", view: "external", name: "webconf.fabrikam.com", address: "198.18.7.3", certificate: "office-edge-web-conferencing-edge", firewall: "office-outer", from: OUTSIDER, ports: &[("tcp", 443)] },
    Expected { example: "fabrikam", view: "external", name: "av.fabrikam.com", address: "198.18.7.4", certificate: "", firewall: "office-outer", from: OUTSIDER, ports: &[("tcp", 443), ("udp", 3478)] },
    Expected { example: "fabrikam", view: "external", name: "ocsweb.fabrikam.com", address: "198.18.7.5", certificate: "office-rp-listener", firewall: "office-outer", from: OUTSIDER, ports: &[("tcp", 443)] },
    Expected { example: "fabrikam", view: "internal", name: "edge01.fabrikam.com", address: "192.168.20.11", certificate: "office-edge-internal", firewall: "office-inner", from: "192.168.10.11", ports: &[("tcp", 5061), ("tcp", 8057), ("tcp", 5062), ("tcp", 443), ("udp", 3478)] },
    Expected { example: "fabrikam", view: "internal", name: "ocs01.fabrikam.com", address: "192.168.10.11", certificate: "office-ocs01-default", firewall: "office-inner", from: "192.168.20.11", ports: &[("tcp", 5061)] },
    Expected { example: "fabrikam", view: "internal", name: "ocs01.fabrikam.com", address: "192.168.10.11", certificate: "office-ocs01-default", firewall: "office-inner", from: "192.168.20.12", ports: &[("tcp", 443)] },
];

/// Forbidden connections, written by hand: firewall, source, destination, transport, port.
#[rustfmt::skip]
const REFUSED: &[(&str, &str, &str, &str, &str, u16)] = &[
    ("contoso", "redmond-outer", OUTSIDER, "131.107.155.10", "tcp", 5060),
    ("contoso", "redmond-outer", OUTSIDER, "131.107.155.10", "tcp", 8057),
    ("contoso", "redmond-outer", OUTSIDER, "131.107.155.11", "tcp", 5061),
    ("contoso", "redmond-outer", OUTSIDER, "131.107.155.20", "tcp", 5061),
    ("contoso", "redmond-outer", OUTSIDER, "131.107.155.30", "tcp", 5062),
    ("contoso", "redmond-outer", OUTSIDER, "131.107.155.40", "tcp", 80),
    ("contoso", "redmond-outer", OUTSIDER, "10.10.0.10", "tcp", 443),
    ("contoso", "redmond-inner", "172.25.33.11", "10.10.0.10", "tcp", 5061),
    ("contoso", "redmond-inner", "172.25.33.11", "10.10.0.30", "tcp", 1433),
    ("contoso", "redmond-inner", "172.25.33.21", "10.10.0.20", "tcp", 5061),
    ("contoso", "redmond-inner", "172.25.33.40", "10.10.0.11", "tcp", 5061),
    ("contoso", "redmond-inner", "10.10.64.9", "10.10.0.30", "tcp", 1433),
    ("contoso", "redmond-inner", "10.10.64.9", "172.25.33.10", "tcp", 5061),
    ("contoso", "redmond-inner", "10.10.0.11", "172.25.33.10", "tcp", 8057),
    ("contoso", "redmond-inner", "10.10.0.11", "172.25.33.10", "tcp", 5062),
    ("contoso", "redmond-inner", "10.10.0.11", "172.25.33.20", "tcp", 5061),
    ("contoso", "dublin-inner", "172.26.33.11", "10.20.0.11", "tcp", 5061),
    ("fabrikam", "office-inner", "192.168.10.50", "192.168.20.11", "tcp", 5061),
    ("fabrikam", "office-inner", "192.168.20.11", "192.168.10.5", "tcp", 389),
    ("fabrikam", "office-outer", OUTSIDER, "198.18.7.2", "tcp", 5061),
];

fn firewalls(example: &Example) -> BTreeMap<String, Vec<Allowed>> {
    let label = |path: &str| path.split('/').nth(2).expect("a folder").to_owned();
    example.ending("rules.nft").into_iter().map(|path| (label(path), read_back(&example.path(path)).accepts)).collect()
}

#[test]
fn names_certificates_addresses_and_firewalls_agree() {
    for example in Example::all().iter() {
        let (records, certificates, firewalls) = (records(example), certificates(example), firewalls(example));
        let permits = |firewall: &str, from: &str, to: &str, transport: &str, port: u16| {
            let (from, to) = (from.parse().expect("an address"), to.parse().expect("an address"));
            firewalls[firewall].iter().any(|rule| rule.permits(from, to, transport, port))
        };
        for row in EXPECTED.iter().filter(|row| row.example == example.name) {
            let said = addresses_of(&records, row.view, row.name);
            let said: Vec<String> = said.into_iter().map(|address| address.to_string()).collect();
            assert_eq!(said, [row.address], "{}: DNS of {}", row.view, row.name);
            if !row.certificate.is_empty() {
                let certificate = certificates.iter().find(|c| c.slug == row.certificate);
                let certificate = certificate.unwrap_or_else(|| panic!("no certificate {}", row.certificate));
                assert!(
                    certificate.names.contains(row.name),
                    "{}: {:?} without {}",
                    row.certificate,
                    certificate.names,
                    row.name
                );
            }
            for (transport, port) in row.ports {
                let right = permits(row.firewall, row.from, row.address, transport, *port);
                assert!(
                    right,
                    "{} lets no {transport}/{port} pass from {} to {} ({})",
                    row.firewall, row.from, row.address, row.name
                );
            }
        }
        for (_, firewall, from, to, transport, port) in REFUSED.iter().filter(|row| row.0 == example.name) {
            assert!(
                !permits(firewall, from, to, transport, *port),
                "{firewall} lets {transport}/{port} pass from {from} to {to}"
            );
        }
    }
}

#[test]
fn every_artifact_of_a_sample_is_marked_at_its_top() {
    for example in Example::all().iter() {
        for (path, text) in &example.files {
            if path.ends_with(".json") {
                let json: serde_json::Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{path}: {error}"));
                assert!(json["note"].as_str().is_some_and(|note| note.starts_with("SAMPLE")), "{path}");
            } else {
                assert!(text.lines().take(5).any(|line| line.contains("SAMPLE")), "{} {path}", example.name);
            }
        }
    }
}

/// The runbook without what Markdown escapes, and without the list of sources, which names other people's pages.
fn runbook(example: &Example) -> String {
    let text = example.text("runbook/runbook.md");
    let (text, sources) = text.rsplit_once("\n## Sources").unwrap_or_else(|| panic!("the runbook lists its sources"));
    assert!(sources.contains("technet"), "the sources are the last chapter");
    let mut plain = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if letters.peek().is_some_and(char::is_ascii_punctuation) => {}
            _ => plain.push(letter),
        }
    }
    plain
}

/// Words made of labels and dots.
fn dotted(text: &str) -> BTreeSet<&str> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')));
    words.map(|word| word.trim_matches(['.', '-'])).filter(|word| word.contains('.')).collect()
}

/// Every name that DNS, the topology or its settings know.
fn known_names(example: &Example, records: &[Record]) -> BTreeSet<String> {
    let topology = example.topology();
    let organization = &topology.organization;
    let mut names: BTreeSet<String> = records.iter().flat_map(|r| [r.name.clone(), r.zone.clone()]).collect();
    let mut add = |name: Option<&Fqdn>| names.extend(name.map(Fqdn::to_string));
    organization.sip_domains.iter().for_each(|domain| add(Some(&domain.value)));
    organization.domains.iter().for_each(|domain| add(Some(&domain.fqdn.value)));
    let dns = &organization.dns;
    dns.internal_name_servers.iter().chain(&dns.external_name_servers).for_each(|server| add(Some(&server.value)));
    add(dns.hostmaster.as_ref().map(|name| &name.value));
    topology.servers.iter().for_each(|server| add(server.fqdn.as_ref()));
    topology.endpoints.iter().for_each(|endpoint| add(endpoint.fqdn.as_ref().map(|name| &name.value)));
    for group in &topology.groups {
        add(group.fqdn.as_ref().map(|name| &name.value));
        if let Detail::Pool { external_web_farm, internal_web_farm, .. } = &group.detail {
            [external_web_farm, internal_web_farm].into_iter().flatten().for_each(|name| add(Some(&name.value)));
        }
    }
    let access = topology.decls.blocks("organization").flat_map(|block| block.blocks("external_access"));
    for partner in access.flat_map(|block| block.blocks("partner")) {
        ["sip_domain", "access_edge"].into_iter().filter_map(|attr| partner.fqdn(attr)).for_each(|name| add(Some(&name.value)));
    }
    let authorities = organization.authorities.iter().filter_map(|authority| authority.config.as_deref());
    names.extend(authorities.filter_map(|config| config.split('\\').next()).map(str::to_owned));
    names
}

/// What a step is about, of its id (`DN1.corp.contoso.com`); other words are as they are.
fn about(word: &str) -> &str {
    let is_row = |row: &str| {
        let letters = row.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_ascii_lowercase());
        letters.len() >= 2 && letters.len() < row.len() && letters.chars().all(|c| c.is_ascii_uppercase())
    };
    word.split_once('.').filter(|(row, _)| is_row(row)).map_or(word, |(_, thing)| {
        // A zone is told from the same zone of the other view.
        let of_view = |view: &str| thing.strip_prefix(view)?.strip_prefix('.');
        ["internal", "external"].into_iter().find_map(of_view).unwrap_or(thing)
    })
}

#[test]
fn the_runbook_names_only_existing_things() {
    for example in Example::all().iter() {
        let topology = example.topology();
        let records = records(example);
        let known = known_names(example, &records);
        let endings: BTreeSet<&str> = known.iter().filter_map(|name| name.rsplit('.').next()).collect();
        let foreign = ["com", "net", "org", "edu", "local", "lan", "int", "example", "test", "invalid"];
        let text = runbook(example);
        let mut unknown = Vec::new();
        let (mut names, mut addresses) = (BTreeSet::new(), BTreeSet::new());
        for word in dotted(&text).into_iter().map(about) {
            if let Ok(address) = word.parse::<Ipv4Addr>() {
                let range = topology.networks.iter().any(|net| net.range.network() == address);
                let spoken = topology.load_balancers.iter().flat_map(|lb| &lb.snat_addresses).any(|own| own.value == address);
                let router =
                    topology.networks.iter().filter_map(|net| net.gateway.as_ref()).any(|router| router.value == address);
                let mask = ipnet::Ipv4Net::with_netmask(address, address).is_ok();
                if !(topology.addresses.contains_key(&address) || range || spoken || router || mask) {
                    unknown.push(word);
                }
                addresses.insert(address);
            } else if word.rsplit('.').next().is_some_and(|end| endings.contains(end) || foreign.contains(&end)) {
                // A path of the topology may end like a domain (`redmond.com`), a name never is one.
                if !known.contains(&word.to_ascii_lowercase()) && !topology.by_path.contains_key(word) {
                    unknown.push(word);
                }
                names.insert(word.to_ascii_lowercase());
            }
        }
        assert!(unknown.is_empty(), "{}: the runbook names {unknown:?}", example.name);
        for server in &topology.servers {
            let name = server.fqdn.as_ref().map(Fqdn::to_string).unwrap_or_default();
            assert!(name.is_empty() || names.contains(&name), "{}: the runbook does not name {}", example.name, server.path);
        }
        let published = records.iter().filter(|r| r.view == "external" && r.kind == "A");
        for record in published {
            let address = record.address().expect("an address");
            assert!(
                names.contains(&record.name) && addresses.contains(&address),
                "{}: the runbook does not name {}",
                example.name,
                record.name
            );
        }
    }
}

#[test]
fn the_runbook_points_at_every_file_of_the_build_and_at_no_other() {
    for example in Example::all().iter() {
        let text = runbook(example);
        let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '/')));
        let pointed: BTreeSet<&str> = words
            .map(|word| word.trim_end_matches(['.', '/']))
            .filter(|word| ["network/", "dns/", "pki/", "runbook/"].iter().any(|folder| word.starts_with(folder)))
            .collect();
        for path in &pointed {
            let there = example.files.keys().any(|file| file == path || file.starts_with(&format!("{path}/")));
            assert!(there, "{}: the runbook points at {path}, which no build writes", example.name);
        }
        for path in example
            .files
            .keys()
            .filter(|path| path.ends_with(".zone") || path.ends_with("rules.nft") || path.ends_with("-2003.inf"))
        {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let named = pointed.contains(path.as_str())
                || (!path.ends_with(".zone") && pointed.iter().any(|p| *p == folder || p.starts_with(&format!("{folder}/"))));
            assert!(named, "{}: no step of the runbook uses {path}", example.name);
        }
    }
}
