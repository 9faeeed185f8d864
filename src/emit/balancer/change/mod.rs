//! Files that lead a load balancer from one version to the next, a stage at a time, and back. Each is the exact difference of two
//! states: what both have and is the same is not touched. A dialect whose file is the whole configuration has none.

mod f5;
mod netscaler;

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::operations::{before, way};
use super::super::{Artifact, EmitContext, EmitError};
use super::{DIALECTS, artifact, file};
use crate::plan::balancer::BalancerPlan;
use crate::plan::device::{Values, operations};

/// A stage of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BalancerStage {
    /// New listeners and servers are added.
    Open,
    /// Servers that go away get no new connections.
    Drain,
    /// What only the earlier version has is deleted, and settings are those of the new version.
    Close,
}

impl BalancerStage {
    /// All stages, in their order.
    pub const ALL: [BalancerStage; 3] = [BalancerStage::Open, BalancerStage::Drain, BalancerStage::Close];

    /// Its word in the names of files.
    pub fn word(self) -> &'static str {
        match self {
            BalancerStage::Open => "open",
            BalancerStage::Drain => "drain",
            BalancerStage::Close => "close",
        }
    }

    /// What it does, for people.
    fn what(self, way: Way) -> &'static str {
        match (self, way) {
            (BalancerStage::Open, Way::Forward) => "New listeners and new servers are added; what runs stays",
            (BalancerStage::Open, Way::Back) => "New listeners and new servers are deleted again",
            (BalancerStage::Drain, Way::Forward) => {
                "Servers that leave a listener, or whose listener goes away, get no new connections, except from clients that persistence assigns to them"
            }
            (BalancerStage::Drain, Way::Back) => "Servers that were drained get new connections again",
            (BalancerStage::Close, Way::Forward) => {
                "Listeners and servers that only the earlier version has are deleted, and settings are those of the new version"
            }
            (BalancerStage::Close, Way::Back) => {
                "Listeners and servers that were deleted are added again, still drained, and settings are those of the earlier version"
            }
        }
    }

    /// When it is done, for people.
    fn when(self, way: Way) -> &'static str {
        match (self, way) {
            (BalancerStage::Open, Way::Forward) => "before names lead to new listeners",
            (BalancerStage::Drain, Way::Forward) => {
                "once the new listeners and servers work and no name leads to those that go away"
            }
            (BalancerStage::Close, Way::Forward) => {
                "once the connections to the drained servers have ended: the remaining ones are cut off"
            }
            (_, Way::Back) => "before the earlier stages are undone",
        }
    }
}

/// The files of one stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BalancerStageFiles {
    /// The stage.
    pub stage: BalancerStage,
    /// The path of the file that does it.
    pub forward: Vec<String>,
    /// The path of the file that undoes it.
    pub back: Vec<String>,
    /// What the catalogue's operations call these files.
    pub values: Values,
    /// The files.
    pub artifacts: Vec<Artifact>,
}

/// What leads from one version of a load balancer to the next.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BalancerChangeFiles {
    /// The stages that do something.
    pub stages: Vec<BalancerStageFiles>,
    /// The file of the new version that takes the place of the earlier one as a whole, in a dialect without stages; `None` if the new
    /// version has no virtual address.
    pub whole: Option<String>,
}

/// Forwards or back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Forward,
    Back,
}

/// How a dialect changes.
struct Change {
    /// What `dialect =` calls it.
    word: &'static str,
    /// What the names of its files end in.
    ending: &'static str,
    /// Writes a file; `None` where nothing is done.
    emit: Emit,
}

/// The dialects whose files are the difference of two states.
static CHANGES: [Change; 2] = [
    Change { word: super::f5::DIALECT.word, ending: ".tmsh", emit: f5::emit },
    Change { word: super::netscaler::DIALECT.word, ending: ".conf", emit: netscaler::emit },
];

/// What writes the file of a stage between two plans.
type Emit = fn(&Step<'_>, &EmitContext<'_>) -> Result<Option<String>, EmitError>;

/// A stage between two plans.
pub(super) struct Step<'a> {
    pub(super) old: &'a BalancerPlan,
    pub(super) new: &'a BalancerPlan,
    pub(super) stage: BalancerStage,
    pub(super) way: Way,
    pub(super) values: Values,
}

/// The files from one plan to another of the same dialect.
pub fn change(old: &BalancerPlan, new: &BalancerPlan, cx: &EmitContext<'_>) -> Result<BalancerChangeFiles, EmitError> {
    let Some(dialect) = DIALECTS.iter().find(|dialect| dialect.word == new.dialect) else {
        return Ok(BalancerChangeFiles::default());
    };
    let Some(change) = CHANGES.iter().find(|change| change.word == dialect.word) else {
        let whole = (old != new && !new.listeners.is_empty()).then(|| file(new, dialect.file));
        return Ok(BalancerChangeFiles { stages: Vec::new(), whole });
    };
    let mut stages = Vec::new();
    for stage in BalancerStage::ALL {
        let [forward, back] = [stage.word().to_owned(), format!("{}-back", stage.word())].map(|name| name + change.ending);
        let values =
            |rules: &str, back: &str| vec![("rules", rules.to_owned()), ("back", back.to_owned()), ("change", String::new())];
        let step = |way| {
            let (own, other) = if way == Way::Forward { (&forward, &back) } else { (&back, &forward) };
            (change.emit)(&Step { old, new, stage, way, values: values(own, other) }, cx)
        };
        let (Some(there), Some(again)) = (step(Way::Forward)?, step(Way::Back)?) else { continue };
        let [there, again] = [(&forward, there), (&back, again)].map(|(name, content)| {
            let written = artifact(new, name, content);
            Artifact { path: format!("change/{}", written.path), ..written }
        });
        stages.push(BalancerStageFiles {
            stage,
            forward: vec![there.path.clone()],
            back: vec![again.path.clone()],
            values: values(&forward, &back),
            artifacts: vec![there, again],
        });
    }
    Ok(BalancerChangeFiles { stages, whole: None })
}

/// The head of a file, as templates see it.
#[derive(Serialize)]
pub(super) struct Head<'a> {
    note: Option<&'static str>,
    organization: &'a str,
    path: &'a str,
    declared: String,
    stage: String,
    what: &'static str,
    when: &'static str,
    back: bool,
    before: Vec<String>,
    way: Vec<String>,
}

impl<'a> Head<'a> {
    pub(super) fn new(step: &Step<'a>, cx: &EmitContext<'a>) -> Self {
        let operations = operations(step.new.dialect, &step.values);
        let back = step.way == Way::Back;
        Self {
            note: cx.note(),
            organization: cx.organization,
            path: &step.new.path,
            declared: step.new.declared.to_string(),
            stage: format!("{}{}", step.stage.word(), if back { "-back" } else { "" }),
            what: step.stage.what(step.way),
            when: step.stage.when(step.way),
            back,
            before: before(&operations),
            way: way(&operations),
        }
    }
}

/// The states of a device in which a step begins and ends, of the four that a change goes through: old, both, both and drained, new.
pub(super) fn ends<S>([old, both, drained, new]: [S; 4], step: &Step<'_>) -> (S, S) {
    let (from, to) = match step.stage {
        BalancerStage::Open => (old, both),
        BalancerStage::Drain => (both, drained),
        BalancerStage::Close => (drained, new),
    };
    if step.way == Way::Forward { (from, to) } else { (to, from) }
}

/// What only the first of two states has.
pub(super) fn only<'s, V>(of: &'s BTreeMap<String, V>, other: &BTreeMap<String, V>) -> Vec<&'s V> {
    of.iter().filter(|(name, _)| !other.contains_key(*name)).map(|(_, object)| object).collect()
}

/// What both states have, with its name.
pub(super) fn both<'s, V>(
    from: &'s BTreeMap<String, V>,
    to: &'s BTreeMap<String, V>,
) -> impl Iterator<Item = (&'s String, &'s V, &'s V)> {
    from.iter().filter_map(|(name, old)| Some((name, old, to.get(name)?)))
}

/// All objects of both; of one that both have, the first.
pub(super) fn union<V: Clone>(first: &BTreeMap<String, V>, second: &BTreeMap<String, V>) -> BTreeMap<String, V> {
    let mut all = second.clone();
    all.extend(first.iter().map(|(name, object)| (name.clone(), object.clone())));
    all
}

/// A setting of two states, where it differs.
pub(super) fn changed<T: PartialEq>(from: T, to: T) -> Option<T> {
    (from != to).then_some(to)
}
