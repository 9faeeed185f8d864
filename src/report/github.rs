//! Annotations on the lines of a pull request: commands of GitHub Actions, one line for each finding.
//!
//! GitHub shows few annotations of one step, so errors are first; the last line counts all.

use std::fmt::Write;

use super::plain::plain_with_places;
use super::rule_info::positions;
use super::{RuleInfo, Tally, count, errors_first};
use crate::diag::{Diag, Severity};
use crate::text::{SourceMap, printable};

/// `::error file=…,line=…,endLine=…,col=…,endColumn=…,title=…::message` for each finding, and the summary.
pub fn github(sources: &SourceMap, diags: &[Diag], rules: &[RuleInfo]) -> String {
    let positions = positions(rules);
    let mut out = String::new();
    for diag in errors_first(diags) {
        let span = diag.primary.span;
        let file = sources.file(span.file);
        let (start, end) = (file.line_column(span.start), file.line_column(span.end));
        let name = positions.get(&diag.code).map_or("", |index| rules[*index].name);
        let title = format!("{} {name}", diag.code);
        let _ = write!(out, "::{} file={},", command(diag.severity), property(file.name()));
        let _ = write!(out, "line={},endLine={},", start.line, end.line);
        // GitHub refuses columns of what is longer than a line.
        if start.line == end.line {
            let _ = write!(out, "col={},endColumn={},", start.column, end.column);
        }
        let _ = writeln!(out, "title={}::{}", property(title.trim_end()), data(&plain_with_places(sources, diag)));
    }
    let _ = writeln!(out, "{} in {}", Tally::of(diags), count(sources.files().count(), "file"));
    out
}

fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

/// A message: no character of it ends the command or begins an escape.
fn data(text: &str) -> String {
    printable(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A").replace("##[", "##%5B")
}

/// A value between `=` and `,`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn hostile_text_stays_within_its_annotation() {
        let (sources, diags) = samples::hostile();
        let text = github(&sources, &diags, &samples::rules());
        assert_eq!(text.lines().count(), diags.len() + 1);
        assert!(!text.contains('\r') && !text.contains('\u{1b}'));
        insta::assert_snapshot!(text);
    }

    #[test]
    fn nothing_found_is_only_the_summary() {
        let (sources, _) = samples::hostile();
        insta::assert_snapshot!(github(&sources, &[], &samples::rules()), @"no findings in 2 files");
    }
}
