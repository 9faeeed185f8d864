//! Lines of text in a given width, and texts without unprintable characters.

use crate::text::is_unprintable;

/// Breaks each line of `text` between words so that no line is longer than `width` where words allow it.
/// A line that begins with blanks keeps them, for itself and for what it is broken into.
/// Characters count as one column each, which is right for everything but wide scripts.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for line in text.split('\n') {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let mut current = line[..indent].to_owned();
        let mut used = indent;
        for word in line[indent..].split(' ') {
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
        assert_eq!(wrap("a:\n  key   = 1", 80), ["a:", "  key   = 1"]);
        assert_eq!(wrap("  one two", 5), ["  one", "  two"]);
    }
}
