//! A release is a folder of the catalogue and a line of the list: unit tests have such a release, and these compile with it.

use super::{Choice, Product, Releases};
use crate::catalog::show::differences;
use crate::compile::{BuildOptions, CompileOptions, Compiled, build, compile};
use crate::diag::Severity;
use crate::emit::Templates;
use crate::lint::rules;
use crate::text::SourceMap;

const TOPOLOGY: [&str; 2] = [
    include_str!("../../examples/r2-consolidated-100000/organization.ocstopo"),
    include_str!("../../examples/r2-consolidated-100000/cleveland.ocstopo"),
];

fn compiled(texts: &[String]) -> Compiled {
    let files = texts.iter().enumerate().map(|(at, text)| (format!("{at}.ocstopo"), text.as_str().into())).collect();
    compile(SourceMap::new(files), &CompileOptions::default())
}

/// The text as a topology of a release.
fn of(product: Product, text: &str) -> String {
    let release = |word: &str| word.parse::<Product>().is_ok();
    let lines = text.lines().map(|line| match line.split_once('=') {
        Some((key, word)) if key.trim() == "product" && release(word.trim()) => format!("{key}= {}\n", product.word()),
        _ => format!("{line}\n"),
    });
    lines.collect()
}

/// All files of a build, one text after the other, and the codes of its findings.
fn built(product: Product) -> (String, Vec<&'static str>) {
    let compiled = compiled(&TOPOLOGY.map(|text| of(product, text)));
    assert!(compiled.diags.iter().all(|diag| diag.severity != Severity::Error), "{:?}", compiled.diags);
    let templates = Templates::shipped();
    let options = BuildOptions {
        only: &[],
        dialects: &["nftables"],
        serial: None,
        lines: false,
        templates: &templates,
        since: None,
        team: None,
    };
    let artifacts = build(&compiled, &options).expect("artifacts");
    let texts = artifacts.iter().map(|artifact| format!("{}\n{}\n", artifact.path, artifact.content)).collect();
    (texts, compiled.diags.iter().map(|diag| diag.code.0).collect())
}

#[test]
fn a_topology_of_a_new_release_compiles_to_artifacts_with_its_facts() {
    let (before, _) = built(Product::Ocs2007R2);
    let (after, _) = built(Product::Toy);
    assert!(!before.contains("853,tcp,DNS,") && after.contains("853,tcp,DNS,"), "the port that the release adds opens");
    assert!(before.contains("E16") && !after.contains("E16"), "the flow that the release removes is gone");
    assert!(!before.contains(Product::Toy.title()) && after.contains(Product::Toy.title()));
}

#[test]
fn a_new_release_has_its_own_limits() {
    let users = |product| {
        let rule = rules().iter().find(|rule| rule.code.0 == "OCS0201").expect("a rule");
        let found = compiled(&[of(product, &rule.bad.text())]).diags;
        found.iter().any(|diag| diag.code == rule.code)
    };
    assert!(users(Product::Ocs2007) && users(Product::Ocs2007R2) && !users(Product::Toy));
}

#[test]
fn rules_hold_for_a_new_release_unless_they_end_with_an_earlier_one() {
    let bounded = rules().iter().filter(|rule| rule.releases != Releases::ALL);
    let (mut ended, mut kept) = (0, 0);
    for rule in bounded {
        let found = compiled(&[of(Product::Toy, &rule.bad.text())]).diags;
        let raised = found.iter().any(|diag| diag.code == rule.code);
        assert_eq!(raised, rule.releases.contain(Product::Toy), "{}: {found:?}", rule.code);
        *(if raised { &mut kept } else { &mut ended }) += 1;
    }
    assert!(ended > 5 && kept > 5, "{ended} end, {kept} go on");
}

#[test]
fn words_of_a_topology_follow_the_release() {
    let later = Choice { word: "w", doc: "", releases: Releases::ALL.since(Product::Ocs2007R2) };
    let earlier = Choice { word: "w", doc: "", releases: Releases::ALL.until(Product::Ocs2007) };
    assert_eq!(Product::ALL.map(|product| later.is_of(Some(product))), [false, true, true]);
    assert_eq!(Product::ALL.map(|product| earlier.is_of(Some(product))), [true, false, false]);
    assert!(later.is_of(None) && later.releases.only().is_none());
    assert_eq!(earlier.releases.only(), Some(Product::Ocs2007));
}

#[test]
fn a_row_changed_twice_has_both_reasons() {
    let far = differences(Product::Ocs2007, Product::Toy);
    let reasons: Vec<&str> = far.iter().flat_map(|d| &d.changed).map(|changed| changed.reason.as_str()).collect();
    let near = differences(Product::Ocs2007, Product::Ocs2007R2);
    let first = near.iter().flat_map(|d| &d.changed).map(|changed| changed.reason.as_str()).find(|reason| !reason.is_empty());
    assert!(reasons.contains(&"the Access Edge of the toy release asks over TLS too"));
    assert!(first.is_some_and(|first| reasons.contains(&first)));
}
