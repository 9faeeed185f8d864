//! One topology under each product release: what really changes when `product` does, in findings and in artifacts.

use std::collections::BTreeSet;

use crate::support::root;
use ocstopo::compile::{BuildOptions, CompileOptions, Compiled, build, compile};
use ocstopo::io::read_topology;
use ocstopo::plan::{self, Lines};
use ocstopo::text::SourceMap;

/// An example with replacements, each of which must hit.
fn compiled(example: &str, edits: &[(&str, &str)]) -> Compiled {
    let sources = read_topology(&root().join("examples").join(example), "stdin").expect("an example");
    let mut texts: Vec<(String, String)> =
        sources.files().map(|(_, file)| (file.name().to_owned(), file.text().to_owned())).collect();
    for (from, to) in edits {
        let text = texts.iter_mut().find(|(_, text)| text.contains(from)).unwrap_or_else(|| panic!("no `{from}` in {example}"));
        text.1 = text.1.replacen(from, to, 1);
    }
    compile(SourceMap::new(texts), &CompileOptions::default())
}

const R2: (&str, &str) = ("= ocs_2007\n", "= ocs_2007_r2\n");

/// What each finding says, with its place.
fn findings(compiled: &Compiled) -> BTreeSet<String> {
    let lines = compiled.diags.iter().map(|diag| format!("{} {}: {}", diag.severity.word(), diag.code, diag.message));
    lines.collect()
}

/// Every rule of every firewall, every port of every load balancer, every record and every certificate name, one a line.
fn facts(compiled: &Compiled) -> BTreeSet<String> {
    let (topology, flows) = (compiled.plans().expect("a topology").topology, compiled.plans().expect("flows").flows);
    let lines = Lines { sources: &compiled.sources, show: false };
    let mut facts = BTreeSet::new();
    for firewall in plan::firewall::plan(topology, flows, &lines) {
        for rule in &firewall.rules {
            let ports =
                |ports: &[ocstopo::product::PortRange]| ports.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
            let source = rule.source_ports.as_deref().map_or_else(|| "any".to_owned(), ports);
            let transport = rule.transport.word();
            let row = rule.id.split(['/', '~']).next().unwrap_or_default();
            facts.insert(format!(
                "firewall {}: {row} {} {source} -> {}",
                firewall.path,
                transport,
                ports(&rule.destination_ports)
            ));
        }
    }
    for balancer in plan::balancer::plan(topology, flows, compiled.plans().expect("a catalogue").catalog, &lines) {
        for listener in &balancer.listeners {
            let waits = if listener.nagle { "" } else { ", small packets do not wait" };
            facts.insert(format!(
                "load balancer {}: {} {}/{}{waits}",
                balancer.path,
                listener.address,
                listener.transport.word(),
                listener.port
            ));
        }
    }
    let records = compiled.plans().into_iter().flat_map(|plans| plans.dns().records());
    facts.extend(records.map(|(view, _, record)| format!("dns {}: {} {}", view.word(), record.owner, record.data)));
    for certificate in compiled.plans().into_iter().flat_map(|plans| &plans.certificates().certificates) {
        let names: Vec<&str> = certificate.sans.iter().map(|name| name.as_str()).collect();
        facts.insert(format!("certificate {}: {} [{}]", certificate.slug, certificate.common_name, names.join(" ")));
    }
    facts
}

/// Lines that only one of both has.
fn change(before: &BTreeSet<String>, after: &BTreeSet<String>) -> String {
    let gone = before.difference(after).map(|line| format!("- {line}\n"));
    let new = after.difference(before).map(|line| format!("+ {line}\n"));
    gone.chain(new).collect()
}

fn changes(example: &str, edits: &[(&str, &str)]) -> String {
    let first = compiled(example, edits);
    let second = compiled(example, &[edits, &[R2]].concat());
    format!("{}\n{}", change(&findings(&first), &findings(&second)), change(&facts(&first), &facts(&second)))
}

#[test]
fn a_scaled_edge_of_separate_roles() {
    insta::assert_snapshot!(changes("contoso", &[]));
}

#[test]
fn one_consolidated_edge() {
    insta::assert_snapshot!(changes("fabrikam", &[]));
}

/// The same edge behind a translation of its A/V address: an error in the first release, and none in the second.
#[test]
fn one_consolidated_edge_behind_a_translation() {
    let translated = [(
        "joins = [internet, outside]  dialect = nftables",
        "joins = [internet, outside]  dialect = nftables\n    static_nat av { public = 198.51.100.30  inside = 198.18.7.4 }",
    )];
    insta::assert_snapshot!(changes("fabrikam", &translated));
}

/// Partners that run the first release still need the range, partners that run the second do not.
#[test]
fn partners_of_either_release() {
    let older = [("federated_av       = [ocs_2007]", "federated_av       = [ocs_2007_r2]")];
    insta::assert_snapshot!(changes("contoso", &older));
}

#[test]
fn the_applications_of_the_second_release() {
    let more = "    call_detail_records,\n";
    let edits = [(
        more,
        &*format!("{more}    desktop_sharing,\n    dial_in_conferencing,\n    response_group,\n    outside_voice_control,\n"),
    )];
    insta::assert_snapshot!(changes("contoso", &edits));
}

/// A topology for the second release builds all that one for the first does.
#[test]
fn a_topology_of_the_second_release_is_built() {
    let second = compiled("fabrikam", &[R2]);
    let templates = crate::support::templates();
    let options =
        BuildOptions { only: &[], serial: None, lines: false, dialects: &[], templates, since: None, team: None, renewal: None };
    let paths = |compiled: &Compiled| -> BTreeSet<String> {
        build(compiled, &options).expect("it builds").into_iter().map(|artifact| artifact.path).collect()
    };
    assert_eq!(paths(&second), paths(&compiled("fabrikam", &[])));
}
