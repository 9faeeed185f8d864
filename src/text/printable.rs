//! Characters that a terminal or a reader must never get raw from a stranger's text, and words that a build server takes for commands.

use std::borrow::Cow;

/// Whether a character moves the cursor, starts a control sequence, turns the reading direction, is invisible, or is none at all
/// (U+FFFF and its kind, which XML cannot hold). Joiners and variation selectors count here, although words and emoji need them.
pub fn is_unprintable(c: char) -> bool {
    c.is_control()
        || is_noncharacter(c)
        || matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e00ff}'
        )
}

/// Whether Unicode promises never to give the number a character.
fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

/// `text` with line ends as they are and every other unprintable character written out, such as `\u{1b}`.
pub fn printable(text: &str) -> Cow<'_, str> {
    // Nearly all text is plain ASCII, which needs no table.
    let is_plain = |byte: u8| matches!(byte, b'\n' | b' '..=b'~');
    if text.bytes().all(is_plain) || !text.chars().any(|c| c != '\n' && is_unprintable(c)) {
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

/// `text` without anything that the runner of GitHub Actions takes for a command: `::` in front of a line, blanks or not, and `##[`
/// anywhere. One character of each is written out.
pub fn without_commands(text: &str) -> Cow<'_, str> {
    if !text.contains("::") && !text.contains("##[") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for line in text.split_inclusive(['\n', '\r']) {
        let rest = line.trim_start();
        out += &line[..line.len() - rest.len()];
        let rest = match rest.strip_prefix("::") {
            Some(rest) => {
                out += "\\u{3a}:";
                rest
            }
            None => rest,
        };
        out += &rest.replace("##[", "##\\u{5b}");
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
    fn invisible_and_invalid_characters_are_escaped() {
        for c in [
            '\u{61c}',
            '\u{ad}',
            '\u{180e}',
            '\u{e0001}',
            '\u{e0041}',
            '\u{e007f}',
            '\u{ffff}',
            '\u{fffe}',
            '\u{fdd0}',
            '\u{1ffff}',
            '\u{10fffe}',
            '\u{3164}',
            '\u{2062}',
        ] {
            let text = format!("a{c}b");
            assert_eq!(printable(&text), format!("a\\u{{{:x}}}b", u32::from(c)));
        }
    }

    #[test]
    fn ordinary_text_is_not_copied() {
        assert!(matches!(printable("Grüße, 世界\n"), Cow::Borrowed(_)));
        assert!(matches!(without_commands("a: b\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn no_line_is_a_command() {
        let text = "::a::b\n  ::stop-commands::x\r\n\t::c\na ::d\nx##[add-mask]y";
        let safe = without_commands(text);
        assert_eq!(safe, "\\u{3a}:a::b\n  \\u{3a}:stop-commands::x\r\n\t\\u{3a}:c\na ::d\nx##\\u{5b}add-mask]y");
        assert!(safe.lines().all(|line| !line.trim_start().starts_with("::")));
    }
}
