//! The order of a change, and what its steps are filled from.

use std::net::Ipv4Addr;

use super::*;
use crate::catalog::step::vocabulary;
use crate::catalog::{DnsView, change_catalog, step_catalog};
use crate::compile::{CompileOptions, Compiled, compile, runbook};
use crate::plan::dns::DnsStage;
use crate::plan::runbook::Known;
use crate::query::diff::{Version, diff};
use crate::text::SourceMap;

const FILES: [(&str, &str); 4] = [
    ("organization", include_str!("../../examples/contoso/organization.ocstopo")),
    ("redmond", include_str!("../../examples/contoso/redmond.ocstopo")),
    ("dublin", include_str!("../../examples/contoso/dublin.ocstopo")),
    ("voice", include_str!("../../examples/contoso/voice.ocstopo")),
];

/// Only the head of zones knows of it.
const NAME_SERVER: (&str, &str) = ("\"ns2.contoso.net\"", "\"ns3.contoso.net\"");

/// A front end more, public IM no longer, another name server.
const EDITS: [(&str, &str); 3] = [
    NAME_SERVER,
    ("front_end fe[01..04] { address = 10.10.0.[11..14] }", "front_end fe[01..05] { address = 10.10.0.[11..15] }"),
    ("    public_im          = [msn, aol, yahoo]\n    public_im_licensed = true\n", ""),
];

fn version(edits: &[(&str, &str)]) -> Compiled {
    let edited = |text: &str| edits.iter().fold(text.to_owned(), |text, (from, to)| text.replacen(from, to, 1));
    let files = FILES.map(|(name, text)| (format!("{name}.ocstopo"), edited(text))).to_vec();
    let compiled = compile(SourceMap::new(files), &CompileOptions::default());
    assert!(!compiled.has_errors(), "{:?}", compiled.diags);
    compiled
}

fn devices() -> Vec<DeviceStage> {
    let stage = |kind, path: &str, dialect, stage| DeviceStage {
        kind,
        path: path.to_owned(),
        dialect,
        stage,
        files: vec![format!("change/{path}/{stage:?}")],
        back: vec![format!("change/{path}/{stage:?}-back")],
        values: vec![("rules", "open.nft".to_owned()), ("own", "ocstopo_x".to_owned())],
    };
    use DeviceKind::{Firewall, LoadBalancer};
    use StageKind::{Close, Drain, Gone, Open};
    vec![
        stage(Firewall, "redmond.inner", "nftables", Open),
        stage(Firewall, "redmond.inner", "nftables", Close),
        stage(Firewall, "redmond.gone", "cisco_asa", Gone),
        stage(LoadBalancer, "redmond.hlb", "f5_bigip", Open),
        stage(LoadBalancer, "redmond.hlb", "f5_bigip", Drain),
        stage(LoadBalancer, "redmond.hlb", "f5_bigip", Close),
        stage(LoadBalancer, "redmond.gone", "haproxy", Gone),
    ]
}

fn records() -> Vec<RecordStage> {
    let stage = |stage| RecordStage {
        view: DnsView::External,
        zone: "contoso.com".to_owned(),
        owner: Some("The web team".to_owned()),
        stage,
        ttl_before: 3600,
        ttl: 300,
        records: vec![RecordLine {
            name: "sip.contoso.com".to_owned(),
            kind: "A",
            old: vec![Ipv4Addr::LOCALHOST.to_string()],
            new: vec!["131.107.155.10".to_owned()],
        }],
        files: vec!["change/dns/x".to_owned()],
        back: vec!["change/dns/x-back".to_owned()],
        declared: SourceRef { path: "contoso".to_owned(), place: None, shown: false },
    };
    DnsStage::ALL.map(stage).to_vec()
}

/// What is asked of the plan of a change with all kinds of stages.
fn with_inputs<T>(edits: &[(&str, &str)], ask: impl FnOnce(&Inputs<'_>) -> T) -> T {
    let (old, new) = (version(&[]), version(edits));
    let plans = [&old, &new].map(|side| side.plans().expect("a topology"));
    let runbooks = plans.map(|plans| runbook(plans, &[]));
    let side = |at: usize, name| Version { name, plans: plans[at], findings: &[], whole: true, runbook: &runbooks[at] };
    let found = diff(side(0, "main"), side(1, "new"), None);
    let product = plans[1].topology.organization.product;
    let (devices, records) = (devices(), records());
    let refused = BTreeMap::from([("dublin.inner".to_owned(), "it joins other networks".to_owned())]);
    ask(&Inputs {
        old: plans[0],
        new: plans[1],
        since: "main",
        diff: &found,
        old_runbook: &runbooks[0],
        new_runbook: &runbooks[1],
        rows: change_catalog(product),
        deployment: step_catalog(product),
        devices: &devices,
        refused: &refused,
        records: &records,
    })
}

#[test]
fn the_planner_gives_what_the_vocabulary_promises() {
    with_inputs(&EDITS, |inputs| {
        let (declared, differing) = (Declarations::new(inputs), steps::Differing::new(inputs));
        let things = [
            (Scope::FirewallStage, devices::values(inputs, &declared, DeviceKind::Firewall)),
            (Scope::BalancerStage, devices::values(inputs, &declared, DeviceKind::LoadBalancer)),
            (Scope::RecordStage, records::values(inputs.records)),
            (Scope::ZoneHead, records::heads(inputs, &declared)),
            (Scope::CertificateChange, certificates::values(inputs, &declared)),
            (Scope::ChangedStep, steps::values(inputs, &differing, &declared)),
        ];
        for (scope, things) in things {
            assert!(!things.is_empty(), "{scope:?}");
            let promised: Vec<_> = vocabulary(scope).collect();
            for thing in &things {
                for placeholder in promised.iter().filter(|placeholder| placeholder.always) {
                    let of_organization = vocabulary(Scope::Organization).any(|known| known.name == placeholder.name);
                    assert!(of_organization || thing.has(placeholder.name), "{scope:?} {}", placeholder.name);
                }
                for (name, value) in thing.values() {
                    let kind = promised.iter().find(|placeholder| placeholder.name == name).map(|placeholder| placeholder.kind);
                    assert!(kind.is_some_and(|kind| value.is_of(kind)), "{scope:?} {name}");
                }
            }
        }
    });
}

#[test]
fn what_is_new_comes_before_what_is_removed_and_every_step_once() {
    let plan = with_inputs(&EDITS, plan);
    let ids: Vec<&str> = plan.runbook.steps().map(|step| step.id.as_str()).collect();
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), ids.len());
    let at = |id: &str| ids.iter().position(|known| *known == id).unwrap_or_else(|| panic!("{id}: {ids:#?}"));
    let order = [
        "CH1.contoso",
        "CN1.external.contoso.com",
        "CF1.redmond.inner",
        "EE5.redmond.pool01.fe05",
        "CN3.external.contoso.com",
        "CB2.redmond.hlb",
        "CF2.redmond.inner",
        "CN5.external.contoso.com",
        "CH2.contoso",
    ];
    assert!(order.map(at).is_sorted(), "{ids:#?}");
    assert!(plan.runbook.steps().enumerate().all(|(at, step)| step.number == at + 1));
}

#[test]
fn without_a_difference_nothing_is_to_be_done() {
    let (devices, records) = (Vec::new(), Vec::new());
    let count = with_inputs(&[], |inputs| plan(&Inputs { devices: &devices, records: &records, ..*inputs }).runbook.count);
    assert_eq!(count, 0);
}

#[test]
fn a_name_server_is_changed_although_no_record_of_a_service_is() {
    let (devices, records) = (Vec::new(), Vec::new());
    let plan = with_inputs(&[NAME_SERVER], |inputs| plan(&Inputs { devices: &devices, records: &records, ..*inputs }));
    let ids: Vec<&str> = plan.runbook.steps().map(|step| step.id.as_str()).collect();
    assert_eq!(ids, ["CH1.contoso", "CN6.external.contoso.com", "CN6.external.retail.contoso.com", "CH3.contoso", "CH2.contoso"]);
}

#[test]
fn a_firewall_without_files_says_why() {
    let plan = with_inputs(&EDITS, plan);
    let note = &plan.notes["FW1.dublin.inner"];
    assert_eq!(note, "Done again for this version. No file leads from one version to the other: it joins other networks.");
}
