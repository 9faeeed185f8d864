//! One line for each finding, as editors and `grep` like them: `file:line:col: error[OCS0401]: message`.

use std::fmt::Write;

use crate::diag::Diag;
use crate::text::{SourceMap, printable};

/// All findings, a line each.
pub fn short(sources: &SourceMap, diags: &[Diag]) -> String {
    let mut out = String::new();
    for diag in diags {
        let place = sources.line_column(diag.primary.span);
        let name = sources.file(diag.primary.span.file).name_in_front();
        let line = format!("{name}:{}:{}: {}[{}]: {}", place.line, place.column, diag.severity.word(), diag.code, diag.message);
        let _ = writeln!(out, "{}", printable(&line).replace('\n', " "));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;
    use crate::text::{FileId, Span};

    #[test]
    fn a_finding_is_one_line() {
        let sources = SourceMap::new(vec![("a.ocstopo".into(), "x\nyy = 1\n".into())]);
        let diag = Diag::error(Code("OCS0101"), "a\nb\u{1b}[2J", Span::new(FileId(0), 3, 4), "");
        insta::assert_snapshot!(short(&sources, &[diag]), @r"a.ocstopo:2:2: error[OCS0101]: a b\u{1b}[2J");
    }
}
