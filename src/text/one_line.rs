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
    if is_plain(text) {
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

/// Whether a text has printable ASCII only. It compares 32 bytes without stopping among them, which a processor does at once.
fn is_plain(text: &str) -> bool {
    let mut parts = text.as_bytes().chunks(32);
    parts.all(|part| part.iter().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_no_breaks_and_no_controls() {
        assert_eq!(one_line("a\r\nb\tc\u{7f}d\u{202e}é"), "a  b cdé");
        for length in 0..70 {
            let plain = "~ x".repeat(length);
            assert!(matches!(one_line(&plain), Cow::Borrowed(same) if same == plain));
            for at in 0..=plain.len() {
                let mut text = plain.clone();
                text.insert(at, '\n');
                assert_eq!(one_line(&text), text.replace('\n', " "));
            }
        }
    }
}
