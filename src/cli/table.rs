//! Tables for terminals: columns side by side, cells folded where the width is short, nothing cut off.

/// Between two columns.
const GAP: &str = "  ";
/// No column is folded narrower than this.
const NARROWEST: usize = 8;

/// A table with its header, at most `width` columns wide unless that is too narrow for anything.
pub(super) fn table(header: &[&str], rows: &[Vec<String>], width: usize) -> String {
    let natural: Vec<usize> = header
        .iter()
        .enumerate()
        .map(|(column, title)| {
            let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| length(cell));
            cells.chain([length(title)]).max().unwrap_or_default()
        })
        .collect();
    let widths = fitted(&natural, width.saturating_sub(GAP.len() * header.len().saturating_sub(1)));
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

/// The widths with the widest columns made narrower until all fit.
fn fitted(natural: &[usize], available: usize) -> Vec<usize> {
    let capped = |cap: usize| natural.iter().map(|width| *width.min(&cap)).collect::<Vec<_>>();
    let widest = natural.iter().copied().max().unwrap_or_default();
    let cap = (NARROWEST..=widest).rev().find(|cap| capped(*cap).iter().sum::<usize>() <= available).unwrap_or(NARROWEST);
    let mut widths = capped(cap);
    // What is left over goes to folded columns, from the left.
    let mut left = available.saturating_sub(widths.iter().sum());
    for (width, natural) in widths.iter_mut().zip(natural) {
        let more = left.min(natural - *width);
        *width += more;
        left -= more;
    }
    widths
}

/// A cell in lines of at most `width`: broken after a blank or a mark between words where there is one, else anywhere.
fn fold(cell: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in cell.split_inclusive([' ', '/', '.', ',', ';', '_', '-', '>']) {
        if length(line.as_str()) + length(piece.trim_end()) > width && !line.is_empty() {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
        for c in piece.chars() {
            if length(&line) >= width && c != ' ' {
                lines.push(std::mem::take(&mut line).trim_end().to_owned());
            }
            line.push(c);
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
        insta::assert_snapshot!(table(&["id", "from", "to"], &rows, 80), @"");
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
        insta::assert_snapshot!(table(&["id", "from", "ports"], &rows, 40), @"");
    }

    #[test]
    fn folding_keeps_every_character() {
        assert_eq!(fold("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(fold("one two", 3), ["one", "two"]);
        assert_eq!(fold("", 3), [""]);
    }
}
