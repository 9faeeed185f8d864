//! Tables for terminals: columns side by side, cells folded where the width is short, nothing cut off.

/// Between two columns.
const GAP: &str = "  ";
/// No column is folded narrower than this.
const NARROWEST: usize = 8;

/// A table with its header, at most `width` columns wide unless that is too narrow for anything.
pub(super) fn table(header: &[&str], rows: &[Vec<String>], width: usize) -> String {
    let column = |at: usize| rows.iter().filter_map(move |row| row.get(at)).map(String::as_str).chain([header[at]]);
    let longest_of = |measure: &dyn Fn(&str) -> usize| -> Vec<usize> {
        (0..header.len()).map(|at| column(at).map(measure).max().unwrap_or_default()).collect()
    };
    let whole = longest_of(&|cell| length(cell));
    let words = longest_of(&|cell| cell.split(' ').map(length).max().unwrap_or_default());
    let widths = fitted(&whole, &words, width.saturating_sub(GAP.len() * header.len().saturating_sub(1)));
    let mut out = String::new();
    let titles: Vec<String> = header.iter().map(|title| (*title).to_owned()).collect();
    for row in std::iter::once(&titles).chain(rows) {
        let cells: Vec<Vec<String>> = row.iter().zip(&widths).map(|(cell, width)| fold(cell, *width)).collect();
        for line in 0..cells.iter().map(Vec::len).max().unwrap_or_default() {
            let start = out.len();
            for (cell, width) in cells.iter().zip(&widths) {
                let text = cell.get(line).map_or("", String::as_str);
                out += &format!("{text:width$}{GAP}");
            }
            out.truncate(start + out[start..].trim_end().len());
            out.push('\n');
        }
    }
    out
}

/// Widths that fit: room for each column's longest word first, as far as it goes, and then for whole cells.
fn fitted(whole: &[usize], words: &[usize], available: usize) -> Vec<usize> {
    let capped = |cap: usize| words.iter().map(|word| *word.min(&cap)).collect::<Vec<_>>();
    let base = capped(largest(words, NARROWEST, available, capped));
    let grown = |cap: usize| base.iter().zip(whole).map(|(base, whole)| *base.max(whole.min(&cap))).collect::<Vec<_>>();
    let mut widths = grown(largest(whole, 0, available, grown));
    let mut left = available.saturating_sub(widths.iter().sum());
    for (width, whole) in widths.iter_mut().zip(whole) {
        let more = left.min(whole.saturating_sub(*width));
        *width += more;
        left -= more;
    }
    widths
}

/// The largest cap whose widths fit, else the smallest there is.
fn largest(natural: &[usize], smallest: usize, available: usize, widths: impl Fn(usize) -> Vec<usize>) -> usize {
    let widest = natural.iter().copied().max().unwrap_or_default();
    (smallest..=widest).rev().find(|cap| widths(*cap).iter().sum::<usize>() <= available).unwrap_or(smallest)
}

/// A cell in lines of at most `width`: broken between words; a word that is too long for a line, after a mark in it or anywhere.
fn fold(cell: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in cell.split_inclusive(' ') {
        let fits = length(word.trim_end()) <= width;
        let pieces: Vec<&str> = if fits { vec![word] } else { word.split_inclusive(['/', '.', ',', ';', '_', '-']).collect() };
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
    fn columns_stand_side_by_side() {
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
        for width in 30..90 {
            let drawn = table(&["id", "from", "ports"], &rows, width);
            assert!(drawn.lines().all(|line| length(line) <= width), "{width}\n{drawn}");
            for column in ["redmond", "dublin", "5061"] {
                assert!(drawn.replace('\n', " ").contains(column), "{width}\n{drawn}");
            }
        }
        insta::assert_snapshot!(table(&["id", "from", "ports"], &rows, 40), @r"
        id               from             ports
        P01/redmond.     redmond.         tcp
        pool01.front_    clients,         5061
        ends             dublin.clients,
                         internet
        ");
    }

    #[test]
    fn folding_keeps_every_character() {
        assert_eq!(fold("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(fold("one two", 3), ["one", "two"]);
        assert_eq!(fold("", 3), [""]);
    }
}
