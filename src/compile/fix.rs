//! `check --fix`: corrections are made and the files compiled again, until nothing is left that has one right answer. What a
//! correction wrote is not corrected again.

use std::collections::BTreeSet;

use super::{CompileOptions, Compiled, compile};
use crate::fix::{Made, apply};
use crate::syntax;
use crate::text::{FileId, SourceMap};

/// More passes than this are not made: corrections that wait for each other longer wait for the next run.
const PASSES: usize = 10;

/// Files with their corrections made.
#[derive(Debug)]
pub struct Fixed {
    /// The topology as it is now, with the findings that are left.
    pub compiled: Compiled,
    /// The files that are not as they were.
    pub changed: BTreeSet<FileId>,
    /// What was done, pass by pass.
    pub made: Vec<Made>,
}

/// A correction left a text that cannot be read: a bug of ocstopo, and nothing of it must reach a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenByFix {
    /// The file.
    pub file: String,
    /// The corrections of the pass in this file: `file:line: title`.
    pub made: Vec<String>,
}

/// Compiles, makes the corrections of all findings, and compiles again.
pub fn fix(sources: SourceMap, options: &CompileOptions) -> Result<Fixed, BrokenByFix> {
    let mut fixed = Fixed { compiled: compile(sources, options), changed: BTreeSet::new(), made: Vec::new() };
    let mut written = Vec::new();
    for _ in 0..PASSES {
        let Some(pass) = apply(&fixed.compiled.sources, &fixed.compiled.diags, &written) else { break };
        for file in &pass.changed {
            if reads(&fixed.compiled.sources, *file) && !reads(&pass.sources, *file) {
                let made = pass.made.iter().filter(|made| made.span.file == *file);
                let made = made.map(|made| format!("{}: {}", made.place, made.title)).collect();
                return Err(BrokenByFix { file: pass.sources.file(*file).name().to_owned(), made });
            }
        }
        fixed.compiled = compile(pass.sources, options);
        fixed.changed.extend(pass.changed);
        fixed.made.extend(pass.made);
        written = pass.written;
    }
    Ok(fixed)
}

/// Whether a file has no error of syntax.
fn reads(sources: &SourceMap, file: FileId) -> bool {
    syntax::parse(file, sources.file(file).shared_text()).diags.is_empty()
}
