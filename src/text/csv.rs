//! Tables for people and spreadsheets: RFC 4180, and no cell that a spreadsheet would run.

use std::borrow::Cow;

use super::one_line;

/// A table; with `note`, a first line before the header holds it after a `#`.
pub fn write<R, C>(note: Option<&str>, header: &[&str], rows: impl IntoIterator<Item = R>) -> String
where
    R: IntoIterator<Item = C>,
    C: AsRef<str>,
{
    let start = note.map(|note| format!("# {}\n", one_line(note))).unwrap_or_default();
    let mut writer = ::csv::WriterBuilder::new().flexible(true).from_writer(start.into_bytes());
    let mut written = writer.write_record(header).is_ok();
    for row in rows {
        let mut cells = 0;
        for cell in row {
            written &= writer.write_field(&*guarded(cell.as_ref())).is_ok();
            cells += 1;
        }
        written &= cells == header.len() && writer.write_record(None::<&[u8]>).is_ok();
    }
    debug_assert!(written, "memory takes every byte, and each row fills the header");
    // Text went in and memory cannot fail, so text comes out.
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// A spreadsheet runs a cell that begins like a formula; an apostrophe makes it text. A cell never breaks its line.
fn guarded(cell: &str) -> Cow<'_, str> {
    let text = one_line(cell);
    let runs = cell.starts_with(['\t', '\r', '\n']) || text.trim_start().starts_with(['=', '+', '-', '@']);
    if runs { Cow::Owned(format!("'{text}")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_never_run() {
        let rows = [["a,b", "say \"x\""], ["=1+1", "@cmd"], ["-2", "+3"], ["\tx", "two\nlines"], [" =1", "10.0.0.1"]];
        insta::assert_snapshot!(write(Some("SAMPLE"), &["left", "right"], rows), @r#"
        # SAMPLE
        left,right
        "a,b","say ""x"""
        '=1+1,'@cmd
        '-2,'+3
        ' x,two lines
        ' =1,10.0.0.1
        "#);
    }

    proptest::proptest! {
        #[test]
        fn a_row_is_a_line(a in ".*", b in ".*") {
            let text = write(None, &["a", "b"], [[&a, &b]]);
            proptest::prop_assert_eq!(text.lines().count(), 2);
            let mut reader = ::csv::Reader::from_reader(text.as_bytes());
            let row = reader.records().next().expect("a row").expect("readable");
            proptest::prop_assert_eq!(row.len(), 2);
            proptest::prop_assert!(!row[0].starts_with(['=', '+', '-', '@', '\t', '\r']));
        }
    }
}
