//! Firewall plans to files: one file per dialect, each of which may say a rule in its own words and may not change it.
//! What a dialect writes is read back and compared with the plan, as sets of packets (`tests/consumers/dialects`).

mod aerleon;
pub mod change;
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

use super::{Artifact, EmitContext, EmitError, Language, Team};
use crate::plan::device::Values;
use crate::plan::firewall::{FirewallPlan, MatchedAddress};
use crate::plan::runbook::FileForm;
use change::DeltaFn;
pub use change::{FirewallChangeFiles, StageFiles, change};
use draft::Draft;
pub(super) use draft::plain as plain_address;
pub use windows::{TABLE as HOST_TABLE, WORD as HOSTS, emit as emit_hosts, path as host_path};

/// One language of firewalls; each is declared in its own file.
struct Dialect {
    /// What `dialect =` calls it.
    word: &'static str,
    /// What reads its files, for people.
    reader: &'static str,
    /// The language of its templates.
    language: &'static Language,
    /// The file of its rules.
    file: &'static str,
    /// The file that removes exactly what the rules create on a device: for devices on which versions exist side
    /// by side or are replaced piece by piece. A build leaves it for the day on which a later one takes its place.
    remove: Option<&'static str>,
    /// Whether it keeps connections, and so knows an answer from an opening.
    stateful: bool,
    /// Which addresses it compares packets with where it translates.
    matched: MatchedAddress,
    /// What the catalogue's operations call further files and names that are its own on a device.
    own: fn(&FirewallPlan) -> Values,
    emit: fn(&Draft<'_>, &EmitContext<'_>) -> Result<Written, EmitError>,
    /// Whether its rules name the networks that packets pass between, as zones or interfaces.
    ways: bool,
    /// How a device that holds one rule set comes to hold another.
    change: DeltaFn,
}

/// What a dialect writes for a firewall.
#[derive(Debug, Default)]
struct Written {
    /// The file of the rules.
    rules: String,
    /// The file that takes them away, where the dialect has one.
    remove: Option<String>,
    /// Further files by name.
    beside: Vec<(&'static str, String)>,
}

impl From<String> for Written {
    fn from(rules: String) -> Self {
        Self { rules, ..Self::default() }
    }
}

/// All dialects of firewalls between networks.
static DIALECTS: [&Dialect; 7] = [
    &nftables::DIALECT,
    &iptables::DIALECT,
    &cisco_asa::DIALECT,
    &cisco_ios::DIALECT,
    &juniper_srx::DIALECT,
    &palo_alto::DIALECT,
    &fortigate::DIALECT,
];

fn find(word: &str) -> Option<&'static Dialect> {
    DIALECTS.iter().copied().find(|dialect| dialect.word == word)
}

/// The languages of all dialects.
pub(super) fn languages() -> impl Iterator<Item = &'static Language> {
    DIALECTS.iter().map(|dialect| dialect.language)
}

/// The language of a dialect.
#[cfg(test)]
pub(super) fn language(word: &str) -> Option<&'static Language> {
    find(word).map(|dialect| dialect.language)
}

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
pub fn dialect(word: &str) -> Option<(&'static str, MatchedAddress, bool)> {
    find(word).map(|dialect| (dialect.file, dialect.matched, dialect.stateful))
}

/// The file that takes away what a dialect's rules put on a device, if it has one.
pub fn remove_file(word: &str) -> Option<&'static str> {
    find(word)?.remove
}

/// What the catalogue's operations call the files of a firewall and what is its own there, in its dialect or in another.
pub fn device_values(plan: &FirewallPlan, word: &str) -> Values {
    let Some(dialect) = find(word) else { return Values::new() };
    let mut values = vec![("whole", String::new()), ("rules", dialect.file.to_owned())];
    values.extend(dialect.remove.map(|file| ("remove", file.to_owned())));
    values.extend((dialect.own)(plan));
    if !plan.nats.is_empty() {
        values.push(("nats", String::new()));
    }
    values
}

/// All files of the firewalls: for each the table for people and the rules in its own dialect, in those of `also` too; for all
/// together the policies of Aerleon.
pub fn emit(plans: &[FirewallPlan], also: &[&str], cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    let mut artifacts = Vec::new();
    let drafts = plans.iter().map(|plan| Draft::new(plan, MatchedAddress::Real, plan.dialect)).collect::<Result<Vec<_>, _>>()?;
    let names = aerleon::Names::new(&drafts);
    for (plan, routed) in plans.iter().zip(&drafts) {
        // The two differ where something is translated, and only then is the work done twice.
        let arriving = if plan.nats.is_empty() { None } else { Some(Draft::new(plan, MatchedAddress::Mapped, plan.dialect)?) };
        artifacts.push(artifact(plan, path(plan, TABLE), rules_csv::emit(plan, cx)));
        if let Some(content) = rules_csv::inside(plan, cx) {
            artifacts.push(artifact(plan, path(plan, INSIDE_TABLE), content));
        }
        for dialect in DIALECTS.iter().filter(|dialect| dialect.word == plan.dialect || also.contains(&dialect.word)) {
            let draft = match (dialect.matched, &arriving) {
                (MatchedAddress::Mapped, Some(arriving)) => arriving,
                _ => routed,
            };
            let written = (dialect.emit)(draft, cx)?;
            artifacts.push(artifact(plan, path(plan, dialect.file), written.rules));
            let remove = dialect.remove.zip(written.remove);
            for (file, content) in remove.into_iter().chain(written.beside) {
                artifacts.push(artifact(plan, path(plan, file), content));
            }
        }
        artifacts.push(artifact(plan, policy_path(plan), aerleon::policy(routed, &names, cx)?));
    }
    if !drafts.is_empty() {
        artifacts.push(Artifact {
            path: definitions_path(),
            team: Team::Network,
            made_from: plans.iter().map(|plan| plan.path.clone()).collect(),
            content: aerleon::definitions(&drafts, &names, cx)?,
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

/// The files in the language that the firewall itself speaks: its rules first; none where no file is in it.
pub fn rules_paths(plan: &FirewallPlan) -> Vec<String> {
    files_in(plan, plan.dialect)
}

/// The files of a firewall in a dialect, its rules first.
fn files_in(plan: &FirewallPlan, dialect: &str) -> Vec<String> {
    let values = device_values(plan, dialect);
    let is_file = |name: &str| matches!(name, "rules" | "remove" | "twin") || name == "remove_nat" && !plan.nats.is_empty();
    values.iter().filter(|(name, _)| is_file(name)).map(|(_, file)| path(plan, file)).collect()
}

/// The same rules for other readers: in the dialects of `also`, and as policies of Aerleon.
pub fn forms(plan: &FirewallPlan, also: &[&str]) -> Vec<FileForm> {
    let others = DIALECTS.iter().filter(|dialect| dialect.word != plan.dialect && also.contains(&dialect.word));
    let in_dialect = |dialect: &&Dialect| {
        files_in(plan, dialect.word).into_iter().map(|path| FileForm { path, reader: dialect.reader }).collect::<Vec<_>>()
    };
    let mut forms: Vec<FileForm> = others.flat_map(in_dialect).collect();
    let inside = (!plan.inside.is_empty()).then(|| path(plan, INSIDE_TABLE));
    forms.extend(inside.map(|path| FileForm { path, reader: "people, as the list of networks inside that the table names" }));
    let aerleon = [policy_path(plan), definitions_path()];
    forms.extend(aerleon.map(|path| FileForm { path, reader: "Aerleon" }));
    forms
}

fn policy_path(plan: &FirewallPlan) -> String {
    format!("{AERLEON}/policies/pol/{}.yaml", plan.label)
}

fn definitions_path() -> String {
    format!("{AERLEON}/def/ocstopo.yaml")
}

fn path(plan: &FirewallPlan, file: &str) -> String {
    format!("network/firewall/{}/{file}", plan.label)
}

fn artifact(plan: &FirewallPlan, path: String, content: String) -> Artifact {
    let declared = plan.rules.iter().flat_map(|rule| rule.reason.named()).chain(plan.nats.iter().map(|nat| &nat.declared));
    let made_from: BTreeSet<&str> = declared.map(|declared| declared.path.as_str()).chain([plan.path.as_str()]).collect();
    Artifact { path, team: Team::Network, made_from: made_from.into_iter().map(str::to_owned).collect(), content }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::product::FirewallDialect;

    #[test]
    fn every_dialect_of_the_language_is_written() {
        assert!(words().eq(FirewallDialect::ALL.map(FirewallDialect::word)));
    }
}
