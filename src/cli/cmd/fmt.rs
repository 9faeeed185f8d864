//! `ocstopo fmt`

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;
use similar::{ChangeTag, TextDiff};

use crate::cli::exit::{Exit, Failure};
use crate::cli::load;
use crate::diag::Diag;
use crate::io::{Out, STDIN, file_paths, read_topology, rewrite};
use crate::report::{self, count};
use crate::text::{SourceFile, SourceMap, printable};
use crate::{fmt, syntax};

/// Bring files into the canonical layout; comments stay, and what cannot be read stays as it is
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ocstopo fmt examples/contoso\n  ocstopo fmt --check .\n  ocstopo fmt - < draft.ocstopo")]
pub(in crate::cli) struct Fmt {
    /// Files, folders with all `.ocstopo` files below them, or - from standard input to standard output
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    /// Write nothing; name the files that are not in the canonical layout, and end with 1 if there are any
    #[arg(long)]
    check: bool,

    /// Write nothing; show what would change, and end with 1 if anything would
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
        let (mut changed, mut broken) = (0, 0);
        for (path, source) in &sources {
            for (text, file, diags) in formatted(source) {
                broken += diags.len();
                if !diags.is_empty() {
                    out.say(&report::human(source, &diags, load::style(out.message_canvas())));
                }
                let differs = text != file.text();
                changed += usize::from(differs);
                self.give(out, path, file, &text, differs)?;
            }
        }
        self.summarize(out, sources.len(), changed, broken);
        Ok(Exit::found(broken > 0 || ((self.check || self.diff) && changed > 0)))
    }

    fn give(&self, out: &mut Out, path: &Path, file: &SourceFile, text: &str, differs: bool) -> Result<(), Failure> {
        if self.check && differs && !self.diff {
            out.print(&format!("{}\n", file.name()));
        }
        if self.diff && differs {
            out.print(&diff(file, text, out.output_canvas().color));
        }
        if !self.check && !self.diff {
            if path == Path::new(STDIN) {
                out.print(text);
            } else if differs {
                rewrite(path, text)?;
            }
        }
        Ok(())
    }

    fn summarize(&self, out: &mut Out, files: usize, changed: usize, broken: usize) {
        if broken > 0 {
            out.note(&format!("{}: what could not be read stays as it is\n", count(broken, "error")));
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
        (fmt::format(&parsed.tree), sources.file(id), parsed.diags)
    };
    sources.files().map(format).collect()
}

/// A unified diff for people: unprintable characters are written out.
fn diff(file: &SourceFile, text: &str, color: bool) -> String {
    let diff = TextDiff::from_lines(file.text(), text);
    let mut lines =
        vec![(ChangeTag::Delete, format!("--- {}", file.name())), (ChangeTag::Insert, format!("+++ {}", file.name()))];
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        lines.push((ChangeTag::Equal, hunk.header().to_string()));
        for change in hunk.iter_changes() {
            let line = change.value().strip_suffix('\n').unwrap_or(change.value());
            let line: Vec<_> = line.split('\t').map(printable).collect();
            lines.push((change.tag(), format!("{}{}", change.tag(), line.join("\t"))));
            if change.missing_newline() {
                lines.push((ChangeTag::Equal, "\\ No newline at end of file".to_owned()));
            }
        }
    }
    let paint = |(tag, line): (ChangeTag, String)| match (color, tag) {
        (true, ChangeTag::Delete) => format!("\u{1b}[31m{line}\u{1b}[0m\n"),
        (true, ChangeTag::Insert) => format!("\u{1b}[32m{line}\u{1b}[0m\n"),
        _ => line + "\n",
    };
    lines.into_iter().map(paint).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_for_people() {
        let sources = SourceMap::new(vec![("a.ocstopo".into(), "x=1\r\n\ty = \u{1b}2".into())]);
        let (_, file) = sources.files().next().unwrap();
        insta::assert_snapshot!(diff(file, "x = 1\ny = 2\n", false), @r"
        --- a.ocstopo
        +++ a.ocstopo
        @@ -1,2 +1,2 @@
        -x=1\r
        -	y = \u{1b}2
        \ No newline at end of file
        +x = 1
        +y = 2
        ");
        assert!(diff(file, "x = 1\n", true).contains("\u{1b}[32m+x = 1\u{1b}[0m\n"));
    }
}
