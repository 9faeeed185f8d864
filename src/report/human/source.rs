//! Our files as miette's sources: contexts are found in the line table, not by reading the file from its start.

use std::ops::Range;

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use crate::text::FileId;
use crate::text::{SourceFile, SourceMap, is_unprintable};

/// A file for the screen. No byte of a stranger's text moves the cursor, yet every offset is that of the file itself.
#[derive(Debug)]
pub(super) struct Screen(SourceMap);

/// A line longer than this is shown only around its label.
const LONG_LINE: usize = 400;
/// How many bytes of a long line are shown on each side.
const AROUND: usize = 60;

impl Screen {
    /// Each unprintable character gives way to a printable one of as many bytes; one more newline gives the end of the
    /// file a line to be pointed at on.
    pub(super) fn new(file: &SourceFile) -> Self {
        let mut text = String::with_capacity(file.text().len() + 1);
        // A byte order mark keeps its bytes, and no context shows them.
        text += &file.text()[..file.mark_length()];
        let mut chars = file.text()[file.mark_length()..].chars().peekable();
        while let Some(c) = chars.next() {
            text.push_str(match c {
                '\n' | '\t' => {
                    if c == '\n' {
                        "\n"
                    } else {
                        "\t"
                    }
                }
                '\r' if chars.peek() == Some(&'\n') => "\r",
                c if is_unprintable(c) => match c.len_utf8() {
                    1 => "?",
                    2 => "¿",
                    3 => "\u{fffd}",
                    _ => "¿¿",
                },
                c => {
                    text.push(c);
                    continue;
                }
            });
        }
        text.push('\n');
        Self(SourceMap::new(vec![(file.name().to_owned(), text)]))
    }

    pub(super) fn file(&self) -> &SourceFile {
        self.0.file(FileId(0))
    }
}

impl SourceCode for Screen {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        self.file().read_span(span, before, after)
    }
}

impl SourceCode for SourceFile {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        if end > self.text().len() {
            return Err(MietteError::OutOfBounds);
        }
        let (first, last) = (self.line_of(start as u32), self.line_of(end.saturating_sub(usize::from(end > start)) as u32));
        let short = |line: &usize| !is_long(self, *line);
        let top = (first.saturating_sub(before)..first).find(short).unwrap_or(first);
        // Blank lines at the end of the file are no context, unless a label without width points at one.
        let ends = self.line_of(self.text().trim_end().len() as u32).max(self.line_of(end as u32));
        let bottom = (last + 1..=(last + after).min(ends)).rfind(short).unwrap_or(last);
        let lines = self.line_range(top).start.max(self.mark_length())..self.line_range(bottom).end;
        // Without context the answer is the place of the label: miette writes it into the header.
        let (line, shown) = if before == 0 {
            (first, start..lines.end)
        } else if (first..=last).any(|line| is_long(self, line)) {
            (
                first,
                around(self.text(), self.line_range(first).start.max(self.mark_length())..self.line_range(first).end, start..end),
            )
        } else {
            (top, lines)
        };
        let column = self.line_column(shown.start as u32).column as usize - 1;
        let data = &self.text().as_bytes()[shown.clone()];
        let contents = MietteSpanContents::new_named(
            self.name().to_owned(),
            data,
            (shown.start, shown.len()).into(),
            line,
            column,
            bottom - top + 1,
        );
        Ok(Box::new(contents))
    }
}

/// Whether only a part of a line is shown.
pub(super) fn is_long(file: &SourceFile, line: usize) -> bool {
    file.line_range(line).len() > LONG_LINE
}

/// The part of a long line that surrounds a label.
fn around(text: &str, line: Range<usize>, label: Range<usize>) -> Range<usize> {
    let start = label.start.saturating_sub(AROUND).max(line.start);
    let end = (label.end.min(label.start + LONG_LINE) + AROUND).min(line.end);
    text.floor_char_boundary(start)..text.ceil_char_boundary(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, start: usize, len: usize, context: usize) -> (String, usize, usize) {
        let map = SourceMap::new(vec![("a".into(), text.into())]);
        let file = map.file(FileId(0));
        let contents = file.read_span(&(start, len).into(), context, context).unwrap();
        (String::from_utf8(contents.data().to_vec()).unwrap(), contents.line(), contents.column())
    }

    #[test]
    fn contexts_are_whole_lines() {
        let text = "one\ntwo\r\nthree\nfour";
        assert_eq!(read(text, 5, 1, 0), ("wo\r\n".into(), 1, 1));
        assert_eq!(read(text, 5, 1, 1), ("one\ntwo\r\nthree\n".into(), 0, 0));
        assert_eq!(read(text, 15, 4, 1), ("three\nfour".into(), 2, 0));
        assert_eq!(read(text, 19, 0, 1), ("three\nfour".into(), 2, 0));
        assert_eq!(read("\n\nx\n\n", 2, 1, 1), ("\nx\n".into(), 1, 0), "blank lines at the end are no context");
    }

    #[test]
    fn contexts_are_those_of_miettes_own_source() {
        let text = "é one\nzero\n  two\nthree\n";
        let map = SourceMap::new(vec![("a".into(), text.into())]);
        let ours = map.file(FileId(0));
        for (start, _) in text.char_indices() {
            for end in (start + 1..=text.len()).filter(|end| text.is_char_boundary(*end)) {
                if text[..end].ends_with('\n') {
                    continue; // miette counts the next line as one of the span's own, we do not
                }
                let span = (start, end - start).into();
                let (a, b) = (ours.read_span(&span, 1, 1).unwrap(), text.read_span(&span, 1, 1).unwrap());
                assert_eq!((a.line(), a.span().offset(), a.data()), (b.line(), b.span().offset(), b.data()), "{start}..{end}");
            }
        }
    }

    #[test]
    fn a_long_line_is_shown_in_part() {
        let text = format!("a\n{}X{}\nb", "é".repeat(5_000), "é".repeat(5_000));
        let (data, line, _) = read(&text, 10_002, 1, 1);
        assert!(data.len() < 200 && data.contains('X'), "{data}");
        assert_eq!(line, 1);
    }

    #[test]
    fn the_header_of_a_long_line_has_the_column_of_the_label() {
        let text = format!("a\n{}X{}\nb", "é".repeat(5_000), "é".repeat(5_000));
        let map = SourceMap::new(vec![("a".into(), text)]);
        let contents = map.file(FileId(0)).read_span(&(10_002, 1).into(), 0, 0).unwrap();
        assert_eq!((contents.line(), contents.column()), (1, 5_000));
    }

    #[test]
    fn a_byte_order_mark_is_not_shown() {
        assert_eq!(read("\u{feff}one\ntwo", 3, 3, 1), ("one\ntwo".into(), 0, 0));
        assert_eq!(read("\u{feff}one\ntwo", 4, 1, 0), ("ne\n".into(), 0, 1));
    }

    #[test]
    fn the_screen_keeps_offsets() {
        let text = "a\u{1b}[2J\u{9b}\u{202e}\rb\r\n\tc\u{feff}\u{e0041}";
        let map = SourceMap::new(vec![("a".into(), text.into())]);
        let screen = Screen::new(map.file(FileId(0)));
        let shown = screen.file().text();
        assert_eq!(shown, "a?[2J¿\u{fffd}?b\r\n\tc\u{fffd}¿¿\n");
        assert_eq!(shown.len(), text.len() + 1);
    }
}
