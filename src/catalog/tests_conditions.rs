//! Names and certificates of services for outsiders are there exactly when traffic is: whatever features are on.

use std::collections::BTreeSet;

use super::*;
use crate::product::{Feature, GroupKind, Product, Role, Side};

/// The features that open or close a way to outsiders.
const MATTERING: [Feature; 13] = [
    Feature::RemoteUsers,
    Feature::AnonymousMeetings,
    Feature::Federation,
    Feature::FederationDiscovery,
    Feature::PublicIm,
    Feature::WebConferencing,
    Feature::AvConferencing,
    Feature::EnterpriseVoice,
    Feature::FederatedAvOcs2007,
    Feature::FederatedAvOcs2007R2,
    Feature::DeviceUpdate,
    Feature::WebAccess,
    Feature::DesktopSharing,
];

/// Every combination that a topology without errors may have.
fn combinations() -> impl Iterator<Item = BTreeSet<Feature>> {
    let sets = (0..1_u32 << MATTERING.len()).map(|bits| -> BTreeSet<Feature> {
        MATTERING.into_iter().enumerate().filter(|(at, _)| bits & (1 << at) != 0).map(|(_, feature)| feature).collect()
    });
    sets.filter(|on| {
        let has = |feature| on.contains(&feature);
        let federated_av = has(Feature::FederatedAvOcs2007) || has(Feature::FederatedAvOcs2007R2);
        // `discovered` is a way to federate; OCS0105 refuses media with partners that are none.
        (!has(Feature::FederationDiscovery) || has(Feature::Federation))
            && (!federated_av || has(Feature::Federation) && has(Feature::AvConferencing))
    })
}

fn met(when: &[Vec<Feature>], on: &BTreeSet<Feature>) -> bool {
    when.is_empty() || when.iter().any(|all| all.iter().all(|feature| on.contains(feature)))
}

/// Rows for some of those who take a flow: they may be missing while others take it.
const FOR_SOME: [&str; 5] = ["N32", "N33", "N37", "N38", "N39"];

/// The flows that end at a role, and, inside, those that begin there: its own network needs its name and certificate.
fn flows_at(product: Product, role: Role, side: Side) -> impl Iterator<Item = &'static FlowRow> {
    let flows = &catalog(product).flows;
    flows.iter().filter(move |flow| {
        let begins = side == Side::Inside && flow.from_side == side && flow.from.contains(&role);
        flow.opens_ports() && (begins || (flow.to == role && flow.to_side == side))
    })
}

/// What is wrong with a row: the first combination that has it without a flow, or a flow without it.
fn apart(id: &str, when: &[Vec<Feature>], flows: &[&FlowRow]) -> String {
    let faulty = combinations().find_map(|on| {
        let (row, flow) = (met(when, &on), flows.iter().any(|flow| met(&flow.when, &on)));
        match (row, flow) {
            (true, false) => Some(("there, and no flow leads to it", on)),
            (false, true) if !FOR_SOME.contains(&id) => Some(("missing, and a flow leads to it", on)),
            _ => None,
        }
    });
    faulty.map_or_else(String::new, |(what, on)| {
        let words: Vec<_> = on.iter().map(|feature| feature.word()).collect();
        format!("{id} is {what}: {}\n", words.join(", "))
    })
}

const OUTER: [GroupKind; 2] = [GroupKind::EdgeArray, GroupKind::ReverseProxy];

#[test]
fn an_outside_name_exists_exactly_when_a_flow_uses_it() {
    let mut faults = String::new();
    let outer = |row: &NameRow| row.view == DnsView::External || row.kinds.iter().all(|kind| OUTER.contains(kind));
    let rows = |product| facts::<NameRow>(product).iter().map(move |row| (product, row));
    for (product, row) in Product::ALL.into_iter().flat_map(rows).filter(|(_, row)| outer(row)) {
        let takes = |flow: &&FlowRow| row.port.is_none_or(|port| flow.ports.iter().any(|ports| ports.contains(port)));
        let flows: Vec<_> = row.roles.iter().flat_map(|role| flows_at(product, *role, row.side)).filter(takes).collect();
        faults += &apart(&row.id, &row.when, &flows);
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn an_outside_certificate_exists_exactly_when_a_flow_uses_it() {
    let mut faults = String::new();
    let rows = |product| facts::<CertificateRow>(product).iter().map(move |row| (product, row));
    let outer = |row: &CertificateRow| row.kinds.iter().all(|kind| OUTER.contains(kind));
    for (product, row) in Product::ALL.into_iter().flat_map(rows).filter(|(_, row)| outer(row)) {
        let ends = row.serves.iter().flat_map(|end| flows_at(product, end.role, end.side).filter(|flow| flow.to == end.role));
        let flows: Vec<_> = ends.filter(|flow| flow.tls != Tls::None).collect();
        faults += &apart(&row.id, &row.when, &flows);
    }
    assert!(faults.is_empty(), "{faults}");
}

/// Pools have the name of a media relay when they request credentials from it, and not before.
#[test]
fn pools_name_a_relay_exactly_when_they_use_it() {
    for product in Product::ALL {
        let step = step_rows(product).iter().find(|row| row.id == "ED8").expect("the step");
        let flow = catalog(product).flow("P04a").expect("the flow");
        assert_eq!(apart(&step.id, &step.when, &[flow]), "");
    }
}
