//! From one version of a firewall to the next, on the device that runs the first: files with the differences, for each step and
//! for the way back.
//!
//! A change has two steps. `open` adds what the new version permits to what the earlier one does; `close` takes away what only the
//! earlier one permits, when nothing needs it any more. A step that does nothing has no files. Each file is the difference of two
//! whole rule sets as a device holds them, read from their texts: so it is right for a user's templates too.

mod cisco;
mod fortios;
mod iptables;
mod nftables;
mod panos;
mod srx;
mod statements;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::super::names::lines;
use super::super::operations::{before, way};
use super::super::{Artifact, EmitContext, EmitError};
use super::draft::Draft;
use super::{DIALECTS, Dialect, artifact, device_values, find};
use crate::plan::device::{Values, operations};
use crate::plan::firewall::{Between, FirewallPlan, between};

pub(super) use cisco::{asa, ios};
pub(super) use fortios::delta as fortigate;
pub(super) use iptables::delta as linux;
pub(super) use nftables::delta as nft;
pub(super) use panos::delta as palo_alto;
pub(super) use srx::delta as juniper_srx;

/// The files of a change of one firewall.
#[derive(Debug, Default)]
pub struct FirewallChangeFiles {
    /// What is loaded before the change.
    pub open: Option<StageFiles>,
    /// What is loaded after it.
    pub close: Option<StageFiles>,
    /// The same in the dialects of `also`, for which nothing is said of the way.
    pub beside: Vec<Artifact>,
    /// Why there are no files although the versions differ: the whole files have to be used.
    pub refused: Option<String>,
}

/// The files of one step.
#[derive(Debug)]
pub struct StageFiles {
    /// All of them.
    pub artifacts: Vec<Artifact>,
    /// The paths of what is loaded, the main file first.
    pub forward: Vec<String>,
    /// The paths of the way back, likewise.
    pub back: Vec<String>,
    /// What the catalogue's operations call the files and what is the firewall's own.
    pub values: Values,
}

/// How a device goes from one state to another: the main file, and one that is loaded when all checks passed.
#[derive(Debug, Default)]
pub(super) struct Delta {
    pub(super) main: Vec<Part>,
    pub(super) after: Vec<Part>,
}

/// Statements with what they are for.
#[derive(Debug)]
pub(super) struct Part {
    /// In lines of a comment.
    pub(super) about: Vec<String>,
    /// As the device reads them; they come from texts that are escaped already.
    pub(super) lines: Vec<String>,
}

impl Part {
    /// A part; none where there is nothing to say.
    pub(super) fn new(about: &str, lines: Vec<String>) -> Option<Self> {
        (!lines.is_empty()).then(|| Self { about: self::lines(about, WIDTH), lines })
    }
}

/// The template of each language.
const TEMPLATE: &str = "change";

/// How wide a comment is.
const WIDTH: usize = 118;

/// The differences of two states in a dialect, or why it cannot say them.
pub(super) type DeltaFn = fn(&State, &State) -> Result<Delta, String>;

/// What a device holds.
pub(super) struct State {
    /// The file of the rules.
    pub(super) rules: String,
    /// The file that takes them away, where there is one.
    pub(super) remove: String,
    /// What interfaces or zones are called, by the paths of their networks.
    pub(super) sides: BTreeMap<String, String>,
}

impl State {
    fn new(plan: &FirewallPlan, dialect: &Dialect, cx: &EmitContext<'_>) -> Result<Self, EmitError> {
        let draft = Draft::new(plan, dialect.matched, dialect.word)?;
        let written = (dialect.emit)(&draft, cx)?;
        let sides = draft.sides.iter().map(|side| (side.path.to_owned(), side.name.clone())).collect();
        Ok(Self { rules: written.rules, remove: written.remove.unwrap_or_default(), sides })
    }
}

/// Which of the three states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    Old,
    Both,
    New,
}

impl Which {
    fn text(self) -> &'static str {
        match self {
            Which::Old => "the rules of the version before",
            Which::Both => "the rules of the version before together with the new ones",
            Which::New => "the new rules",
        }
    }
}

/// One of the two steps.
struct Stage<'s> {
    /// `open` or `close`.
    word: &'static str,
    from: (Which, &'s State),
    to: (Which, &'s State),
    /// The step that comes after it.
    next: Option<&'static str>,
}

/// The files that lead a firewall from one version to the next, in its dialect and in those of `also`. Both versions speak the
/// same dialect.
pub fn change(
    old: &FirewallPlan,
    new: &FirewallPlan,
    also: &[&str],
    cx: &EmitContext<'_>,
) -> Result<FirewallChangeFiles, EmitError> {
    let mut files = FirewallChangeFiles::default();
    if let Some(dialect) = find(new.dialect) {
        files = changed(old, new, dialect, cx)?;
    }
    for dialect in DIALECTS.iter().filter(|dialect| dialect.word != new.dialect && also.contains(&dialect.word)) {
        let stages = changed(old, new, dialect, cx)?;
        files.beside.extend([stages.open, stages.close].into_iter().flatten().flat_map(|stage| stage.artifacts));
    }
    Ok(files)
}

fn changed(
    old: &FirewallPlan,
    new: &FirewallPlan,
    dialect: &Dialect,
    cx: &EmitContext<'_>,
) -> Result<FirewallChangeFiles, EmitError> {
    let Between { both, opens, closes } = between(old, new, dialect.ways);
    // What is called otherwise is made anew, whatever it permits.
    let opens = opens || (dialect.own)(old) != (dialect.own)(new);
    let mut files = FirewallChangeFiles::default();
    if !opens && !closes {
        return Ok(files);
    }
    let first = State::new(old, dialect, cx)?;
    let last = State::new(new, dialect, cx)?;
    // What is permitted in between may be what one version permits already.
    let middle = if opens && closes { Some(State::new(&both, dialect, cx)?) } else { None };
    let (first, last) = ((Which::Old, &first), (Which::New, &last));
    let middle = middle.as_ref().map(|state| (Which::Both, state));
    let stages = match middle {
        Some(middle) => [Some(("open", first, middle, Some("close"))), Some(("close", middle, last, None))],
        None if opens => [Some(("open", first, last, None)), None],
        None => [None, Some(("close", first, last, None))],
    };
    let mut written = [None, None];
    for (file, stage) in written.iter_mut().zip(stages) {
        let Some((word, from, to, next)) = stage else { continue };
        if let Some(problem) = dialect.ways.then(|| misnamed(from.1, to.1)).flatten() {
            return Ok(FirewallChangeFiles { refused: Some(problem), ..Default::default() });
        }
        match (Stage { word, from, to, next }).files(new, dialect, cx)? {
            Ok(stage) => *file = stage,
            Err(problem) => return Ok(FirewallChangeFiles { refused: Some(problem), ..Default::default() }),
        }
    }
    [files.open, files.close] = written;
    Ok(files)
}

/// Two networks of the same name have longer names while both are there, by which the device knows none of its zones.
fn misnamed(from: &State, to: &State) -> Option<String> {
    let other = |(path, name): &(&String, &String)| to.sides.get(*path).is_some_and(|now| now != *name);
    from.sides.iter().find(other).map(|(path, _)| format!("`{path}` has another name on the device in the new version"))
}

#[derive(Serialize)]
struct View<'a> {
    note: Option<&'static str>,
    organization: &'a str,
    path: &'a str,
    title: String,
    about: Vec<String>,
    before: Vec<String>,
    way: Vec<String>,
}

impl Stage<'_> {
    /// The files of a step; none where a device that speaks this dialect holds the same before and after it.
    fn files(
        &self,
        plan: &FirewallPlan,
        dialect: &Dialect,
        cx: &EmitContext<'_>,
    ) -> Result<Result<Option<StageFiles>, String>, EmitError> {
        let deltas =
            (dialect.change)(self.from.1, self.to.1).and_then(|there| Ok((there, (dialect.change)(self.to.1, self.from.1)?)));
        let (there, back) = match deltas {
            Ok(deltas) => deltas,
            Err(problem) => return Ok(Err(problem)),
        };
        if there.main.is_empty() && there.after.is_empty() {
            return Ok(Ok(None));
        }
        let mut stage = StageFiles {
            artifacts: Vec::new(),
            forward: Vec::new(),
            back: Vec::new(),
            values: self.values(plan, dialect, true, &there),
        };
        for (delta, forward) in [(&there, true), (&back, false)] {
            for (after, parts) in [(false, &delta.main), (true, &delta.after)].into_iter().filter(|(_, parts)| !parts.is_empty())
            {
                let view = self.view(plan, dialect, cx, (forward, after, delta));
                let path = format!("change/network/firewall/{}/{}", plan.label, self.file(dialect, forward, after));
                let head = cx.templates.render(dialect.language, TEMPLATE, &view)?;
                let content = head + &body(parts, dialect);
                stage.artifacts.push(artifact(plan, path.clone(), content));
                if forward { &mut stage.forward } else { &mut stage.back }.push(path);
            }
        }
        Ok(Ok(Some(stage)))
    }

    /// `open.nft`, `close-back-remove.asa`.
    fn file(&self, dialect: &Dialect, forward: bool, after: bool) -> String {
        let form = dialect.file.rsplit('.').next().unwrap_or_default();
        let (back, remove) = (if forward { "" } else { "-back" }, if after { "-remove" } else { "" });
        format!("{}{back}{remove}.{form}", self.word)
    }

    /// What the catalogue's operations call the files of one direction.
    fn values(&self, plan: &FirewallPlan, dialect: &Dialect, forward: bool, delta: &Delta) -> Values {
        let kept = |name: &str| matches!(name, "own" | "nats");
        let mut values: Values = device_values(plan, dialect.word).into_iter().filter(|(name, _)| kept(name)).collect();
        values.push(("change", String::new()));
        values.push(("rules", self.file(dialect, forward, delta.main.is_empty())));
        values.push(("back", self.file(dialect, !forward, delta.main.is_empty())));
        if !delta.after.is_empty() {
            values.push(("remove", self.file(dialect, forward, true)));
        }
        values
    }

    fn view<'a>(
        &self,
        plan: &'a FirewallPlan,
        dialect: &Dialect,
        cx: &EmitContext<'a>,
        (forward, after, delta): (bool, bool, &Delta),
    ) -> View<'a> {
        let (from, to) = if forward { (self.from.0, self.to.0) } else { (self.to.0, self.from.0) };
        let operations = operations(dialect.word, &self.values(plan, dialect, forward, delta));
        let file = |forward, after| self.file(dialect, forward, after);
        let mut about = Vec::new();
        let mut say = |text: String| about.extend(lines(&text, WIDTH));
        if after {
            say(format!(
                "Load it when {} was loaded and all checks passed: it removes what only {} need.",
                file(forward, false),
                from.text()
            ));
        } else {
            say(format!(
                "LOAD IT ONLY where {} run: it has the differences and nothing else. Where anything else runs, load the whole {} of \
                 its build.",
                from.text(),
                dialect.file
            ));
            match (forward, self.next) {
                (false, _) => say(format!("It undoes {}.", file(true, false))),
                (true, Some(next)) => say(format!(
                    "NEXT: what the change runbook says of servers, names and certificates, then {}.",
                    file(true, false).replacen(self.word, next, 1)
                )),
                (true, None) => say(format!("NEXT: nothing here. The firewall then runs {} of this build.", dialect.file)),
            }
        }
        View {
            note: cx.note(),
            organization: cx.organization,
            path: &plan.path,
            title: format!("from {} to {}", from.text(), to.text()),
            about,
            before: if after { Vec::new() } else { before(&operations) },
            way: if after { Vec::new() } else { way(&operations) },
        }
    }
}

/// Statements, and above them in comments what they are for. They are no values of a template: what renders them has escaped them.
fn body(parts: &[Part], dialect: &Dialect) -> String {
    let mark = if dialect.language.word() == "cisco" { "!" } else { "#" };
    let mut text = String::new();
    for part in parts {
        let about = part.about.iter().map(|line| format!("{mark} {line}\n"));
        text.extend(std::iter::once(format!("{mark}\n")).chain(about));
        text.extend(part.lines.iter().flat_map(|line| [line.as_str(), "\n"]));
    }
    text
}

/// The texts of `from` that are not in `to`.
pub(super) fn only<'t>(from: &[&'t str], to: &[&'t str]) -> Vec<&'t str> {
    let to: BTreeSet<&str> = to.iter().copied().collect();
    from.iter().copied().filter(|text| !to.contains(text)).collect()
}
