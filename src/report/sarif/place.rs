//! Places as SARIF writes them: URIs with `/`, lines and columns from 1, columns in UTF-16 units.

use std::fmt::Write;

use serde_sarif::sarif::{ArtifactLocation, PhysicalLocation, Region};

use crate::text::{SourceFile, SourceMap, Span};

pub(super) fn physical(sources: &SourceMap, span: Span) -> PhysicalLocation {
    let file = sources.file(span.file);
    PhysicalLocation::builder().artifact_location(artifact(file)).region(region(sources, span)).build()
}

pub(super) fn artifact(file: &SourceFile) -> ArtifactLocation {
    ArtifactLocation::builder().uri(uri(file.name())).build()
}

pub(super) fn region(sources: &SourceMap, span: Span) -> Region {
    let file = sources.file(span.file);
    let ((start_line, start_column), (end_line, end_column)) = (point(file, span.start), point(file, span.end));
    Region::builder().start_line(start_line).start_column(start_column).end_line(end_line).end_column(end_column).build()
}

fn point(file: &SourceFile, offset: u32) -> (i64, i64) {
    let line = file.line_of(offset);
    let start = file.line_range(line).start.max(file.mark_length());
    let before = file.text().get(start..offset as usize).unwrap_or_default();
    (line as i64 + 1, before.encode_utf16().count() as i64 + 1)
}

/// A name as a reference relative to the working folder; one that begins with `/` names its place on this machine.
fn uri(name: &str) -> String {
    let mut uri = String::from(if name.starts_with('/') { "file://" } else { "" });
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(byte.into()),
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::FileId;

    #[test]
    fn columns_count_utf16_units() {
        let sources = SourceMap::new(vec![("a".into(), "\u{feff}𝄞ä = 1\r\nx".into())]);
        let region = |start, end| {
            let region = super::region(&sources, Span::new(FileId(0), start, end));
            (region.start_line, region.start_column, region.end_line, region.end_column)
        };
        assert_eq!(region(0, 7), (Some(1), Some(1), Some(1), Some(3)));
        assert_eq!(region(7, 9), (Some(1), Some(3), Some(1), Some(4)));
        assert_eq!(region(12, 16), (Some(1), Some(7), Some(2), Some(2)));
    }

    #[test]
    fn names_become_references() {
        assert_eq!(uri("site/a b:ü%.ocstopo"), "site/a%20b%3A%C3%BC%25.ocstopo");
        assert_eq!(uri("../a.ocstopo"), "../a.ocstopo");
        assert_eq!(uri("/srv/a#1"), "file:///srv/a%231");
    }
}
