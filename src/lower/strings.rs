//! What a string says: quotes off, escapes replaced, characters refused that hide or reorder others.

use super::problem::Problem;
use crate::diag::codes::lowering::{BAD_ESCAPE, BAD_TEXT};
use crate::text::is_unprintable;

/// The longest text in characters.
const TEXT_MAX: usize = 1_024;

/// The text of a string in double quotes, given with its quotes.
pub(super) fn quoted(written: &str) -> Result<String, Problem> {
    let (inner, offset) = between(written, '"');
    let mut text = String::with_capacity(inner.len());
    let mut rest = inner.char_indices();
    while let Some((at, c)) = rest.next() {
        let from = offset + at;
        if c != '\\' {
            text.push(shown(c, from..from + c.len_utf8())?);
            continue;
        }
        let (end, escaped) = match rest.next() {
            Some((next, c @ ('"' | '\\'))) => (next + 1, c),
            Some((next, 'n')) => (next + 1, '\n'),
            Some((next, 't')) => (next + 1, '\t'),
            Some((next, 'u')) => {
                let digits = inner[next + 1..].strip_prefix('{').and_then(|rest| rest.split_once('}')).map(|(digits, _)| digits);
                let Some(digits) = digits.filter(|digits| (1..=6).contains(&digits.len())) else {
                    let problem = Problem::new(BAD_ESCAPE, "`\\u` without a number in braces", "no character");
                    return Err(problem.at(from..from + 2).help("write the character's number as in `\\u{e9}`"));
                };
                let end = next + digits.len() + 3;
                let Some(c) = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32) else {
                    let problem =
                        Problem::new(BAD_ESCAPE, format!("`\\u{{{digits}}}` is no character"), "no such character in Unicode");
                    return Err(problem.at(from..offset + end).help("write the character's number as in `\\u{e9}`"));
                };
                rest.nth(digits.len() + 1);
                (end, c)
            }
            other => {
                let (found, len) = other.map_or((String::new(), 1), |(_, c)| (c.to_string(), 1 + c.len_utf8()));
                let problem = Problem::new(
                    BAD_ESCAPE,
                    format!("`\\{found}` is no escape"),
                    "a backslash begins an escape in double quotes",
                );
                let problem = problem.at(from..from + len);
                // What was meant by `\"` or `\u{…}` would be lost in single quotes.
                return Err(if inner.contains(['\'', '"']) || inner.contains("\\u{") {
                    problem.help("write `\\\\` for each backslash")
                } else {
                    problem
                        .help(format!("put the text in single quotes, where a backslash stands for itself: `'{inner}'`"))
                        .rewrite(format!("'{inner}'"))
                });
            }
        };
        text.push(shown(escaped, from..offset + end)?);
    }
    bounded(text)
}

/// The text of a string in single quotes, given with its quotes.
pub(super) fn raw(written: &str) -> Result<String, Problem> {
    let (inner, offset) = between(written, '\'');
    for (at, c) in inner.char_indices() {
        shown(c, offset + at..offset + at + c.len_utf8())?;
    }
    bounded(inner.to_owned())
}

/// The text between the quotes, and where it begins. The closing quote may be missing; the parser has reported that.
fn between(written: &str, quote: char) -> (&str, usize) {
    let Some(inner) = written.strip_prefix(quote) else { return (written, 0) };
    (inner.strip_suffix(quote).unwrap_or(inner), 1)
}

fn bounded(text: String) -> Result<String, Problem> {
    let length = text.chars().count();
    if length <= TEXT_MAX {
        return Ok(text);
    }
    let problem = Problem::new(BAD_TEXT, format!("the text has {length} characters"), "at most 1,024 characters");
    Err(problem.help("shorten it, or say the rest in the ticket or document that it refers to"))
}

/// Refuses characters that do not show, or that change the order in which others show.
fn shown(c: char, at: std::ops::Range<usize>) -> Result<char, Problem> {
    let (what, help) = match c {
        '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{b}' | '\u{c}' => ("a line break", "write the text in one line"),
        '\t' => ("a tab", "write blanks instead"),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' => (
            "a character that changes the direction of text",
            "remove it: the text would show in another order than it is read in",
        ),
        '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{180e}' => ("a character that does not show", "remove it"),
        c if c.is_control() => ("a control character", "remove it"),
        // Words of some scripts need these two.
        '\u{200c}' | '\u{200d}' => return Ok(c),
        c if is_unprintable(c) => ("a character that does not show", "remove it"),
        c => return Ok(c),
    };
    let label = format!("U+{:04X}", u32::from(c));
    Err(Problem::new(BAD_TEXT, format!("the text holds {what}"), label).at(at).help(help))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes() {
        assert_eq!(quoted(r#""a \"b\" \\ \u{e9}""#).as_deref(), Ok("a \"b\" \\ é"));
        assert_eq!(quoted(r#""\u{1F600}x""#).as_deref(), Ok("😀x"));
        assert_eq!(raw(r"'\d\n'").as_deref(), Ok(r"\d\n"));
        assert_eq!(quoted("\"open").as_deref(), Ok("open"));
        assert_eq!(quoted("\"").as_deref(), Ok(""));
    }

    #[test]
    fn refused() {
        for text in [
            r#""\d""#,
            r#""\u{}""#,
            r#""\u{d800}""#,
            r#""\u{1234567}""#,
            r#""\u41""#,
            "\"\\",
            r#""a\nb""#,
            "\"a\tb\"",
            "\"\u{202e}\"",
            "\"\u{0}\"",
        ] {
            assert!(quoted(text).is_err(), "{text:?}");
        }
        for c in ['\u{2066}', '\u{61c}', '\u{ad}', '\u{180e}', '\u{e0041}', '\u{ffff}', '\u{fffe}', '\u{2063}', '\u{3164}'] {
            assert!(raw(&format!("'a{c}b'")).is_err(), "{c:?}");
            assert!(quoted(&format!("\"a\\u{{{:x}}}b\"", u32::from(c))).is_err(), "{c:?}");
        }
        assert!(raw("'\u{645}\u{6cc}\u{200c}\u{62e}'").is_ok(), "a word with a joiner");
        assert!(raw(&format!("'{}'", "x".repeat(1_025))).is_err());
        assert!(raw(&format!("'{}'", "é".repeat(1_024))).is_ok());
    }
}
