//! Pages of the documentation in a terminal: what they say stays as it is, lines are filled to the width, and headings are bold.

use crate::report::wrap;

/// No line is filled further: longer ones are hard to read.
const MOST: usize = 100;

/// Headings in bold where there are colours.
pub(super) fn painted(text: &str, color: bool) -> String {
    let mut inside_code = false;
    let mut out = String::new();
    for line in text.lines() {
        inside_code ^= line.starts_with("```");
        if color && !inside_code && line.starts_with('#') {
            out += &format!("\u{1b}[1m{line}\u{1b}[0m\n");
        } else {
            out += line;
            out.push('\n');
        }
    }
    out
}

/// The same text with each line of prose broken to the width; an item of a list goes on below its text.
pub(super) fn filled(text: &str, width: usize) -> String {
    let mut inside_code = false;
    let mut out = String::new();
    for line in text.lines() {
        let fence = line.starts_with("```");
        inside_code ^= fence;
        if inside_code || fence {
            out += line;
            out.push('\n');
            continue;
        }
        let margin = line.len() - line.trim_start_matches([' ', '-']).len();
        let (sign, words) = line.split_at(margin);
        for (at, part) in wrap(words, width.min(MOST).saturating_sub(margin)).iter().enumerate() {
            let sign = if at == 0 { sign } else { &" ".repeat(margin) };
            out += format!("{sign}{part}").trim_end();
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_painted_and_comments_in_examples_are_not() {
        let text = "# A\n```ocstopo\n# comment\n```\n";
        assert_eq!(painted(text, true), "\u{1b}[1m# A\u{1b}[0m\n```ocstopo\n# comment\n```\n");
        assert_eq!(painted(text, false), text);
    }

    #[test]
    fn items_go_on_below_their_text_and_code_stays() {
        let text = "one two three\n\n- `a b`: four five\n  - six seven\n```\nlong line of code\n```\n";
        assert_eq!(
            filled(text, 11),
            "one two\nthree\n\n- `a b`:\n  four five\n  - six\n    seven\n```\nlong line of code\n```\n"
        );
    }
}
