//! Waivers and assertions: a reviewer sees every one that came, went or changed.

use std::collections::BTreeMap;

use serde::Serialize;

use super::moved::Moves;
use super::pairs::pairs;
use super::{State, Version};
use crate::diag::Severity;
use crate::lower::{Assertion, AssertionKind, Date, PortSpec, Waiver};
use crate::plan::Plans;

/// What is with a waiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WaiverState {
    /// It is new.
    Added,
    /// It holds longer than before.
    Prolonged,
    /// It ends earlier than before.
    Shortened,
    /// Its reason or ticket differs.
    Changed,
    /// It is gone.
    Removed,
    /// Its last day is past. It is listed as long as it is written, and is no difference.
    Expired,
}

/// A waiver that a reviewer must see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WaiverChange {
    /// What is with it.
    pub state: WaiverState,
    /// The code or name of the rule, as written.
    pub rule: String,
    /// The block that it is in; absent at the top of a file.
    pub within: Option<String>,
    /// Why the finding is accepted, as the newest version says.
    pub reason: Option<String>,
    /// Where it was decided.
    pub ticket: Option<String>,
    /// Its last day before; absent where it had no end.
    pub old_until: Option<String>,
    /// Its last day after.
    pub new_until: Option<String>,
    /// `file:line`, in the old version where it is removed.
    pub place: Option<String>,
}

/// An assertion that came or went, or holds in one version only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AssertionChange {
    /// The line.
    pub assertion: String,
    /// Whether it came or went.
    pub state: State,
    /// Whether it held; absent where it was not there, or could not be said.
    pub held: Option<bool>,
    /// Whether it holds.
    pub holds: Option<bool>,
    /// `file:line`, in the old version where it is removed.
    pub place: Option<String>,
}

pub(super) fn waivers(old: Plans<'_>, new: Plans<'_>, moved: &Moves, today: Option<Date>) -> Vec<WaiverChange> {
    let all = pairs(collected(old, Some(moved)), collected(new, None));
    let mut changes: Vec<WaiverChange> = all
        .into_values()
        .filter_map(|(before, after)| {
            let until = |waiver: &Option<Waiver<'_>>| {
                waiver.as_ref().and_then(|waiver| waiver.decl.date("until")).map(|until| until.value)
            };
            let text = |waiver: &Option<Waiver<'_>>, name| {
                waiver.as_ref().and_then(|waiver| waiver.decl.text(name)).map(|text| text.value.to_owned())
            };
            // Without a last day it holds for ever.
            let end = |waiver| until(waiver).map_or((1, None), |day| (0, Some(day)));
            let texts = |waiver| (text(waiver, "reason"), text(waiver, "ticket"));
            let state = match (&before, &after) {
                (None, Some(_)) => WaiverState::Added,
                (Some(_), None) => WaiverState::Removed,
                _ if end(&after) > end(&before) => WaiverState::Prolonged,
                _ if end(&after) < end(&before) => WaiverState::Shortened,
                _ if texts(&before) != texts(&after) => WaiverState::Changed,
                _ if until(&after).zip(today).is_some_and(|(until, today)| until < today) => WaiverState::Expired,
                _ => return None,
            };
            let (shown, plans) = match &after {
                Some(waiver) => (waiver, new),
                None => (before.as_ref()?, old),
            };
            let side = if after.is_some() { &after } else { &before };
            Some(WaiverChange {
                state,
                rule: shown.decl.name.clone(),
                within: shown.within.clone(),
                reason: text(side, "reason"),
                ticket: text(side, "ticket"),
                old_until: until(&before).map(|day| day.to_string()),
                new_until: until(&after).map(|day| day.to_string()),
                place: Some(plans.lines.place(shown.decl.name_span)),
            })
        })
        .collect();
    changes.sort_by(|a, b| (a.state, &a.rule, &a.within).cmp(&(b.state, &b.rule, &b.within)));
    changes
}

/// The waivers of a version by the block that they are in, their rule and how many of it came before.
fn collected<'p>(plans: Plans<'p>, moved: Option<&Moves>) -> Vec<((String, String, usize), Waiver<'p>)> {
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    let keyed = plans.topology.decls.waivers().into_iter().map(|waiver| {
        let within = waiver.within.as_deref();
        let path = within.map(|path| moved.map_or_else(|| path.to_owned(), |moved| moved.path(path).into_owned()));
        let key = (path.unwrap_or_default(), waiver.decl.name.clone());
        let count = counts.entry(key.clone()).or_default();
        *count += 1;
        ((key.0, key.1, *count), waiver)
    });
    keyed.collect()
}

/// An assertion does not hold when an error is within its line.
pub(super) fn assertions(old: Version<'_>, new: Version<'_>) -> Vec<AssertionChange> {
    let all = |version: Version<'_>| -> BTreeMap<String, (Option<bool>, Option<String>)> {
        let blocks = version.plans.topology.decls.blocks("assert");
        let lines = blocks.flat_map(|block| &block.assertions);
        let errors = version.findings.iter().filter(|diag| diag.severity == Severity::Error);
        let places: Vec<_> = errors.map(|diag| diag.primary.span).collect();
        let holds = |assertion: &Assertion| {
            let span = assertion.span;
            !places.iter().any(|place| place.file == span.file && span.start <= place.start && place.end <= span.end)
        };
        let known = |assertion: &Assertion| version.whole.then(|| holds(assertion));
        lines.map(|line| (text(line), (known(line), Some(version.plans.lines.place(line.span))))).collect()
    };
    let differ = pairs(all(old), all(new)).into_iter().filter_map(|(assertion, (old, new))| {
        let truth = |side: &Option<(Option<bool>, Option<String>)>| side.as_ref().and_then(|(holds, _)| *holds);
        let (held, holds) = (truth(&old), truth(&new));
        let state = State::of(&old, &new);
        let place = new.or(old).and_then(|(_, place)| place);
        (state != State::Changed || held != holds).then_some(AssertionChange { assertion, state, held, holds, place })
    });
    differ.collect()
}

fn text(assertion: &Assertion) -> String {
    let word = match assertion.kind {
        AssertionKind::Never => "never",
        AssertionKind::Allow => "allow",
    };
    let ports = |on: &PortSpec| match on.first == on.last {
        true => format!(" on {}/{}", on.transport, on.first),
        false => format!(" on {}/{}-{}", on.transport, on.first, on.last),
    };
    let on = assertion.on.as_ref().map(|on| ports(&on.value)).unwrap_or_default();
    format!("{word} {} -> {}{on}", assertion.from.value.join("."), assertion.to.value.join("."))
}
