//! Canonical layout as edits of lines, so that a cursor stays where it is.

use super::Snapshot;
use crate::diag::Edit;
use crate::fmt;
use crate::syntax;
use crate::text::{Change, Difference, FileId, SourceFile, Span};

/// The edits that give a file its canonical layout, in lines `first` to `last` counted from 0 or in all; none for a file with a
/// mistake of syntax.
pub fn format(snapshot: &Snapshot, file: FileId, lines: Option<(usize, usize)>) -> Vec<Edit> {
    let source = snapshot.compiled.sources.file(file);
    let formatted = fmt::format(&syntax::parse(file, source.shared_text()));
    let mut edits = changed_lines(source, file, &formatted);
    if let Some((first, last)) = lines {
        edits.retain(|edit| {
            let (start, end) = (source.line_of(edit.span.start), source.line_of(edit.span.end));
            start <= last && end.max(start + 1) > first
        });
    }
    edits
}

/// The edits of whole lines that make another text of a file.
pub(super) fn changed_lines(source: &SourceFile, file: FileId, text: &str) -> Vec<Edit> {
    if text == source.text() {
        return Vec::new();
    }
    let difference = Difference::new(source.text(), text);
    let start = |line: usize| if line < difference.old.len() { source.line_range(line).start } else { source.text().len() };
    let edit = |change: &Change| {
        let span = Span::new(file, start(change.old.start) as u32, start(change.old.end) as u32);
        Edit { span, text: difference.new[change.new.clone()].concat() }
    };
    difference.changes.iter().map(edit).collect()
}
