//! The limits of a file, so that no text can exhaust the stack or the memory. Reads the bare text, before the grammar does.

/// A larger file is refused: spans are 32 bits, and a tree costs about twenty bytes for each byte of text.
pub(super) const MAX_BYTES: usize = 16 * 1024 * 1024;

/// Deeper nesting of blocks, and of lists, is refused: the parser calls itself once per level.
pub(super) const MAX_DEPTH: usize = 256;

/// More words, signs, blanks and line ends are refused: the parser takes about a hundred bytes for each of them.
pub(super) const MAX_TOKENS: usize = 6_000_000;

/// Where a text is nested deepest, and how many tokens it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Extent {
    /// How many brackets are open there.
    pub(super) depth: usize,
    /// The first bracket beyond [`MAX_DEPTH`], else the first of the deepest.
    pub(super) offset: usize,
    /// Words, signs, runs of blanks and line ends; an estimate, never more than twice too few.
    pub(super) tokens: usize,
}

/// Counts brackets outside strings and comments. It is an estimate for text that is not in the language: a list that was never
/// closed ends at the next brace or `=`, as it does in the grammar.
pub(super) fn extent(text: &str) -> Extent {
    let bytes = text.as_bytes();
    let mut found = Extent { depth: 0, offset: 0, tokens: 0 };
    let mut before = Byte::Sign;
    let (mut braces, mut brackets) = (0_usize, 0_usize);
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let kind = Byte::of(*byte);
        found.tokens += usize::from(kind != before || kind == Byte::Sign);
        before = kind;
        match byte {
            // The line end behind it is passed over.
            b'#' => (at, found.tokens) = (line_end(bytes, at), found.tokens + 1),
            b'"' | b'\'' => at = string_end(bytes, at),
            b'{' => (braces, brackets) = (braces + 1, 0),
            b'}' => (braces, brackets) = (braces.saturating_sub(1), 0),
            b'[' => brackets += 1,
            b']' => brackets = brackets.saturating_sub(1),
            b'=' => brackets = 0,
            _ => {}
        }
        let depth = braces.max(brackets);
        if depth > found.depth && found.depth <= MAX_DEPTH {
            (found.depth, found.offset) = (depth, at);
        }
        at += 1;
    }
    found
}

/// What a byte is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Byte {
    /// A token of its own.
    Sign,
    Blank,
    Word,
}

impl Byte {
    fn of(byte: u8) -> Self {
        match byte {
            b' ' | b'\t' | b'\r' => Byte::Blank,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-' | b'.' | b'/' | b':' | 0x80.. => Byte::Word,
            _ => Byte::Sign,
        }
    }
}

fn line_end(bytes: &[u8], from: usize) -> usize {
    bytes[from..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |length| from + length)
}

/// The closing quote, or the opening one again when the line ends first.
fn string_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\n' => return from,
            b'\\' if bytes[from] == b'"' => at += 1,
            byte if *byte == bytes[from] => return at,
            _ => {}
        }
        at += 1;
    }
    from
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_and_comments_do_not_nest() {
        assert_eq!(extent("a { x = \"{{{\" y = '[[[' # {{{\n}").depth, 1);
        assert_eq!(extent("a { b { c = [[1]] } }").depth, 2);
    }

    #[test]
    fn unclosed_lists_do_not_add_up() {
        assert_eq!(extent(&"x = [a\n".repeat(1000)).depth, 1);
    }

    #[test]
    fn the_place_is_the_first_bracket_too_many() {
        let text = "a{".repeat(1000);
        let found = extent(&text);
        assert_eq!((found.depth, found.offset), (MAX_DEPTH + 1, 2 * MAX_DEPTH + 1));
    }

    #[test]
    fn tokens_are_counted() {
        for (text, tokens) in [("a = 1\n", 6), ("\n\n\n", 3), ("}}}", 3), ("# a comment = { }\n", 2), ("'a = b' x", 3)] {
            assert_eq!(extent(text).tokens, tokens, "{text:?}");
        }
    }
}
