//! Tables as the receivers read them.

use std::collections::BTreeMap;

/// The rows of a CSV artifact by their column; a first line that begins with `#` is a note.
pub fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let text = text.strip_prefix('#').map_or(text, |rest| rest.split_once('\n').map_or("", |(_, table)| table));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.expect("a row with all columns")).collect()
}

/// The items of a cell.
pub fn items(cell: &str) -> Vec<&str> {
    cell.split("; ").filter(|item| !item.is_empty()).collect()
}
