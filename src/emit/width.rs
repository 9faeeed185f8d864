//! The width of generated files: comments and running text are broken into lines that people can read side by side. What a format
//! reads as one line (a command, a row of a table, a string) stays one; `tests/library/widths.rs` lists these with the reason.

use std::ops::Range;

/// The widest line, in characters.
pub(super) const WIDEST: usize = 160;

/// How the lines of a language may be broken.
#[derive(Clone, Copy)]
pub(super) enum Breaks {
    /// Not at all.
    Nowhere,
    /// A comment that has a line of its own and begins with this mark.
    Comments(&'static str),
    /// Paragraphs and list items of Markdown.
    Markdown,
}

/// The text with its wide lines broken.
pub(super) fn broken(text: String, breaks: Breaks) -> String {
    if matches!(breaks, Breaks::Nowhere) {
        return text;
    }
    let (mut out, mut copied) = (String::new(), 0);
    let mut fence = None;
    let mut start = 0;
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
    for end in ends.chain([text.len()]) {
        let line = &text[start..end];
        // A fence of code counts however wide it is.
        if line.len() > WIDEST || line.bytes().find(|byte| *byte != b' ') == Some(b'`') {
            let content = line.trim_end_matches(['\r', '\n']);
            let margins = match breaks {
                Breaks::Comments(mark) => comment(content, mark),
                Breaks::Markdown => paragraph(content, &mut fence),
                Breaks::Nowhere => None,
            };
            let is_wide = || content.split(' ').map(|word| columns(word) + 1).sum::<usize>() > WIDEST + 1;
            if let Some(margins) = margins.filter(|_| is_wide()) {
                out += &text[copied..start];
                fill(content, &margins, &line[content.len()..], breaks, &mut out);
                copied = end;
            }
        }
        start = end;
    }
    if copied == 0 {
        return text;
    }
    out + &text[copied..]
}

/// What a line begins with, in bytes, and what the lines begin with that it is broken into.
struct Margins {
    first: usize,
    next: String,
}

/// What a comment begins a command with, which is copied as it is.
const COMMAND: &str = "   ";

/// The margins of a comment.
fn comment(line: &str, mark: &str) -> Option<Margins> {
    let text = line.trim_start().strip_prefix(mark).filter(|text| text.starts_with(' ') && !text.starts_with(COMMAND))?;
    let text = text.trim_start();
    let first = line.len() - text.len();
    let item = item(text);
    Some(Margins { first: first + item, next: format!("{}{}", &line[..first], " ".repeat(item)) })
}

/// The margins of a line of Markdown; `None` for what must stay one line: headings, tables, code.
fn paragraph<'t>(line: &'t str, fence: &mut Option<&'t str>) -> Option<Margins> {
    let text = line.trim_start_matches(' ');
    let marks = &text[..text.len() - text.trim_start_matches('`').len()];
    match *fence {
        Some(open) if marks.len() >= open.len() => *fence = None,
        None if marks.len() >= 3 => *fence = Some(marks),
        None if !text.starts_with(['|', '#']) => {
            let first = line.len() - text.len();
            let item = item(text);
            return Some(Margins { first: first + item, next: " ".repeat(first + item) });
        }
        _ => {}
    }
    None
}

/// The length of what makes a line an item of a list: `- `, `1. `.
fn item(text: &str) -> usize {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    match text[digits..].get(..2) {
        Some("- " | "* ") if digits == 0 => 2,
        Some(". ") if digits > 0 => digits + 2,
        _ => 0,
    }
}

/// Writes a line as several, each as long as fits.
fn fill(line: &str, margins: &Margins, end: &str, breaks: Breaks, out: &mut String) {
    let end = if end.is_empty() { "\n" } else { end };
    let (first, text) = line.split_at(margins.first);
    *out += first;
    let (indent, mut used) = (margins.next.chars().count(), first.chars().count());
    let mut begun = false;
    let pieces = match breaks {
        Breaks::Markdown => pieces(text),
        _ => text.split(' ').filter(|word| !word.is_empty()).collect(),
    };
    for piece in pieces {
        let length = columns(piece);
        if begun && used + 1 + length > WIDEST {
            *out += end;
            *out += &margins.next;
            used = indent;
        } else if begun {
            out.push(' ');
            used += 1;
        }
        *out += piece;
        used += length;
        begun = true;
    }
    *out += end;
}

/// How many columns count for a word. A place such as `(redmond.ocstopo:110),` counts as one: where a block moves to another line or
/// file, no other line changes.
fn columns(word: &str) -> usize {
    let inner = word.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    let place = inner.and_then(|(place, _)| place.rsplit_once(':'));
    match place {
        Some((_, line)) if !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit()) => 1,
        _ => word.chars().count(),
    }
}

/// The words of a paragraph. Code is one word, because it is copied; so is a word with what would begin a block on a line of its
/// own.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let (mut open, mut start) = (None, 0);
    for word in text.split(' ') {
        let end = start + word.len();
        match pieces.last_mut().filter(|_| open.is_some() || begins_a_block(word)) {
            Some(last) => last.end = end,
            None => pieces.push(start..end),
        }
        open = after_code(word, open);
        start = end + 1;
    }
    pieces.into_iter().map(|piece| &text[piece]).filter(|piece| !piece.is_empty()).collect()
}

/// How many backticks close the code that is open behind a word, which may open and close several.
fn after_code(word: &str, mut open: Option<usize>) -> Option<usize> {
    let mut rest = word;
    while let Some(at) = rest.find('`') {
        let run = rest[at..].len() - rest[at..].trim_start_matches('`').len();
        // Outside code a backslash makes a mark a letter.
        let escaped = open.is_none() && rest[..at].len() % 2 != rest[..at].trim_end_matches('\\').len() % 2;
        match open {
            Some(marks) if marks == run => open = None,
            None if !escaped => open = Some(run),
            _ => {}
        }
        rest = &rest[at + run..];
    }
    open
}

fn begins_a_block(word: &str) -> bool {
    let number = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = number.len() < word.len() && (number.starts_with(['.', ')']) && number.len() == 1);
    word.starts_with(['-', '+', '=', '#', '>', '|', '~']) || word == "*" || word.starts_with("```") || is_numbered
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines(text: &str, breaks: Breaks) -> Vec<String> {
        broken(text.to_owned(), breaks).lines().map(str::to_owned).collect()
    }

    #[test]
    fn comments_keep_their_mark_and_margin() {
        let long = "word ".repeat(50);
        let broken = lines(&format!("\t# - {long}\nrule {long}\n"), Breaks::Comments("#"));
        assert!(broken[0].starts_with("\t# - word") && broken[1].starts_with("\t#   word"), "{broken:#?}");
        assert!(broken[2].starts_with("rule") && broken[2].len() > WIDEST && broken.len() == 3, "a command stays: {broken:#?}");
        let command = format!("#   {long}");
        assert_eq!(lines(&command, Breaks::Comments("#")), [command.as_str()]);
        assert_eq!(broken_remark().lines().filter(|line| line.starts_with("rem ")).count(), 2);
    }

    fn broken_remark() -> String {
        let broken = broken(format!("rem {}\r\n", "word ".repeat(40).trim_end()), Breaks::Comments("rem"));
        assert_eq!(broken.matches("\r\n").count(), broken.lines().count());
        broken
    }

    #[test]
    fn items_hang_and_code_is_whole() {
        let text = format!("    - [ ] {} `a b {}` - end\n", "word ".repeat(30).trim_end(), "c".repeat(20));
        let broken = lines(&text, Breaks::Markdown);
        assert!(broken[1].starts_with("      `a b ccc") && broken[1].ends_with("` - end"), "{broken:#?}");
        let items = lines(&format!("12. {}", "word ".repeat(40)), Breaks::Markdown);
        assert!(items[1].starts_with("    word"), "{items:#?}");
    }

    #[test]
    fn what_is_one_line_in_markdown_stays_one() {
        let long = "word ".repeat(50);
        for text in
            [format!("| {long} |"), format!("## {long}"), format!("```text\n{long}\n```"), format!("  ````\n```\n{long}\n  ````")]
        {
            assert_eq!(broken(text.clone(), Breaks::Markdown), text);
        }
    }

    #[test]
    fn a_place_counts_as_nothing() {
        let text = |place: &str| format!("# {}({place}), {}\n", "word ".repeat(29), "more ".repeat(9).trim_end());
        let broken = |place: &str| broken(text(place), Breaks::Comments("#")).replace(place, "PLACE");
        assert_eq!(broken("a.ocstopo:1"), broken("a-much-longer-name.ocstopo:1234"));
        assert_eq!(broken("a.ocstopo:1").lines().count(), 2);
    }

    proptest! {
        /// To Markdown a line break in a paragraph is a blank.
        #[test]
        fn only_blanks_become_line_breaks(words in proptest::collection::vec("[a-z]{1,9}|`[a-z]{1,5} [a-z]{1,5}`|-|[0-9]\\.|#|\\\\`|```x y```", 1..120)) {
            let text = format!("x {}\n", words.join(" "));
            let broken = broken(text.clone(), Breaks::Markdown);
            let joined = broken.replace('\n', " ");
            prop_assert_eq!(joined.trim_end(), text.trim_end());
            prop_assert!(broken.lines().all(|line| item(line) == 0 && !line.starts_with(['#', '-', '`']) || line.starts_with('`') && !begins_a_block(line)));
            let whole: String = broken.lines().map(|line| if after_code(line, None).is_none() { "" } else { "open" }).collect();
            prop_assert!(whole.is_empty() || after_code(&text, None).is_some(), "code is not broken: {}", broken);
        }
    }
}
