//! Firewall plans to files: one file per dialect, each of which may say a rule in its own words and may not change it.

mod nftables;
mod rules_csv;

use std::collections::BTreeSet;

use super::{Artifact, EmitContext, EmitError, Team};
use crate::plan::firewall::FirewallPlan;

/// All files of a firewall: the table for people, and the rule set in the firewall's own language.
pub fn emit(plan: &FirewallPlan, cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    Ok(vec![artifact(plan, TABLE, rules_csv::emit(plan, cx)), artifact(plan, NFTABLES, nftables::emit(plan, cx)?)])
}

/// What both files call the networks that are not the internet.
const INSIDE: &str = "inside_networks";

const TABLE: &str = "rules.csv";
const NFTABLES: &str = "rules.nft";

/// The table of a firewall's rules.
pub fn table_path(plan: &FirewallPlan) -> Option<String> {
    Some(path(plan, TABLE))
}

/// The rules in the language that the firewall itself speaks, if one of its files is in it.
pub fn rules_path(plan: &FirewallPlan) -> Option<String> {
    (plan.dialect == "nftables").then(|| path(plan, NFTABLES))
}

fn path(plan: &FirewallPlan, file: &str) -> String {
    format!("network/firewall/{}/{file}", plan.label)
}

fn artifact(plan: &FirewallPlan, file: &str, content: String) -> Artifact {
    let declared = plan.rules.iter().flat_map(|rule| &rule.reason.declared).chain(plan.nats.iter().map(|nat| &nat.declared));
    let made_from: BTreeSet<&str> = declared.map(|declared| declared.path.as_str()).chain([plan.path.as_str()]).collect();
    Artifact {
        path: path(plan, file),
        team: Team::Network,
        made_from: made_from.into_iter().map(str::to_owned).collect(),
        content,
    }
}
