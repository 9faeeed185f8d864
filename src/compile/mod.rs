//! The driver: files in, findings and artifacts out. Calls the stages in their order and stops nowhere on a user's mistake.
//! Pure: what it needs of the machine is an argument.

mod change;
mod diagrams;
mod fix;
mod inputs;
mod memo;
mod part;
mod report;
mod runbook;

pub use fix::{BrokenByFix, Fixed, fix};
use inputs::PartInputs;
pub use inputs::Since;
pub use memo::Memo;
pub use part::Part;
pub use runbook::{runbook, runbook_inputs};

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::diag::codes::lowering::UNDECIDED;
use crate::diag::codes::model::{NO_ORGANIZATION, UNKNOWN_REFERENCE};
use crate::diag::{self, Diag, Severity};
use crate::emit::{self, Artifact, EmitContext, EmitError, Team, Templates};
use crate::fix::take_whole;
use crate::lint;
use crate::lower::{self, Date};
use crate::model;
use crate::plan::renewal::RenewalDates;
use crate::plan::{Lines, Plans, Resolved};
use crate::syntax::{self, Parse, SyntaxTree, ast};
use crate::text::{FileId, SourceMap};

/// How a topology is checked.
#[derive(Debug, Clone, Copy)]
pub struct CompileOptions {
    /// The day that waivers are compared with; without it none is too old.
    pub today: Option<Date>,
    /// Whether waivers count; without them every finding shows.
    pub waivers: bool,
}

impl Default for CompileOptions {
    fn default() -> Self {
        Self { today: None, waivers: true }
    }
}

/// The results of all stages; with errors in the topology, of those that could run.
#[derive(Debug)]
pub struct Compiled {
    /// The files.
    pub sources: SourceMap,
    /// Their trees, in the same order.
    pub trees: Vec<SyntaxTree>,
    /// The findings, sorted, without those that only follow from another of them.
    pub diags: Vec<Diag>,
    /// What only follows from one of the findings.
    pub held: Vec<Diag>,
    /// Whether the rules were run: they are not where files have errors, because what is missing in them would be blamed twice.
    pub linted: bool,
    /// The topology with its traffic and plans; `None` without an organization.
    pub resolved: Option<Resolved>,
}

/// Compiles the files of one topology.
pub fn compile(sources: SourceMap, options: &CompileOptions) -> Compiled {
    compile_readable(sources, Vec::new(), options)
}

/// Compiles the files of one topology of which some cannot be read, as the findings say. What those declare is unknown, so what no file
/// declares is no finding.
pub fn compile_readable(sources: SourceMap, unread: Vec<Diag>, options: &CompileOptions) -> Compiled {
    // A file's tree depends on its text alone.
    let files: Vec<_> = sources.files().collect();
    let parsed = files.into_par_iter().map(|(id, file)| syntax::parse(id, file.shared_text())).collect();
    compile_parsed(sources, parsed, unread, options)
}

/// Compiles the files of one topology again: those that are as `memo` knows them are not parsed.
pub fn compile_again(sources: SourceMap, options: &CompileOptions, memo: &mut Memo) -> Compiled {
    let parsed = memo.parse(&sources);
    compile_parsed(sources, parsed, Vec::new(), options)
}

fn compile_parsed(sources: SourceMap, parsed: Vec<Parse>, unread: Vec<Diag>, options: &CompileOptions) -> Compiled {
    let incomplete = !unread.is_empty();
    let mut diags = unread;
    let mut trees = Vec::new();
    for file in parsed {
        diags.extend(file.diags);
        trees.push(file.tree);
    }
    let (decls, found) = lower::lower(&trees);
    diags.extend(found);
    let (topology, found) = model::resolve(decls);
    diags.extend(found);
    let resolved = topology.map(Resolved::new);
    let sound = !diags.iter().any(|diag| diag.severity == Severity::Error);
    if let Some(resolved) = &resolved {
        let options = lint::Options { today: options.today, waivers: options.waivers, whole: sound };
        diags.extend(lint::run(resolved.plans(&sources), options));
    }
    if incomplete {
        diags.retain(|diag| diag.code != UNKNOWN_REFERENCE && diag.code != NO_ORGANIZATION);
    }
    take_whole(&sources, &trees, &mut diags);
    diag::sort(&mut diags);
    diag::bound(&mut diags);
    let (diags, held) = diag::hold_back(diags);
    Compiled { sources, trees, diags, held, linted: sound, resolved }
}

/// Whether a text declares an organization, of which a topology has one.
pub fn has_organization(text: &str) -> bool {
    // Most files can be told by their text alone.
    text.contains("organization") && {
        let parsed = syntax::parse(FileId(0), text.into());
        ast::items(&parsed.tree)
            .any(|item| matches!(item, ast::Item::Block(block) if block.kind().is_some_and(|kind| kind.text == "organization")))
    }
}

/// Compiles two versions of a topology, side by side.
pub fn compile_both(old: SourceMap, new: SourceMap, options: &CompileOptions) -> (Compiled, Compiled) {
    rayon::join(|| compile(old, options), || compile(new, options))
}

impl Compiled {
    /// The topology with its plans, as rules and questions read them; `None` without an organization.
    pub fn plans(&self) -> Option<Plans<'_>> {
        self.resolved.as_ref().map(|resolved| resolved.plans(&self.sources))
    }

    /// Whether there are errors: artifacts and answers would be wrong.
    pub fn has_errors(&self) -> bool {
        self.diags.iter().any(|diag| diag.severity == Severity::Error)
    }

    /// The values that are proposed and not decided, as a finding for each block at the top.
    pub fn undecided(&self) -> impl Iterator<Item = &Diag> {
        self.diags.iter().filter(|diag| diag.code == UNDECIDED)
    }

    /// Changes findings, such as their severity, and finds anew what only follows from others: what follows from an ignored
    /// finding shows.
    pub fn regrade(&mut self, grade: impl FnOnce(&mut Vec<Diag>)) {
        self.diags.append(&mut self.held);
        grade(&mut self.diags);
        diag::sort(&mut self.diags);
        (self.diags, self.held) = diag::hold_back(std::mem::take(&mut self.diags));
    }
}

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

/// Why there are no artifacts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BuildError {
    /// The topology has errors; artifacts of it would be wrong.
    Refused,
    /// Values are only proposed.
    Undecided,
    /// The version that runs has errors: what was built from it cannot be known.
    SinceRefused,
    /// A template cannot be rendered.
    Template(EmitError),
}

impl From<EmitError> for BuildError {
    fn from(error: EmitError) -> Self {
        BuildError::Template(error)
    }
}

/// All artifacts of a topology without errors, sorted by path. A build of all parts and teams has a README; every build has a
/// manifest.
pub fn build(compiled: &Compiled, options: &BuildOptions<'_>) -> Result<Vec<Artifact>, BuildError> {
    let Some(resolved) = compiled.resolved.as_ref().filter(|_| !compiled.has_errors()) else { return Err(BuildError::Refused) };
    if compiled.undecided().next().is_some() {
        return Err(BuildError::Undecided);
    }
    if options.since.is_some_and(|since| since.compiled.resolved.is_none() || since.compiled.has_errors()) {
        return Err(BuildError::SinceRefused);
    }
    let made = resolved.made(options.lines, options.serial);
    let plans = resolved.plans_in(&made, Lines { sources: &compiled.sources, show: options.lines });
    let organization = &plans.topology.organization;
    let cx = EmitContext { templates: options.templates, sample: organization.sample, organization: &organization.name };
    let BuildOptions { since, dialects, team, renewal, .. } = *options;
    let inputs = PartInputs { plans, findings: &compiled.diags, since, dialects, team, renewal };
    let mut artifacts = emitted(&inputs, options.only, &cx)?;
    artifacts.retain(|artifact| team.is_none_or(|team| artifact.team == team));
    if options.only.is_empty() && team.is_none() {
        artifacts.push(emit::readme::emit(&artifacts, organization.product.title(), &cx)?);
    }
    artifacts.push(emit::manifest::emit(&artifacts, organization.product.word(), places(&plans), &cx));
    artifacts.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(artifacts)
}

/// File and line of each declaration, by path.
fn places(plans: &Plans<'_>) -> BTreeMap<String, String> {
    plans.topology.declarations().map(|(path, span)| (path, plans.lines.place(span))).collect()
}

/// The artifacts of the parts that are wanted. The runbook is as much work as all others together, and no part needs another.
fn emitted(inputs: &PartInputs<'_>, only: &[Part], cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    let wanted = |part: &Part| only.is_empty() || only.contains(part);
    let emit = |part: &Part| (part.emit)(inputs, cx);
    let (runbook, teams): (Vec<Part>, Vec<Part>) = Part::ALL.into_iter().filter(wanted).partition(|part| *part == Part::RUNBOOK);
    let all = |parts: &[Part]| parts.iter().map(emit).collect::<Result<Vec<_>, _>>();
    let (teams, runbook) = rayon::join(|| all(&teams), || all(&runbook));
    Ok(teams?.into_iter().chain(runbook?).flatten().collect())
}
