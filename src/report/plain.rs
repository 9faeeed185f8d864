//! A finding in plain lines without a picture of the source, for formats that bring their own.

use crate::diag::Diag;
use crate::text::{SourceMap, printable};

/// The message, then a line each for the label, the help and the source.
pub(super) fn plain(diag: &Diag) -> String {
    let mut lines = vec![diag.message.clone()];
    lines.extend(Some(diag.primary.text.clone()).filter(|label| !label.is_empty()));
    lines.extend(diag.help.as_ref().map(|help| format!("help: {help}")));
    lines.extend(diag.source.as_ref().map(|source| format!("source: {source}")));
    printable(&lines.join("\n")).into_owned()
}

/// The same, and the other places.
pub(super) fn plain_with_places(sources: &SourceMap, diag: &Diag) -> String {
    let mut text = plain(diag);
    for label in &diag.related {
        let place = sources.line_column(label.span);
        let name = sources.file(label.span.file).name();
        let line = format!("\nrelated: {name}:{}:{}: {}", place.line, place.column, label.text);
        text += printable(line.trim_end_matches(": ")).as_ref();
    }
    text
}
