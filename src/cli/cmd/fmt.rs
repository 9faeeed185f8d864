//! `ocstopo fmt`

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::exit::{Exit, Failure};
use crate::cli::load;
use crate::diag::Diag;
use crate::io::{FileError, Out, STDIN, file_paths, read_topology, rewrite};
use crate::report::{self, count};
use crate::text::{SourceFile, SourceMap};
use crate::{fmt, syntax};

/// Format files in the canonical layout; comments are kept, and a file with a syntax error is not changed
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ocstopo fmt examples/contoso\n  ocstopo fmt --check .\n  ocstopo fmt - < draft.ocstopo")]
pub(in crate::cli) struct Fmt {
    /// Files, folders with all `.ocstopo` files below them, or - from standard input to standard output
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    /// Write nothing; list the files that are not in the canonical layout, and exit with 1 if there are any
    #[arg(long)]
    check: bool,

    /// Write nothing; show the changes, and exit with 1 if there are any
    #[arg(long)]
    diff: bool,

    /// The name that messages show for standard input
    #[arg(long, value_name = "NAME", default_value = "stdin")]
    stdin_filename: String,
}

impl Fmt {
    pub(in crate::cli) fn run(self, out: &mut Out) -> Result<Exit, Failure> {
        let stdin = Path::new(STDIN);
        if self.paths.len() > 1 && self.paths.iter().any(|path| path == stdin) {
            return Err("standard input (-) cannot be formatted together with files".to_owned().into());
        }
        let mut paths = BTreeSet::new();
        for path in &self.paths {
            paths.extend(file_paths(path)?);
        }
        // Everything is read before anything is written, so that a file that cannot be read changes none.
        let mut sources = Vec::new();
        let mut problems = Vec::new();
        for path in paths {
            match read_topology(&path, &self.stdin_filename) {
                Ok(source) => sources.push((path, source)),
                Err(errors) => problems.extend(errors.iter().map(ToString::to_string)),
            }
        }
        if !problems.is_empty() {
            return Err(Failure { problems });
        }
        let (mut changed, mut broken, mut left) = (0, 0, 0);
        for (path, source) in &sources {
            for (text, file, diags) in formatted(source) {
                broken += diags.len();
                if !diags.is_empty() {
                    left += 1;
                    out.say(&report::human(source, &diags, load::style(out.message_canvas())));
                }
                let differs = text != file.text();
                changed += usize::from(differs);
                if let Err(error) = self.give(out, path, file, &text, differs) {
                    problems.push(error.to_string());
                }
            }
        }
        changed -= problems.len();
        self.summarize(out, sources.len(), changed, (broken, left));
        if !problems.is_empty() {
            return Err(Failure { problems });
        }
        Ok(Exit::found(broken > 0 || ((self.check || self.diff) && changed > 0)))
    }

    fn give(&self, out: &mut Out, path: &Path, file: &SourceFile, text: &str, differs: bool) -> Result<(), FileError> {
        if self.check && differs && !self.diff {
            out.print(&format!("{}\n", file.name_in_front()));
        }
        if self.diff && differs {
            out.print(&report::diff(file, text, out.output_canvas().color));
        }
        if !self.check && !self.diff {
            if path == Path::new(STDIN) {
                out.print_raw(text);
            } else if differs {
                rewrite(path, file.text(), text)?;
            }
        }
        Ok(())
    }

    fn summarize(&self, out: &mut Out, files: usize, changed: usize, (broken, left): (usize, usize)) {
        if broken > 0 {
            let stay = if left == 1 { "is not changed" } else { "are not changed" };
            out.note(&format!("{}: {} {stay}\n", count(broken, "error"), count(left, "file")));
        }
        if self.paths.iter().all(|path| path != Path::new(STDIN)) {
            let word = if self.check || self.diff { "would change" } else { "changed" };
            out.note(&format!("{} {word}, {} unchanged\n", count(changed, "file"), files - changed));
        }
    }
}

/// The canonical text of each file, with its syntax errors.
fn formatted(sources: &SourceMap) -> Vec<(String, &SourceFile, Vec<Diag>)> {
    let format = |(id, file): (_, &SourceFile)| {
        let parsed = syntax::parse(id, file.shared_text());
        (fmt::format(&parsed), sources.file(id), parsed.diags)
    };
    sources.files().map(format).collect()
}
