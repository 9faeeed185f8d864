//! Tables for terminals: columns side by side, cells folded where the width is short, nothing cut off.

use crate::text::joined;

/// Between two columns.
const GAP: &str = "  ";
/// Where a word may be broken, if need be: after these.
const MARKS: [char; 4] = ['/', '.', ',', '_'];
/// A word of at most this length is hard to read when it is broken.
const SHORT: usize = 16;
/// A blank at which no cell is broken; it is drawn as any other.
pub const HARD_BLANK: &str = "\u{a0}";

/// A table with its header, at most `width` columns wide; only where the width is less than its shortest pieces are words broken
/// anywhere.
pub fn table(header: &[&str], rows: &[Vec<String>], width: usize) -> String {
    let whole = longest(header, rows, length);
    let readable = longest(header, rows, longest_readable);
    let words = longest(header, rows, longest_word);
    let pieces = longest(header, rows, shortest_piece);
    let widths = fitted(&[&pieces, &readable, &words, &whole], width.saturating_sub(gaps(header.len())));
    let mut out = String::new();
    let titles: Vec<String> = header.iter().map(|title| (*title).to_owned()).collect();
    for row in std::iter::once(&titles).chain(rows) {
        let cells: Vec<Vec<String>> = row.iter().zip(&widths).map(|(cell, width)| fold(cell, *width)).collect();
        for line in 0..cells.iter().map(Vec::len).max().unwrap_or_default() {
            let start = out.len();
            for (cell, width) in cells.iter().zip(&widths) {
                let text = cell.get(line).map_or("", String::as_str).replace(HARD_BLANK, " ");
                out += &format!("{text:width$}{GAP}");
            }
            out.truncate(start + out[start..].trim_end().len());
            out.push('\n');
        }
    }
    out
}

/// A table in as many of its columns as can be read in a width, the first `needed` at least; and what to say of those that
/// cannot.
pub fn fitting(header: &[&str], mut rows: Vec<Vec<String>>, needed: usize, width: usize) -> (String, String) {
    let readable = |columns: usize| readable_width(&header[..columns], &rows);
    let shown = (needed..=header.len()).rev().find(|columns| readable(*columns) <= width).unwrap_or(needed);
    let left_out = match joined(&header[shown..], "and") {
        names if names.is_empty() => String::new(),
        names => format!("; widen the terminal to {} columns, or use `--format csv`, for {names}", readable(header.len())),
    };
    rows.iter_mut().for_each(|row| row.truncate(shown));
    (table(&header[..shown], &rows, width), left_out)
}

/// The width from which on a table reads well: no word is broken but long ones, after a mark.
fn readable_width(header: &[&str], rows: &[Vec<String>]) -> usize {
    longest(header, rows, longest_readable).iter().sum::<usize>() + gaps(header.len())
}

fn gaps(columns: usize) -> usize {
    GAP.len() * columns.saturating_sub(1)
}

/// The greatest measure in each column.
fn longest(header: &[&str], rows: &[Vec<String>], measure: impl Fn(&str) -> usize) -> Vec<usize> {
    let column = |at: usize| rows.iter().filter_map(move |row| row.get(at)).map(String::as_str).chain([header[at]]);
    (0..header.len()).map(|at| column(at).map(&measure).max().unwrap_or_default()).collect()
}

fn longest_word(cell: &str) -> usize {
    cell.split(' ').map(length).max().unwrap_or_default()
}

/// The longest word, where a long one counts as what it can be broken into.
fn longest_readable(cell: &str) -> usize {
    let readable = |word| if length(word) <= SHORT { length(word) } else { shortest_piece(word).max(SHORT) };
    cell.split(' ').map(readable).max().unwrap_or_default()
}

fn shortest_piece(cell: &str) -> usize {
    cell.split(' ').flat_map(|word| word.split_inclusive(MARKS)).map(length).max().unwrap_or_default()
}

/// Widths that fit: room for each column's first need, as far as possible, then for the next.
fn fitted(needs: &[&[usize]], available: usize) -> Vec<usize> {
    let mut widths = vec![1; needs.first().map_or(0, |need| need.len())];
    for need in needs {
        let grown = |cap: usize| widths.iter().zip(*need).map(|(width, need)| *width.max(need.min(&cap))).collect::<Vec<_>>();
        let widest = need.iter().copied().max().unwrap_or_default();
        if let Some(cap) = (0..=widest).rev().find(|cap| grown(*cap).iter().sum::<usize>() <= available) {
            widths = grown(cap);
        }
        let mut left = available.saturating_sub(widths.iter().sum());
        for (width, need) in widths.iter_mut().zip(*need) {
            let more = left.min(need.saturating_sub(*width));
            *width += more;
            left -= more;
        }
    }
    widths
}

/// A cell in lines of at most `width`: broken between words; a word that is too long for a line, after a mark in it, or else
/// anywhere.
fn fold(cell: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in cell.split_inclusive(' ') {
        let fits = length(word.trim_end()) <= width;
        let pieces: Vec<&str> = if fits { vec![word] } else { word.split_inclusive(MARKS).collect() };
        for piece in pieces {
            if !line.is_empty() && length(&line) + length(piece.trim_end()) > width {
                lines.push(std::mem::take(&mut line).trim_end().to_owned());
            }
            for c in piece.chars() {
                if length(&line) >= width && c != ' ' {
                    lines.push(std::mem::take(&mut line).trim_end().to_owned());
                }
                line.push(c);
            }
        }
    }
    lines.push(line.trim_end().to_owned());
    lines
}

fn length(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
    }

    #[test]
    fn columns_are_aligned() {
        let rows = rows(&[&["P01", "redmond.edge", ""], &["P02/x", "a", "b"]]);
        insta::assert_snapshot!(table(&["id", "from", "to"], &rows, 80), @r"
        id     from          to
        P01    redmond.edge
        P02/x  a             b
        ");
    }

    #[test]
    fn a_narrow_table_folds_and_loses_nothing() {
        let cells = ["P01/redmond.pool01.front_ends", "redmond.clients, dublin.clients, internet", "tcp 5061"];
        let rows = rows(&[&cells]);
        for width in 23..90 {
            let drawn = table(&["id", "from", "ports"], &rows, width);
            assert!(drawn.lines().all(|line| length(line) <= width), "{width}\n{drawn}");
            for column in ["redmond", "dublin", "5061"] {
                assert!(drawn.replace('\n', " ").contains(column), "{width}\n{drawn}");
            }
        }
        insta::assert_snapshot!(table(&["id", "from", "ports"], &rows, 40), @r"
        id                from             ports
        P01/redmond.      redmond.         tcp
        pool01.front_     clients,         5061
        ends              dublin.clients,
                          internet
        ");
    }

    #[test]
    fn words_are_broken_after_marks_only() {
        let rows = rows(&[&["C08a/reverse", "web_conferencing av_conferencing", "udp 49152-65535"]]);
        let header = ["id", "feature", "ports"];
        for width in 12 + 13 + 11 + 4..90 {
            let drawn = table(&header, &rows, width);
            let broken = |word: &&str| !["id", "feature", "ports", "udp"].contains(word) && !word.ends_with(['/', '_', '.', ',']);
            let words: Vec<&str> = drawn.split_whitespace().filter(broken).collect();
            let whole = ["reverse", "C08a/reverse", "conferencing", "web_conferencing", "av_conferencing", "49152-65535"];
            assert!(words.iter().all(|word| whole.contains(word)), "{width}\n{drawn}");
        }
        assert_eq!(readable_width(&header, &rows), "C08a/reverse".len() + "web_conferencing".len() + "49152-65535".len() + 4);
    }

    #[test]
    fn folding_keeps_every_character() {
        assert_eq!(fold("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(fold("one two", 3), ["one", "two"]);
        assert_eq!(fold("", 3), [""]);
    }
}
