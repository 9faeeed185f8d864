//! What a file may be at most, so that no text can exhaust the stack or the memory. Looks at the bare text, before the grammar does.

/// A larger file is refused: spans are 32 bits, and a tree costs about twenty bytes for each byte of text.
pub(super) const MAX_BYTES: usize = 16 * 1024 * 1024;

/// Deeper nesting of blocks, and of lists, is refused: the parser calls itself once per level.
pub(super) const MAX_DEPTH: usize = 256;

/// Where a text is nested deepest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Deepest {
    /// How many brackets are open there.
    pub(super) depth: usize,
    /// The bracket that first goes over [`MAX_DEPTH`], else the first of the deepest.
    pub(super) offset: usize,
}

/// Counts brackets outside strings and comments. It is an estimate for text that is not in the language: a list that was never
/// closed ends at the next brace or `=`, as it does in the grammar.
pub(super) fn deepest(text: &str) -> Deepest {
    let bytes = text.as_bytes();
    let mut found = Deepest { depth: 0, offset: 0 };
    let (mut braces, mut brackets) = (0_usize, 0_usize);
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'#' => at = line_end(bytes, at),
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
            found = Deepest { depth, offset: at };
        }
        at += 1;
    }
    found
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
        assert_eq!(deepest("a { x = \"{{{\" y = '[[[' # {{{\n}").depth, 1);
        assert_eq!(deepest("a { b { c = [[1]] } }").depth, 2);
    }

    #[test]
    fn lists_that_were_not_closed_do_not_add_up() {
        assert_eq!(deepest(&"x = [a\n".repeat(1000)).depth, 1);
    }

    #[test]
    fn the_place_is_the_first_bracket_too_many() {
        let text = "a{".repeat(1000);
        assert_eq!(deepest(&text), Deepest { depth: MAX_DEPTH + 1, offset: 2 * MAX_DEPTH + 1 });
    }
}
