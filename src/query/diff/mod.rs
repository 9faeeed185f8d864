//! What a change does: two versions of a topology compared in the terms of those who take its artifacts. Firewalls are compared as
//! sets of packets, names as records, certificates by what is on them; text is not compared.
//! Input: the plans of both versions. Output: a [`Diff`], plain values in the order of their paths.

mod balancers;
mod cause;
mod certificates;
mod declared;
mod findings;
mod firewalls;
mod mass;
mod moved;
mod names;
mod pairs;
mod publishing;
mod records;
mod steps;
mod waivers;

#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::diag::Diag;
use crate::lower::Date;
use crate::plan::Plans;
use crate::plan::runbook::StepSource;
pub use crate::query::answer::Party as End;

pub use balancers::{BalancerChange, ListenerChange};
pub use cause::Cause;
pub use certificates::{CertificateChange, CertificateWork};
pub use declared::Declared;
pub use findings::{FindingLine, Findings, only_in};
pub use firewalls::{CoveredRule, FirewallChange, NatChange, PacketBlock, PacketChange, RuleCounts, Widest};
pub use mass::Mass;
pub use moved::{Moved, Moves};
pub use names::{HostsChange, ZoneChange};
pub use publishing::{ProxyChange, SiteChange};
pub use records::RecordChange;
pub use steps::StepChange;
pub use waivers::{AssertionChange, WaiverChange, WaiverState};

/// One version of a topology.
#[derive(Debug, Clone, Copy)]
pub struct Version<'a> {
    /// What the reader calls it: a folder or a revision.
    pub name: &'a str,
    /// The topology and its plans.
    pub plans: Plans<'a>,
    /// Its findings.
    pub findings: &'a [Diag],
    /// Whether all stages ran: with errors in the files, rules did not.
    pub whole: bool,
    /// Its runbook.
    pub runbook: &'a dyn StepSource,
}

/// Whether something came, went or is another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Only in the new version.
    Added,
    /// Only in the old version.
    Removed,
    /// In both, and different.
    Changed,
}

/// A value before and after; absent on the side that has none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Setting {
    /// What it is.
    pub setting: &'static str,
    /// Before.
    pub old: Option<String>,
    /// After.
    pub new: Option<String>,
}

/// What is known of one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Side {
    /// What the reader calls it.
    pub name: String,
    /// The product release.
    pub product: &'static str,
    /// Errors in it.
    pub errors: usize,
    /// Whether all stages ran.
    pub whole: bool,
}

/// Everything that differs between two versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// The version before.
    pub old: Side,
    /// The version after.
    pub new: Side,
    /// Changed declarations.
    pub declared: Vec<Declared>,
    /// What has another path or range and is the same thing.
    pub moved: Moves,
    /// Firewalls, by path.
    pub firewalls: Vec<FirewallChange>,
    /// Load balancers, by path.
    pub balancers: Vec<BalancerChange>,
    /// Reverse proxies, by path.
    pub proxies: Vec<ProxyChange>,
    /// Zones, by view and name.
    pub zones: Vec<ZoneChange>,
    /// Records, by view, name and type.
    pub records: Vec<RecordChange>,
    /// Hosts files of servers in the perimeter, by path.
    pub hosts: Vec<HostsChange>,
    /// Certificates.
    pub certificates: Vec<CertificateChange>,
    /// Steps of the runbook.
    pub steps: Vec<StepChange>,
    /// Findings that came and went.
    pub findings: Findings,
    /// Waivers that came, went or changed, and those that have ended.
    pub waivers: Vec<WaiverChange>,
    /// Assertions that came or went, or hold in one version only.
    pub assertions: Vec<AssertionChange>,
    /// Where so much is removed that it may be a mistake.
    pub mass: Vec<Mass>,
    /// Why so much is removed, as the caller states it.
    pub accepted: Option<String>,
}

impl Diff {
    /// Whether the versions mean the same: nothing that any team takes differs, and no finding, waiver or assertion.
    pub fn is_empty(&self) -> bool {
        self.declared.is_empty()
            && self.moved.list.is_empty()
            && self.firewalls.is_empty()
            && self.balancers.is_empty()
            && self.proxies.is_empty()
            && self.zones.is_empty()
            && self.records.is_empty()
            && self.hosts.is_empty()
            && self.certificates.is_empty()
            && self.steps.is_empty()
            && self.findings.new.is_empty()
            && self.findings.gone.is_empty()
            && self.waivers.iter().all(|waiver| waiver.state == WaiverState::Expired)
            && self.assertions.is_empty()
    }
}

/// Compares two versions. `today` is the day that waivers are compared with.
pub fn diff(old: Version<'_>, new: Version<'_>, today: Option<Date>) -> Diff {
    let moved = moved::Moves::find(old.plans, new.plans);
    let declared = declared::compare(old.plans, new.plans, &moved);
    let causes = cause::Causes::new(&declared, &moved);
    let firewalls = firewalls::compare(old.plans, new.plans, &moved, &causes);
    let records = records::compare(old.plans, new.plans, &causes);
    Diff {
        mass: mass::find(old.plans, &firewalls, &records),
        balancers: balancers::compare(old.plans, new.plans, &moved, &causes),
        proxies: publishing::compare(old.plans, new.plans, &moved, &causes),
        zones: names::zones(old.plans, new.plans),
        hosts: names::hosts(old.plans, new.plans, &moved),
        certificates: certificates::compare(old.plans, new.plans, &moved, &causes),
        steps: steps::compare(old.runbook, new.runbook, &moved),
        findings: findings::compare(old, new),
        waivers: waivers::waivers(old.plans, new.plans, &moved, today),
        assertions: waivers::assertions(old, new),
        old: side(old),
        new: side(new),
        moved,
        declared,
        firewalls,
        records,
        accepted: None,
    }
}

fn side(version: Version<'_>) -> Side {
    Side {
        name: version.name.to_owned(),
        product: version.plans.topology.organization.product.word(),
        errors: version.findings.iter().filter(|diag| diag.severity == crate::diag::Severity::Error).count(),
        whole: version.whole,
    }
}

impl State {
    /// What is with something that each version has or has not.
    fn of<T>(old: &Option<T>, new: &Option<T>) -> Self {
        match (old, new) {
            (None, _) => Self::Added,
            (_, None) => Self::Removed,
            _ => Self::Changed,
        }
    }
}
