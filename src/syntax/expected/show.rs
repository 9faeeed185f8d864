//! Text of a stranger inside a message: one line, short, with nothing invisible in it.

/// At most this many characters are shown.
const LIMIT: usize = 40;

/// `text` in backticks.
pub(super) fn quote(text: &str) -> String {
    format!("`{}`", show(text))
}

/// `text` on one line, cut when it is long.
pub(super) fn show(text: &str) -> String {
    let mut shown = String::new();
    for (count, c) in text.trim().chars().enumerate() {
        if count == LIMIT {
            shown.push('…');
            break;
        }
        match c {
            '\n' | '\r' | '\t' => shown.push(' '),
            c if is_hidden(c) => shown.extend(c.escape_unicode()),
            c => shown.push(c),
        }
    }
    shown
}

/// Invisible characters, and those that change how their neighbours are shown.
pub(super) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{A0}' | '\u{AD}' | '\u{1680}' | '\u{180E}' | '\u{2000}'..='\u{200F}' | '\u{2028}'..='\u{202F}'
            | '\u{205F}'..='\u{206F}' | '\u{3000}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// What a character is called, with its number.
pub(super) fn name(c: char) -> String {
    let name = match c {
        '\0' => "NUL character",
        '\r' => "carriage return without a line feed",
        '\u{B}' => "vertical tab",
        '\u{C}' => "form feed",
        '\u{1B}' => "escape character",
        '\u{A0}' => "no-break space",
        '\u{AD}' => "soft hyphen",
        '\u{200B}' => "zero-width space",
        '\u{200C}' | '\u{200D}' => "zero-width joiner",
        '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => "mark that changes the direction of text",
        '\u{2028}' | '\u{2029}' => "Unicode line separator",
        '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' | '\u{1680}' => "space that is no ASCII blank",
        '\u{FEFF}' => "byte order mark inside the text",
        c if c.is_control() => "control character",
        _ => "invisible character",
    };
    format!("{name} (U+{:04X})", u32::from(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shown_text_is_one_short_visible_line() {
        assert_eq!(show("a\u{1b}[2J\u{202e}b\n c"), "a\\u{1b}[2J\\u{202e}b  c");
        assert_eq!(show(&"x".repeat(50)).chars().count(), 41);
    }
}
