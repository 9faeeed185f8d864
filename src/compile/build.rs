//! The build: all files of a topology without errors, given to a receiver one by one.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Mutex, PoisonError};

use super::inputs::{PartInputs, Since};
use super::{Compiled, Part};
use crate::artifact::manifest::File;
use crate::artifact::{Artifact, Kept, Sink};
use crate::emit::{self, EmitContext, EmitError, Halt, Team, Templates, put};
use crate::plan::renewal::RenewalDates;
use crate::plan::{Lines, Plans, Resolved};

/// What is built.
#[derive(Debug)]
pub struct BuildOptions<'a> {
    /// Only these parts; all when empty.
    pub only: &'a [Part],
    /// The dialects of firewalls and load balancers that each of them is written in, beside its own.
    pub dialects: &'a [&'a str],
    /// The serial number of zones; without one they say that they have none.
    pub serial: Option<u32>,
    /// Whether artifacts name file and line in reasons; the manifest names them in any case.
    pub lines: bool,
    /// The templates, with a user's own.
    pub templates: &'a Templates,
    /// The version that runs, whose way to this one is a part of the build.
    pub since: Option<Since<'a>>,
    /// When certificates are issued; without it there is no calendar of their renewal.
    pub renewal: Option<&'a RenewalDates>,
    /// Only the files of this team, with its steps in full.
    pub team: Option<Team>,
}

/// Why a topology is not built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It has errors; artifacts of it would be wrong.
    Errors,
    /// Values are only proposed.
    Undecided,
    /// The version that runs has errors: what was built from it cannot be known.
    SinceErrors,
}

/// Why there are no artifacts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BuildError {
    /// The topology is not built.
    Refused(Refusal),
    /// A template cannot be rendered.
    Template(EmitError),
}

/// A topology that can be built.
#[derive(Debug)]
pub struct Build<'a> {
    compiled: &'a Compiled,
    resolved: &'a Resolved,
    options: &'a BuildOptions<'a>,
}

impl<'a> Build<'a> {
    /// Whether there is anything against a build.
    pub fn new(compiled: &'a Compiled, options: &'a BuildOptions<'a>) -> Result<Self, Refusal> {
        let Some(resolved) = compiled.resolved.as_ref().filter(|_| !compiled.has_errors()) else { return Err(Refusal::Errors) };
        if compiled.undecided().next().is_some() {
            return Err(Refusal::Undecided);
        }
        if options.since.is_some_and(|since| since.compiled.resolved.is_none() || since.compiled.has_errors()) {
            return Err(Refusal::SinceErrors);
        }
        Ok(Self { compiled, resolved, options })
    }

    /// Gives all files to `sink`, the manifest last. A build of all parts and teams has a README; every build has a manifest.
    pub fn write(&self, sink: &dyn Sink) -> Result<(), Halt> {
        let BuildOptions { since, dialects, team, renewal, only, lines, serial, templates } = *self.options;
        let made = self.resolved.made(lines, serial);
        let plans = self.resolved.plans_in(&made, Lines { sources: &self.compiled.sources, show: lines });
        let organization = &plans.topology.organization;
        let cx = EmitContext { templates, sample: organization.sample, organization: &organization.name };
        let inputs = PartInputs { plans, findings: &self.compiled.diags, since, dialects, team, renewal };
        let listed = Listed { sink, team, files: Mutex::new(Vec::new()) };
        emit_parts(&inputs, only, &cx, &listed)?;
        let mut files = listed.into_files();
        if only.is_empty() && team.is_none() {
            let readme = emit::readme::emit(&files, organization.product.title(), &cx)?;
            files.push(emit::manifest::line(&readme));
            put(sink, readme)?;
        }
        put(sink, emit::manifest::emit(files, organization.product.word(), places(&plans), &cx))
    }
}

/// All artifacts of a topology without errors in memory, sorted by path.
pub fn build(compiled: &Compiled, options: &BuildOptions<'_>) -> Result<Vec<Artifact>, BuildError> {
    let kept = Kept::default();
    match Build::new(compiled, options).map_err(BuildError::Refused)?.write(&kept) {
        Err(Halt::Template(error)) => return Err(BuildError::Template(error)),
        // Memory takes every file, so nothing stops the build.
        Ok(()) | Err(Halt::Stopped) => {}
    }
    let mut artifacts = kept.into_artifacts();
    artifacts.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(artifacts)
}

/// Lists the files that are wanted and gives them on.
struct Listed<'s> {
    sink: &'s dyn Sink,
    /// Whose files are wanted, if only those of one team are.
    team: Option<Team>,
    files: Mutex<Vec<File>>,
}

impl Listed<'_> {
    fn into_files(self) -> Vec<File> {
        self.files.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for Listed<'_> {
    fn take(&self, artifact: Artifact) -> ControlFlow<()> {
        if self.team.is_some_and(|team| artifact.team != team) {
            return ControlFlow::Continue(());
        }
        let line = emit::manifest::line(&artifact);
        self.files.lock().unwrap_or_else(PoisonError::into_inner).push(line);
        self.sink.take(artifact)
    }
}

/// File and line of each declaration, by path.
fn places(plans: &Plans<'_>) -> BTreeMap<String, String> {
    plans.topology.declarations().map(|(path, span)| (path, plans.lines.place(span))).collect()
}

/// The parts that are wanted. The runbook is as much work as all others together, and no part needs another.
fn emit_parts(inputs: &PartInputs<'_>, only: &[Part], cx: &EmitContext<'_>, sink: &dyn Sink) -> Result<(), Halt> {
    let wanted = |part: &Part| only.is_empty() || only.contains(part);
    let (runbook, teams): (Vec<Part>, Vec<Part>) = Part::ALL.into_iter().filter(wanted).partition(|part| *part == Part::RUNBOOK);
    let all = |parts: &[Part]| parts.iter().try_for_each(|part| part.write(inputs, cx, sink));
    let (teams, runbook) = rayon::join(|| all(&teams), || all(&runbook));
    teams.and(runbook)
}
