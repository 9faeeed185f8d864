//! Characters that a terminal or a reader must never get raw from a stranger's text.

use std::borrow::Cow;

/// Whether a character moves the cursor, starts a control sequence, turns the reading direction or is invisible.
pub fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// `text` with line ends as they are and every other unprintable character written out, such as `\u{1b}`.
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c != '\n' && is_unprintable(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if c != '\n' && is_unprintable(c) {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_are_written_out() {
        assert_eq!(printable("a\u{1b}[31m\tb\u{9b}\u{202e}\u{fefe}\nc"), "a\\u{1b}[31m\\tb\\u{9b}\\u{202e}\u{fefe}\nc");
    }

    #[test]
    fn ordinary_text_is_not_copied() {
        assert!(matches!(printable("Grüße, 世界\n"), Cow::Borrowed(_)));
    }
}
