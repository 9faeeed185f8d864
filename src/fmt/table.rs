//! A run of blocks with a line each as a table: braces below each other, and attributes below those of the same name.

use super::body::{cells, header, items, key_of, one_line};
use super::width;
use crate::syntax::{Node, SyntaxKind};

/// One block.
struct Row<'t> {
    header: String,
    keys: Vec<&'t str>,
    cells: Vec<String>,
}

/// The lines of the blocks, without margin. If one of them gets longer than `most` by alignment, all have their braces aligned alone;
/// if one is too long even so, nothing is aligned: neighbours always look alike.
pub(super) fn table(blocks: &[Node<'_>], most: usize) -> Vec<String> {
    let mut rows: Vec<Row<'_>> = blocks.iter().map(|block| row(*block)).collect();
    let ragged = lines(&rows);
    let widest = rows.iter().map(|row| width(&row.header)).max().unwrap_or(0);
    for row in &mut rows {
        pad(&mut row.header, widest);
    }
    let braces = lines(&rows);
    align_cells(&mut rows, 0);
    let fit = |lines: &Vec<String>| lines.iter().all(|line| width(line) <= most);
    [lines(&rows), braces].into_iter().find(fit).unwrap_or(ragged)
}

fn row(block: Node<'_>) -> Row<'_> {
    Row { header: header(block), keys: items(block).map(column_of).collect(), cells: cells(block) }
}

/// What items of one column have in common.
fn column_of(item: Node<'_>) -> &str {
    if item.kind() == SyntaxKind::Assertion { "" } else { key_of(item) }
}

fn lines(rows: &[Row<'_>]) -> Vec<String> {
    rows.iter().map(|row| one_line(&row.header, &row.cells)).collect()
}

/// Aligns what follows the cells at `place`, in neighbouring rows whose attributes up to there are the same.
fn align_cells(rows: &mut [Row<'_>], place: usize) {
    for run in rows.chunk_by_mut(|above, below| above.keys.get(place) == below.keys.get(place)) {
        if run.first().is_none_or(|row| row.keys.len() <= place) {
            continue;
        }
        let followed = |row: &Row<'_>| row.cells.len() > place + 1;
        let widest = run.iter().filter(|row| followed(row)).map(|row| width(&row.cells[place])).max().unwrap_or(0);
        for row in run.iter_mut().filter(|row| followed(row)) {
            pad(&mut row.cells[place], widest);
        }
        align_cells(run, place + 1);
    }
}

fn pad(text: &mut String, to: usize) {
    let blanks = to.saturating_sub(width(text));
    text.extend(std::iter::repeat_n(' ', blanks));
}
