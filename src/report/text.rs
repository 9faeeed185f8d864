//! Lines of text in a given width, and texts without unprintable characters.

use crate::text::is_unprintable;

/// Breaks each line of `text` between words so that no line is longer than `width` where words allow it.
/// A line that begins with blanks keeps them, for itself and for what it is broken into. What is in backticks stays on one line if
/// it fits on one, so that it can be copied.
/// Characters count as one column each, which is right for everything but wide scripts.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for line in text.split('\n') {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let mut current = line[..indent].to_owned();
        let mut used = indent;
        for word in pieces(&line[indent..], width.saturating_sub(indent)) {
            let length = word.chars().count();
            if used > indent && used + 1 + length > width {
                current.truncate(current.trim_end().len().max(indent));
                lines.push(std::mem::replace(&mut current, line[..indent].to_owned()));
                used = indent;
            } else if used > indent {
                current.push(' ');
                used += 1;
            }
            current += word;
            used += length;
        }
        lines.push(current);
    }
    lines
}

/// The words of a line; those in one pair of backticks are one piece, unless it is longer than `most`.
fn pieces(line: &str, most: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = line;
    loop {
        let end = rest.find(' ').unwrap_or(rest.len());
        let end = quoted(rest, end, most).unwrap_or(end);
        pieces.push(&rest[..end]);
        match rest.get(end + 1..) {
            Some(after) => rest = after,
            None => return pieces,
        }
    }
}

/// Where the word ends that closes what the first word, up to `end`, opens.
fn quoted(rest: &str, mut end: usize, most: usize) -> Option<usize> {
    let first = end;
    while rest[..end].matches('`').count() % 2 == 1 {
        let after = rest.get(end + 1..)?;
        end += 1 + after.find(' ').unwrap_or(after.len());
        if rest[..end].chars().count() > most {
            return None;
        }
    }
    (end > first).then_some(end)
}

/// The same JSON, in which strings escape unprintable characters, and `##[`, which is a command to a build server.
pub(super) fn visible_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c != '\n' && is_unprintable(c) {
            c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| out += &format!("\\u{unit:04x}"));
        } else if c == '[' && out.ends_with("##") {
            out += "\\u005b";
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn breaks_between_words_only() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("incomprehensibilities are long", 5), ["incomprehensibilities", "are", "long"]);
        assert_eq!(wrap("a\n\nb", 5), ["a", "", "b"]);
        assert_eq!(wrap("", 5), [""]);
        assert_eq!(wrap("write `a = 1`, or `b`", 11), ["write", "`a = 1`, or", "`b`"]);
        assert_eq!(wrap("write `a = 1`/`b c` now", 13), ["write", "`a = 1`/`b c`", "now"]);
        assert_eq!(wrap("a `b c d e f g` h", 5), ["a `b", "c d e", "f g`", "h"], "too long for one line");
        assert_eq!(wrap("a ` b c d", 5), ["a ` b", "c d"], "a mark without its pair");
        assert_eq!(wrap("a:\n  key   = 1", 80), ["a:", "  key   = 1"]);
        assert_eq!(wrap("  one two", 5), ["  one", "  two"]);
    }
}
