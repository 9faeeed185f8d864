//! Blocks of a PEM file: where each begins, what it says it is, and its bytes. Text around the blocks is passed over, as openssl
//! and certutil write it.

use super::facts::cut;

/// A block.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Block<'t> {
    /// The label behind `BEGIN`.
    pub(super) label: &'t str,
    /// The bytes of its first line in the text, without the end of the line.
    pub(super) line: (u32, u32),
    /// Its number of that line, from 1.
    pub(super) number: usize,
    /// What it holds, or what is wrong with it.
    pub(super) content: Result<Vec<u8>, String>,
}

/// All blocks of a text, in order.
pub(super) fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut open: Option<(Block<'_>, String)> = None;
    let mut at = 0;
    for (index, whole) in text.split_inclusive('\n').enumerate() {
        let begin = at;
        at += whole.len();
        let line = whole.trim_end();
        let number = index + 1;
        if let Some(label) = label(line, "-----BEGIN ") {
            if let Some((block, _)) = open.take() {
                blocks.push(unended(block));
            }
            let line = (offset(begin), offset(begin + line.len()));
            open = Some((Block { label, line, number, content: Ok(Vec::new()) }, String::new()));
        } else if let Some(ended) = label(line, "-----END ") {
            if let Some((mut block, body)) = open.take() {
                block.content = if ended == block.label {
                    decoded(&body)
                } else {
                    Err(format!("it begins as `{}` and ends as `{}`", cut(block.label), cut(ended)))
                };
                blocks.push(block);
            }
        } else if let Some((_, body)) = &mut open {
            body.push_str(line.trim());
        }
    }
    blocks.extend(open.map(|(block, _)| unended(block)));
    blocks
}

fn unended(mut block: Block<'_>) -> Block<'_> {
    block.content = Err(format!("it has no line `-----END {}-----`: a part of the file is missing", cut(block.label)));
    block
}

/// Files are bounded far below what fits.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn label<'t>(line: &'t str, begin: &str) -> Option<&'t str> {
    line.strip_prefix(begin)?.strip_suffix("-----")
}

/// Base 64 (RFC 4648), whatever the length of its lines.
fn decoded(body: &str) -> Result<Vec<u8>, String> {
    let digits = body.trim_end_matches('=');
    if body.len() - digits.len() > 2 || !body.len().is_multiple_of(4) || body.is_empty() {
        return Err("its Base64 is cut off: a part of the file is missing".to_owned());
    }
    let mut bytes = Vec::with_capacity(digits.len() * 3 / 4);
    let (mut bits, mut held) = (0u32, 0u32);
    for c in digits.chars() {
        let value = match c {
            'A'..='Z' => u32::from(c) - u32::from('A'),
            'a'..='z' => u32::from(c) - u32::from('a') + 26,
            '0'..='9' => u32::from(c) - u32::from('0') + 52,
            '+' => 62,
            '/' => 63,
            other => return Err(format!("`{}` is no letter of Base64", other.escape_debug())),
        };
        bits = (bits << 6 | value) & 0xffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 0xff) as u8);
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_found_in_other_text() {
        let text =
            "subject=x\r\n-----BEGIN A-----\r\naGVs\r\nbG8=\r\n-----END A-----\r\n\n-----BEGIN B C-----\nAAA\n-----END B C-----";
        let found = blocks(text);
        let labels: Vec<_> =
            found.iter().map(|block| (block.label, block.number, &text[block.line.0 as usize..block.line.1 as usize])).collect();
        assert_eq!(labels, [("A", 2, "-----BEGIN A-----"), ("B C", 7, "-----BEGIN B C-----")]);
        assert_eq!(found[0].content.as_deref(), Ok("hello".as_bytes()));
        assert_eq!(found[1].content, Err("its Base64 is cut off: a part of the file is missing".to_owned()));
    }

    #[test]
    fn broken_blocks_are_reported() {
        let problem = |text: &str| blocks(text).remove(0).content.expect_err("broken");
        insta::assert_snapshot!(problem("-----BEGIN A-----\nAAAA\n"), @"it has no line `-----END A-----`: a part of the file is missing");
        insta::assert_snapshot!(problem("-----BEGIN A-----\nAAAA\n-----BEGIN B-----\n"), @"it has no line `-----END A-----`: a part of the file is missing");
        insta::assert_snapshot!(problem("-----BEGIN A-----\nAAAA\n-----END B-----\n"), @"it begins as `A` and ends as `B`");
        insta::assert_snapshot!(problem("-----BEGIN A-----\nAA\u{1b}AA===\n-----END A-----\n"), @r"its Base64 is cut off: a part of the file is missing");
        insta::assert_snapshot!(problem("-----BEGIN A-----\nAA\u{1b}A\n-----END A-----\n"), @r"`\u{1b}` is no letter of Base64");
        insta::assert_snapshot!(problem("-----BEGIN A-----\nAA*A\n-----END A-----\n"), @"`*` is no letter of Base64");
        insta::assert_snapshot!(problem("-----BEGIN A-----\n-----END A-----\n"), @"its Base64 is cut off: a part of the file is missing");
        assert!(blocks("no block\n-----END A-----\n").is_empty());
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "(-----BEGIN A-----|-----END A-----|[\\PC=+/\n\r]){0,12}") {
            for block in blocks(&text) {
                proptest::prop_assert!(text.get(block.line.0 as usize..block.line.1 as usize).is_some());
            }
        }
    }
}
