//! The driver: files in, findings and artifacts out. Calls the stages in their order and stops nowhere on a user's mistake.
//! Pure: what it needs of the machine is an argument.

mod beside;
mod build;
mod change;
mod diagrams;
mod fix;
mod inputs;
mod memo;
mod part;
mod report;
mod runbook;

pub use build::{Build, BuildError, BuildOptions, Refusal, build};
pub use fix::{BrokenByFix, Fixed, fix};
pub use inputs::Since;
pub use memo::Memo;
pub use part::Part;
pub use runbook::{runbook, runbook_inputs};

use crate::diag::codes::lowering::UNDECIDED;
use crate::diag::codes::model::{NO_ORGANIZATION, UNKNOWN_REFERENCE};
use crate::diag::{self, Diag, Severity};
use crate::fix::take_whole;
use crate::lint;
use crate::lower::{self, Date};
use crate::model;
use crate::plan::{Plans, Resolved};
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
    let parsed = beside::parsed(&sources, |_, id, file| syntax::parse(id, file.shared_text()));
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
    let sound = !diags.iter().any(|diag| diag.severity == Severity::Error);
    let side_by_side = beside::is_worth_threads(&sources);
    let resolved = topology.map(|topology| match sound && side_by_side {
        true => beside::resolved(topology, &sources),
        false => Resolved::new(topology),
    });
    if let Some(resolved) = &resolved {
        let options = lint::Options { today: options.today, waivers: options.waivers, whole: sound, side_by_side };
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
