//! What every dialect says is the plan: for the examples, for generated topologies, for any plan.

use std::collections::BTreeMap;

use ocstopo::compile::{BuildOptions, CompileOptions, Part, build, compile};
use ocstopo::emit::{EmitContext, EmitError, firewall};
use ocstopo::io::read_topology;
use ocstopo::plan::Lines;
use ocstopo::plan::firewall::{FirewallPlan, plan};
use ocstopo::text::SourceMap;
use proptest::prelude::*;

use crate::dialects::plans::{any_plan, sample};
use crate::dialects::read::{difference, model, read};
use crate::generator;
use crate::support::{EXAMPLES, root};

/// What all dialects write for a plan, by dialect.
pub fn written(plan: &FirewallPlan) -> Result<BTreeMap<&'static str, String>, EmitError> {
    let templates = crate::support::templates();
    let cx = EmitContext { templates, sample: false, organization: "contoso" };
    let all: Vec<&'static str> = firewall::dialects().collect();
    let files = firewall::emit(std::slice::from_ref(plan), &all, &cx)?;
    let text = |word: &'static str| {
        let (file, ..) = firewall::dialect(word).expect("a dialect");
        let path = format!("network/firewall/{}/{file}", plan.label);
        (word, files.iter().find(|artifact| artifact.path == path).expect("its file").content.clone())
    };
    Ok(all.into_iter().map(text).collect())
}

/// Compares all firewalls of a topology in all dialects; how many comparisons there were.
fn compared(sources: SourceMap) -> usize {
    let compiled = compile(sources, &CompileOptions::default());
    let templates = crate::support::templates();
    let all: Vec<&str> = firewall::dialects().collect();
    let options = BuildOptions {
        only: &[Part::FIREWALL],
        dialects: &all,
        serial: None,
        lines: true,
        templates,
        since: None,
        team: None,
        renewal: None,
    };
    let artifacts = build(&compiled, &options).unwrap_or_else(|error| panic!("{error:?}: {:?}", compiled.diags));
    let lines = Lines { sources: &compiled.sources, show: true };
    let plans = plan(compiled.plans().expect("a topology").topology, compiled.plans().expect("flows").flows, &lines);
    let mut comparisons = 0;
    for plan in &plans {
        for word in &all {
            let (file, ..) = firewall::dialect(word).expect("a dialect");
            let path = format!("network/firewall/{}/{file}", plan.label);
            let artifact = artifacts.iter().find(|artifact| artifact.path == path).unwrap_or_else(|| panic!("no {path}"));
            let (read, model) = (read(word, &artifact.content), model(word, plan));
            assert!(!model.opens.is_empty(), "{path}");
            assert_eq!(difference(&read, &model), None, "{path}");
            comparisons += 1;
        }
    }
    comparisons
}

#[test]
fn every_dialect_equals_the_plan_of_every_example() {
    for example in EXAMPLES {
        let sources = read_topology(&root().join("examples").join(example), "stdin").expect("an example");
        assert!(compared(sources) >= firewall::dialects().count(), "{example}");
    }
}

#[test]
fn every_dialect_equals_the_plan_of_generated_topologies() {
    for sites in [1, 4] {
        assert_eq!(compared(SourceMap::new(generator::files(sites))), 2 * firewall::dialects().count(), "{sites} sites");
    }
}

#[test]
fn an_empty_plan_opens_nothing() {
    let mut plan = sample();
    plan.rules.clear();
    for (word, text) in written(&plan).expect("it can be said") {
        let reading = read(word, &text);
        assert!(reading.opens.is_empty() && reading.established.is_empty(), "{word}");
    }
}

#[test]
fn an_inexpressible_rule_is_a_named_error() {
    for word in firewall::dialects() {
        let mut plan = sample();
        plan.dialect = word;
        plan.rules[2].sources.push(crate::dialects::plans::party("internet", "0.0.0.0/0"));
        let error = written(&plan).expect_err("the internet and others").to_string();
        assert!(error.contains(word) && error.contains("`P03/redmond.pool01`"), "{error}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn every_dialect_equals_any_plan(plan in any_plan()) {
        for (word, text) in written(&plan).expect("it can be said") {
            // The kernel is asked below, less often: each time takes a namespace.
            if !matches!(word, "nftables" | "iptables") {
                prop_assert_eq!(difference(&read(word, &text), &model(word, &plan)), None, "{}:\n{}", word, text);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]
    #[test]
    fn the_kernel_holds_any_plan(plan in any_plan()) {
        let texts = written(&plan).expect("it can be said");
        for word in ["nftables", "iptables"] {
            prop_assert_eq!(difference(&read(word, &texts[word]), &model(word, &plan)), None, "{}:\n{}", word, texts[word]);
        }
    }
}
