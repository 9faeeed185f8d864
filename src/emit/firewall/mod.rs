//! Firewall plans to files: one file per dialect, each of which may say a rule in its own words and may not change it.
//! What a dialect writes is read back and compared with the plan, as sets of packets (`tests/dialects`).

mod aerleon;
mod cisco;
mod cisco_asa;
mod cisco_ios;
mod draft;
mod fortigate;
mod head;
mod iptables;
mod juniper_srx;
mod nftables;
mod objects;
mod palo_alto;
mod rules_csv;
mod windows;

use std::collections::BTreeSet;

use super::{Artifact, EmitContext, EmitError, Team};
use crate::plan::firewall::{FirewallPlan, Seen};
use draft::Draft;
pub use windows::{WORD as HOSTS, emit as emit_hosts};

/// One language of firewalls.
#[derive(Debug)]
struct Dialect {
    /// What `dialect =` calls it.
    word: &'static str,
    /// The file of its rules.
    file: &'static str,
    /// The file of exact deletes, where the dialect has one.
    remove: Option<&'static str>,
    /// Whether it keeps connections, and so knows an answer from an opening.
    stateful: bool,
    /// Which addresses it compares packets with where it translates.
    seen: Seen,
    emit: fn(&Draft<'_>, &EmitContext<'_>) -> Result<Written, EmitError>,
}

/// The files of a firewall in one dialect.
#[derive(Debug, Default)]
struct Written {
    rules: String,
    remove: Option<String>,
}

impl From<String> for Written {
    fn from(rules: String) -> Self {
        Self { rules, remove: None }
    }
}

/// All dialects of firewalls between networks.
static DIALECTS: [Dialect; 7] = [
    Dialect {
        word: "nftables",
        file: "rules.nft",
        remove: None,
        stateful: true,
        seen: Seen::Routed,
        emit: |draft, cx| Ok(nftables::emit(draft, cx)?.into()),
    },
    Dialect {
        word: "iptables",
        file: "rules.iptables",
        remove: None,
        stateful: true,
        seen: Seen::Routed,
        emit: |draft, cx| Ok(iptables::emit(draft, cx)?.into()),
    },
    Dialect {
        word: "cisco_asa",
        file: "rules.asa",
        remove: None,
        stateful: true,
        seen: Seen::Routed,
        emit: |draft, cx| Ok(cisco_asa::emit(draft, cx)?.into()),
    },
    Dialect {
        word: "cisco_ios",
        file: "rules.ios",
        remove: None,
        stateful: false,
        seen: Seen::Arriving,
        emit: |draft, cx| Ok(cisco_ios::emit(draft, cx)?.into()),
    },
    Dialect {
        word: "juniper_srx",
        file: "rules.srx",
        remove: Some("remove.srx"),
        stateful: true,
        seen: Seen::Routed,
        emit: juniper_srx::emit,
    },
    Dialect {
        word: "palo_alto",
        file: "rules.panos",
        remove: Some("remove.panos"),
        stateful: true,
        seen: Seen::Arriving,
        emit: palo_alto::emit,
    },
    Dialect {
        word: "fortigate",
        file: "rules.fortios",
        remove: Some("remove.fortios"),
        stateful: true,
        seen: Seen::Routed,
        emit: fortigate::emit,
    },
];

/// Every word of `dialect =`.
pub fn words() -> impl Iterator<Item = &'static str> {
    dialects().chain([windows::WORD])
}

/// The dialects of firewalls between networks, in the words of `dialect =`.
pub fn dialects() -> impl Iterator<Item = &'static str> {
    DIALECTS.iter().map(|dialect| dialect.word)
}

/// The file of a dialect, which addresses it compares packets with, and whether it keeps connections; `None` for one that is not
/// written.
pub fn dialect(word: &str) -> Option<(&'static str, Seen, bool)> {
    DIALECTS.iter().find(|dialect| dialect.word == word).map(|dialect| (dialect.file, dialect.seen, dialect.stateful))
}

/// The file of a dialect that takes its rules away again.
pub fn remove_file(word: &str) -> Option<&'static str> {
    DIALECTS.iter().find(|dialect| dialect.word == word).and_then(|dialect| dialect.remove)
}

/// All files of the firewalls: for each the table for people and the rules in its own dialect, in those of `also` too; for all
/// together the policies of Aerleon.
pub fn emit(plans: &[FirewallPlan], also: &[&str], cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    let mut artifacts = Vec::new();
    let mut drafts = Vec::with_capacity(plans.len());
    for plan in plans {
        let routed = Draft::new(plan, Seen::Routed, plan.dialect)?;
        // The two differ where something is translated, and only then is the work done twice.
        let arriving = if plan.nats.is_empty() { None } else { Some(Draft::new(plan, Seen::Arriving, plan.dialect)?) };
        artifacts.push(artifact(plan, path(plan, TABLE), rules_csv::emit(plan, cx)));
        if let Some(content) = rules_csv::inside(plan, cx) {
            artifacts.push(artifact(plan, path(plan, INSIDE_TABLE), content));
        }
        for dialect in DIALECTS.iter().filter(|dialect| dialect.word == plan.dialect || also.contains(&dialect.word)) {
            let draft = match (dialect.seen, &arriving) {
                (Seen::Arriving, Some(arriving)) => arriving,
                _ => &routed,
            };
            let written = (dialect.emit)(draft, cx)?;
            artifacts.push(artifact(plan, path(plan, dialect.file), written.rules));
            if let (Some(file), Some(text)) = (dialect.remove, written.remove) {
                artifacts.push(artifact(plan, path(plan, file), text));
            }
        }
        artifacts.push(artifact(plan, format!("{AERLEON}/policies/pol/{}.yaml", plan.label), aerleon::policy(&routed, cx)?));
        drafts.push(routed);
    }
    if !drafts.is_empty() {
        artifacts.push(Artifact {
            path: format!("{AERLEON}/def/ocstopo.yaml"),
            team: Team::Network,
            made_from: plans.iter().map(|plan| plan.path.clone()).collect(),
            content: aerleon::definitions(&drafts, cx)?,
        });
    }
    Ok(artifacts)
}

/// What all files call the networks that are not the internet.
const INSIDE: &str = "inside_networks";

const TABLE: &str = "rules.csv";
const INSIDE_TABLE: &str = "inside_networks.csv";

/// The folder of what Aerleon reads; no firewall's label is without a `-`.
const AERLEON: &str = "network/firewall/aerleon";

/// The table of a firewall's rules.
pub fn table_path(plan: &FirewallPlan) -> Option<String> {
    Some(path(plan, TABLE))
}

/// The rules in the language that the firewall itself speaks, if one of its files is in it.
pub fn rules_path(plan: &FirewallPlan) -> Option<String> {
    dialect(plan.dialect).map(|(file, ..)| path(plan, file))
}

fn path(plan: &FirewallPlan, file: &str) -> String {
    format!("network/firewall/{}/{file}", plan.label)
}

fn artifact(plan: &FirewallPlan, path: String, content: String) -> Artifact {
    let declared = plan.rules.iter().flat_map(|rule| &rule.reason.declared).chain(plan.nats.iter().map(|nat| &nat.declared));
    let made_from: BTreeSet<&str> = declared.map(|declared| declared.path.as_str()).chain([plan.path.as_str()]).collect();
    Artifact { path, team: Team::Network, made_from: made_from.into_iter().map(str::to_owned).collect(), content }
}
