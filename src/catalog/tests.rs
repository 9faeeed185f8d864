//! Requirements of the shipped catalogue.

use std::collections::BTreeMap;

use super::*;
use crate::product::{Feature, PortRange, Product, Relation, Role, Side, Transport};

fn shipped() -> &'static Catalog {
    catalog(Product::Ocs2007)
}

fn both() -> impl Iterator<Item = &'static Catalog> {
    Product::ALL.into_iter().map(|product| catalog(product))
}

fn row(id: &str) -> &'static FlowRow {
    shipped().flow(id).unwrap_or_else(|| panic!("no flow {id}"))
}

/// The place of a role, as boundaries are drawn in the reference.
fn place(role: Role) -> &'static str {
    match role {
        Role::RemoteClient | Role::FederatedPartner | Role::PublicIm | Role::PublicService => "internet",
        Role::AccessEdge | Role::WebConferencingEdge | Role::AvEdge | Role::ReverseProxy => "perimeter",
        _ => "inside",
    }
}

#[test]
fn what_was_stored_is_read() {
    assert!(both().all(|catalog| !catalog.flows.is_empty() && !catalog.sources().is_empty()));
    assert_eq!(shipped().source_title("ports:S3"), Some("RTM port table"));
    assert_eq!(shipped().source_title("ports:S999"), None);
}

#[test]
fn every_flow_of_the_reference_is_here_or_left_out_with_a_reason() {
    let all = [('C', 22), ('V', 39), ('P', 10), ('E', 17)];
    let names = all.iter().flat_map(|(letter, last)| (1..=*last).map(move |n| format!("{letter}{n:02}")));
    let of =
        |id: &str, name: &str| id.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_lowercase));
    for (name, catalog) in names.flat_map(|name| both().map(move |catalog| (name.clone(), catalog))) {
        let here = catalog.flows.iter().any(|row| of(&row.id, &name));
        let left_out = catalog.left_out.iter().any(|row| row.id == name);
        assert!(here != left_out, "{name}: here {here}, left out {left_out}");
    }
}

#[test]
fn no_row_gets_lost() {
    let mut boundaries = BTreeMap::new();
    for flow in &shipped().flows {
        *boundaries.entry(format!("{} > {}", place(flow.from[0]), place(flow.to))).or_insert(0) += 1;
    }
    let counts: Vec<_> = boundaries.iter().map(|(boundary, rows)| format!("{boundary}: {rows}")).collect();
    insta::assert_snapshot!(counts.join("\n"), @"
    inside > inside: 76
    inside > perimeter: 15
    internet > internet: 1
    internet > perimeter: 13
    perimeter > inside: 6
    perimeter > internet: 5
    ");
    assert_eq!((shipped().listeners.len(), shipped().features.len(), shipped().combinations.len()), (67, 17, 4));
}

#[test]
fn the_unsure_rows_are_known() {
    let ids: Vec<_> = shipped().flows.iter().filter(|row| !row.opens_ports()).map(|row| row.id.as_str()).collect();
    insta::assert_snapshot!(ids.join(" "), @"C16b P09 P10a P10b P10c V03 V05 V20 V30c V33");
}

#[test]
fn psom_inside_never_meets_a_virtual_address() {
    let psom = PortRange { first: 8057, last: 8057 };
    for catalog in both() {
        let flows: Vec<_> = catalog.flows.iter().filter(|row| row.ports.contains(&psom)).collect();
        assert_eq!(flows.len(), 2);
        assert!(flows.iter().all(|row| row.target == Target::Real));
        assert!(catalog.listeners.iter().filter(|row| row.ports.contains(&psom)).all(|row| !row.vip));
    }
}

#[test]
fn the_access_edge_signals_to_the_next_hop_alone() {
    for (id, to) in [("P01a", Role::Director), ("P01b", Role::FrontEnd)] {
        let flow = row(id);
        assert_eq!((flow.to, flow.relation, flow.target), (to, FlowRelation::To(Relation::NextHop), Target::Vip));
        assert_eq!((flow.transport.as_slice(), flow.ports[0].to_string().as_str()), ([Transport::Tcp].as_slice(), "5061"));
        assert_eq!(flow.tls, Tls::Mutual);
    }
}

/// A listener without a flow would be configured on a load balancer, or documented, without use.
#[test]
fn every_listener_is_reached_by_a_flow() {
    let reached = |listener: &ListenerRow, role, side, transports: &[Transport], ports: &[PortRange]| {
        (listener.role, listener.side) == (role, side)
            && transports.iter().any(|transport| listener.transport.contains(transport))
            && ports.iter().any(|at| listener.ports.iter().any(|open| open.contains(at.first)))
    };
    for (catalog, listener) in both().flat_map(|catalog| catalog.listeners.iter().map(move |listener| (catalog, listener))) {
        let found = catalog.flows.iter().any(|flow| {
            let back: Vec<_> = flow.source_ports.filter(|_| flow.two_way).into_iter().collect();
            reached(listener, flow.to, flow.to_side, &flow.transport, &flow.ports)
                || flow.from.iter().any(|role| reached(listener, *role, flow.from_side, &flow.transport, &back))
        });
        assert!(found, "{}", listener.id);
    }
}

/// The Director that is the next hop of the Access Edge meets users of every pool, not only of those that prefer it.
#[test]
fn a_director_reaches_every_pool() {
    assert_eq!(row("V02b").relation, FlowRelation::Any);
}

/// Sign-in records lead to the Director on both ports, and nothing else sends clients there.
#[test]
fn clients_meet_a_director_only_where_they_sign_in() {
    for (id, port, when) in [("C03a", "5061", &[][..]), ("C03b", "5060", &[vec![Feature::SipTcp]])] {
        let flow = row(id);
        assert_eq!((flow.only_for, flow.ports[0].to_string().as_str()), (Some(Condition::SignIn), port));
        assert_eq!(flow.when, when, "{id}");
    }
}

#[test]
fn database_clients_query_the_instance_port() {
    for (tds, ssrp) in [("V24a", "V24c"), ("V24b", "V24d"), ("V25a", "V25b")] {
        assert_eq!((&row(tds).when, &row(tds).from), (&row(ssrp).when, &row(ssrp).from), "{ssrp}");
    }
}

#[test]
fn from_the_perimeter_only_sip_and_https_open_inside() {
    let inward = |row: &&FlowRow| row.opens_ports() && place(row.from[0]) == "perimeter" && place(row.to) == "inside";
    for flow in both().flat_map(|catalog| &catalog.flows).filter(inward) {
        let allowed = if flow.from == [Role::ReverseProxy] { "443" } else { "5061" };
        assert!(flow.ports.iter().all(|ports| ports.to_string() == allowed), "{}", flow.id);
    }
}

#[test]
fn the_range_of_the_relay_opens_for_federated_media_alone() {
    let wide = |row: &&FlowRow| row.ports.iter().any(|ports| ports.contains(50_000)) && place(row.to) != "inside";
    let flows: Vec<_> = shipped().flows.iter().filter(wide).collect();
    assert_eq!(flows.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["E09a", "E09b", "E09c"]);
    for flow in flows {
        assert_eq!(flow.when, [[Feature::FederatedAvOcs2007], [Feature::FederatedAvOcs2007R2]]);
        assert_eq!(flow.target, Target::Real);
        assert!(flow.conflict.as_ref().is_some_and(|conflict| conflict.claims.len() == 2));
    }
}

#[test]
fn the_relay_is_not_translated_and_its_443_is_not_tls() {
    for flow in both().flat_map(|catalog| &catalog.flows) {
        let relayed = flow.opens_ports() && (flow.to == Role::AvEdge || flow.from.contains(&Role::AvEdge));
        assert_eq!(flow.nat != NatRule::Allowed, relayed, "{}", flow.id);
        assert!(!relayed || flow.application.starts_with("SIP") == (flow.tls == Tls::Mutual), "{}", flow.id);
    }
}

/// The range of the relay: own release, partner's release, wish. Notes on ports, 4.4.
#[test]
fn the_range_of_the_relay_is_decided_by_both_releases() {
    // Which of: range inwards and outwards, port 443 outwards from the range, port 3478 outwards.
    let open = |product, partner: Option<Feature>| {
        let catalog = catalog(product);
        let needed = |row: &&FlowRow| row.when.iter().any(|all| all.iter().all(|feature| partner == Some(*feature)));
        let media = catalog.flows.iter().filter(|row| row.id.starts_with("E09") || row.id == "E10" || row.id == "E11");
        media.filter(needed).map(|row| row.id.as_str()).collect::<Vec<_>>()
    };
    let (first, second) = (Some(Feature::FederatedAvOcs2007), Some(Feature::FederatedAvOcs2007R2));
    let range = ["E09a", "E09b", "E09c"];
    assert_eq!(open(Product::Ocs2007, first), range);
    assert_eq!(open(Product::Ocs2007, second), range);
    assert_eq!(open(Product::Ocs2007R2, first), [&range[..], &["E11"]].concat());
    assert_eq!(open(Product::Ocs2007R2, second), ["E10", "E11"]);
    for product in Product::ALL {
        assert_eq!(open(product, None), [""; 0]);
    }
    let row = |id| catalog(Product::Ocs2007R2).flow(id).expect("a row");
    let ports = |id| (row(id).source_ports.map(|ports| ports.to_string()), row(id).ports[0].to_string());
    assert_eq!(ports("E10"), (Some("50000-59999".into()), "443".into()));
    assert_eq!(ports("E11"), (Some("3478".into()), "3478".into()));
}

#[test]
fn no_row_of_any_kind_gets_lost() {
    let mut counts = String::new();
    for product in Product::ALL {
        let sections = show::sections(product);
        let lines = sections.iter().map(|section| format!("{} {}", section.name, section.rows.len()));
        counts += &format!("{}: {}\n", product.word(), lines.collect::<Vec<_>>().join(", "));
    }
    insta::assert_snapshot!("rows_of_each_section", counts);
}

#[test]
fn an_r2_pool_has_the_ports_of_its_applications() {
    let catalog = catalog(Product::Ocs2007R2);
    let vips = catalog.listeners_of(Role::FrontEnd, Side::Inside).iter().filter(|row| row.vip);
    let mut ports: Vec<_> = vips.flat_map(|row| row.ports.iter().map(ToString::to_string)).collect();
    ports.sort();
    assert_eq!(ports.join(" "), "135 444 5060 5061 5065 5069 5071 5072 5073 5074");
}

#[test]
fn virtual_ports_of_a_pool_are_those_of_the_release() {
    let ports = |role, side| {
        let vips = shipped().listeners_of(role, side).iter().filter(|row| row.vip);
        let mut ports: Vec<_> = vips.flat_map(|row| row.ports.iter().map(ToString::to_string)).collect();
        ports.sort();
        ports.join(" ")
    };
    assert_eq!(ports(Role::FrontEnd, Side::Inside), "135 444 5060 5061");
    assert_eq!(ports(Role::WebComponents, Side::Inside), "443 80");
    assert_eq!(ports(Role::WebConferencing, Side::Inside), "");
    assert_eq!(ports(Role::AvConferencing, Side::Inside), "");
    assert_eq!(ports(Role::AccessEdge, Side::Outside), "443 5061");
    assert_eq!(ports(Role::WebConferencingEdge, Side::Inside), "");
    assert_eq!(ports(Role::AvEdge, Side::Inside), "3478 443 5062");
    assert_eq!(ports(Role::AvEdge, Side::Outside), "3478 443");
    assert_eq!(ports(Role::Mediation, Side::Inside), "");
}

#[test]
fn a_release_has_all_its_rows() {
    for product in Product::ALL {
        assert!(facts::<NameRow>(product).len() > 20 && facts::<CertificateRow>(product).len() > 12, "{product:?}");
        assert!(fact::<SoaTimes>(product, "soa").is_some() && certificate_form(product).is_some(), "{product:?}");
        assert!(!step_catalog(product).steps.is_empty() && !catalog(product).flows.is_empty(), "{product:?}");
    }
}

#[test]
fn every_feature_lists_its_requirements() {
    for needs in &shipped().features {
        assert!(!needs.requires.is_empty());
        assert_eq!(serde_json::to_value(needs.feature).unwrap(), needs.feature.word());
    }
    assert!(shipped().feature(Feature::FederatedAvOcs2007).is_some_and(|needs| needs.requires.contains(&Role::AvEdge)));
}

#[test]
fn a_row_shows_its_provenance_beside_its_values() {
    let json = show::Row::new("C06", row("C06"), |_| None).json().clone();
    assert_eq!((&json["confidence"], &json["step"], &json["ports"][0]), (&"high".into(), &4.into(), &"8057".into()));
}
