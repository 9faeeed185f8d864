//! The policies as Aerleon reads them: it compiles them for nftables and Cisco ASA, and what the kernel then holds is the plan.

use std::collections::{BTreeMap, BTreeSet};

use ocstopo::emit::{EmitContext, firewall};
use ocstopo::packet::Packets;
use ocstopo::plan::Lines;
use ocstopo::plan::firewall::{FirewallPlan, MatchedAddress, plan};
use serde_json::Value;

use crate::dialects::plans::{sample, with_text};
use crate::support::kernel::{Allowed, Namespace, accepted};
use crate::support::{Example, both, judge, text};

/// What Aerleon makes of the policies of some plans, by file.
fn compiled(plans: &[FirewallPlan]) -> BTreeMap<String, String> {
    let templates = crate::support::templates();
    let cx = EmitContext { templates, sample: true, organization: "contoso" };
    let folder = tempfile::tempdir().expect("a folder");
    for file in firewall::emit(plans, &[], &cx).expect("it can be said") {
        let Some(path) = file.path.strip_prefix("network/firewall/aerleon/") else { continue };
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, file.content).expect("a file");
    }
    let generated = folder.path().join("generated");
    std::fs::create_dir(&generated).expect("a folder");
    let said = judge("aclgen")
        .args(["--base_directory", "policies", "--definitions_directory", "def", "--output_directory", text(&generated)])
        .current_dir(folder.path())
        .output()
        .expect("aclgen runs");
    assert!(said.status.success() && !both(&said).contains("error"), "{}", both(&said));
    crate::support::read_tree(&generated)
}

/// The packets that may open a connection, as the kernel lists what Aerleon wrote: a base chain that jumps to a chain for each term.
fn held(rules: &str) -> Packets {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("rules.nft");
    std::fs::write(&file, rules).expect("a file");
    let namespace = Namespace::new();
    namespace.load(&file);
    let items = namespace.ruleset();
    let all = |kind: &str| -> Vec<Value> { items.iter().filter_map(|item| item.get(kind)).cloned().collect() };
    let chains = all("chain");
    let bases: Vec<&Value> = chains.iter().filter(|chain| chain.get("hook").is_some()).collect();
    let [base] = bases.as_slice() else { panic!("one base chain, not {bases:?}") };
    assert!(base["hook"] == "forward" && base["policy"] == "drop", "{base}");
    let (mut jumps, mut products) = (BTreeSet::new(), Vec::new());
    let sets = all("set");
    for mut rule in all("rule") {
        let target = rule["expr"][0]["jump"]["target"].as_str().map(str::to_owned);
        if rule["chain"] != base["name"] {
            assert!(jumps.contains(rule["chain"].as_str().expect("a chain")) || target.is_none(), "{rule}");
            // Every rule of a term is for new connections only.
            let expressions = rule["expr"].as_array_mut().expect("expressions");
            let before = expressions.len();
            expressions.retain(|expression| expression["match"]["left"]["ct"]["key"] != "state");
            assert_eq!(expressions.len() + 1, before, "one state");
            let chain = rule["chain"].as_str().expect("a chain").to_owned();
            products.push((chain, accepted(&rule, usize::MAX, &sets).map(|allowed| Allowed::product(&allowed))));
        } else if let Some(target) = target {
            jumps.insert(target);
        }
    }
    let reached = products.into_iter().filter(|(chain, _)| jumps.contains(chain)).filter_map(|(_, product)| product);
    Packets::of(&reached.collect::<Vec<_>>())
}

#[test]
fn aerleon_makes_the_plan_of_every_example() {
    for example in &Example::judged_slowly() {
        let lines = Lines { sources: &example.compiled.sources, show: true };
        let plans = plan(example.topology(), example.compiled.plans().expect("flows").flows, &lines);
        let files = compiled(&plans);
        for plan in &plans {
            let held = held(&files[&format!("{}.nft", plan.label)]);
            let planned = plan.packets(MatchedAddress::Real);
            assert!(!planned.is_empty(), "{}", plan.path);
            assert_eq!(held.difference(&planned).witness(), None, "{}: Aerleon opens what the plan does not", plan.path);
            assert_eq!(planned.difference(&held).witness(), None, "{}: Aerleon loses what the plan opens", plan.path);
            let asa = &files[&format!("{}.asa", plan.label)];
            let permits = asa.lines().filter(|line| line.contains(" extended permit ")).count();
            assert!(permits >= plan.rules.len(), "{}: {permits}", plan.path);
            assert!(asa.contains(" extended deny ip any any log"), "{}", plan.path);
        }
    }
}

#[test]
fn hostile_text_opens_nothing_through_aerleon() {
    let expected = held(&compiled(&[sample()])["redmond-outer.nft"]);
    assert_eq!(expected, sample().packets(MatchedAddress::Real));
    for text in
        ["\"\n      - name: x\n        action: accept\n#", "a: b", "`id` $(id) ; !", "\\", "m\u{fc}nchen \u{202e}", "{{ 7 }}"]
    {
        let mut plan = with_text(text);
        for (at, rule) in plan.rules.iter_mut().enumerate() {
            rule.id = format!("{text}{at}");
        }
        assert_eq!(held(&compiled(&[plan])["redmond-outer.nft"]), expected, "{text:?}");
    }
}
