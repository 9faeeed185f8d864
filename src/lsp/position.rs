//! Places as the protocol counts them: lines from 0, columns in bytes or in UTF-16 units.

use gen_lsp_types::{Position, PositionEncodingKind, Range};

use crate::text::{SourceFile, Span};

/// What columns count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 units, which every editor knows.
    #[default]
    Utf16,
}

impl Encoding {
    /// The one that is used, of those that an editor offers.
    pub(super) fn chosen<'o>(mut offered: impl Iterator<Item = &'o str>) -> Self {
        if offered.any(|own| own == "utf-8") { Self::Utf8 } else { Self::Utf16 }
    }

    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
        }
    }

    fn units(self, letter: char) -> usize {
        match self {
            Self::Utf8 => letter.len_utf8(),
            Self::Utf16 => letter.len_utf16(),
        }
    }

    /// How many units a text has.
    pub(super) fn length(self, text: &str) -> u32 {
        text.chars().map(|letter| self.units(letter)).sum::<usize>() as u32
    }

    /// The byte of a column; within a character its first byte, behind the end of the line its end.
    fn byte(self, line: &str, column: u32) -> usize {
        let mut units = 0;
        for (at, letter) in line.char_indices() {
            units += self.units(letter);
            if units > column as usize {
                return at;
            }
        }
        line.len()
    }
}

/// A line without its end.
fn line(file: &SourceFile, at: usize) -> (usize, &str) {
    let range = file.line_range(at);
    // Editors do not count a byte order mark.
    let start = if at == 0 { range.start.max(file.mark_length()) } else { range.start };
    let text = &file.text()[start..range.end.max(start)];
    (start, text.strip_suffix('\n').map_or(text, |text| text.trim_end_matches('\r')))
}

/// The byte at a place; the end of the text behind the last line.
pub(super) fn offset(file: &SourceFile, place: Position, encoding: Encoding) -> u32 {
    if place.line as usize >= file.line_count() {
        return file.text().len() as u32;
    }
    let (start, text) = line(file, place.line as usize);
    (start + encoding.byte(text, place.character)) as u32
}

/// The bytes of a range; one that ends before it begins is empty.
pub(super) fn bytes(file: &SourceFile, range: Range, encoding: Encoding) -> std::ops::Range<u32> {
    let start = offset(file, range.start, encoding);
    start..offset(file, range.end, encoding).max(start)
}

/// The place of a byte.
pub(super) fn position(file: &SourceFile, offset: u32, encoding: Encoding) -> Position {
    let at = file.line_of(offset);
    let (start, _) = line(file, at);
    let before = file.text().get(start..(offset as usize).max(start)).unwrap_or_default();
    Position { line: at as u32, character: encoding.length(before) }
}

/// The range of a span.
pub(super) fn range(file: &SourceFile, span: Span, encoding: Encoding) -> Range {
    Range { start: position(file, span.start, encoding), end: position(file, span.end, encoding) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{FileId, SourceMap};

    fn file(text: &str) -> SourceFile {
        SourceMap::new(vec![("a".to_owned(), text.to_owned())]).file(FileId(0)).clone()
    }

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn columns_count_what_was_agreed() {
        let file = file("a = \"é𝄞\"\r\nb\n");
        assert_eq!(position(&file, 11, Encoding::Utf16), at(0, 8));
        assert_eq!(position(&file, 11, Encoding::Utf8), at(0, 11));
        assert_eq!(offset(&file, at(0, 8), Encoding::Utf16), 11);
        assert_eq!(offset(&file, at(0, 7), Encoding::Utf16), 7, "within a pair of units");
        assert_eq!(offset(&file, at(0, 99), Encoding::Utf16), 12, "before the end of the line");
        assert_eq!(offset(&file, at(1, 99), Encoding::Utf8), 15);
        assert_eq!(offset(&file, at(99, 0), Encoding::Utf8), 16);
    }

    #[test]
    fn a_byte_order_mark_is_not_counted() {
        let file = file("\u{feff}x = 1");
        assert_eq!(position(&file, 3, Encoding::Utf16), at(0, 0));
        assert_eq!(offset(&file, at(0, 1), Encoding::Utf16), 4);
    }

    proptest! {
        /// Every byte that begins a character of a line comes back.
        #[test]
        fn places_come_back(text in "([a-c é𝄞\u{301}]|\r\n|\n){0,40}") {
            let file = file(&text);
            for encoding in [Encoding::Utf8, Encoding::Utf16] {
                for (byte, letter) in text.char_indices().filter(|(_, letter)| !matches!(letter, '\r' | '\n')) {
                    let place = position(&file, byte as u32, encoding);
                    prop_assert_eq!(offset(&file, place, encoding), byte as u32, "{} {:?}", letter, place);
                }
            }
        }

        /// Any place is a place in the text.
        #[test]
        fn no_place_is_outside(text in "([a-c é𝄞]|\r|\n){0,20}", line in 0..30u32, character in 0..60u32) {
            let file = file(&text);
            for encoding in [Encoding::Utf8, Encoding::Utf16] {
                prop_assert!(text.is_char_boundary(offset(&file, at(line, character), encoding) as usize));
            }
        }
    }
}
