//! Text on one line, for formats in which a line is a statement.

use std::borrow::Cow;

/// Whether a character can end a line, is invisible, or turns the reading direction: none of them belongs in an artifact.
pub fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// One line: line breaks and tabs become spaces, other controls vanish.
pub fn one_line(text: &str) -> Cow<'_, str> {
    // Nearly all text is plain, and all of it comes by here.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    let line = text
        .chars()
        .filter_map(|c| match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
            c if is_control(c) => None,
            c => Some(c),
        })
        .collect();
    Cow::Owned(line)
}
