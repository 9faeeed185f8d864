//! What one release has that another has not, section by section and field by field, with the reason that the later one's files
//! give.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde::Serialize;
use serde_json::{Value, json};

use super::{Row, Section, sections};
use crate::catalog::{ChangeRow, changes};
use crate::product::Product;

/// The differences of one section that has any.
#[derive(Debug, Serialize)]
pub struct Difference {
    /// The section's name for the command line.
    pub section: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// Rows that only the second release has: id and what the row says.
    pub new: Vec<(String, String)>,
    /// Rows that only the first release has: id and why the second does not have them.
    #[serde(rename = "gone")]
    pub removed: Vec<(String, String)>,
    /// Rows of both that say different things.
    pub changed: Vec<Changed>,
}

/// A row that both releases have.
#[derive(Debug, Serialize)]
pub struct Changed {
    /// Its name.
    pub id: String,
    /// Why it differs; nothing where the files give no reason, as for steps from the later to the earlier release.
    #[serde(rename = "because")]
    pub reason: String,
    /// Fields: name, what the first release says, what the second says.
    pub fields: Vec<(String, String, String)>,
}

/// The source of a fact is not part of the fact.
const APART: [&str; 2] = ["source", "source_titles"];

/// What changes from one release to another, in the order of sections.
pub fn differences(from: Product, to: Product) -> Vec<Difference> {
    let (old, new) = (sections(from), sections(to));
    // Where two releases change a row, the later one has the last word.
    let between = Product::ALL.into_iter().rev().filter(|product| from.min(to) < *product && *product <= from.max(to));
    let reasons: Vec<&ChangeRow> = between.flat_map(changes).collect();
    let rows = |sections: &'_ [Section], name| sections.iter().position(|section: &Section| section.name == name);
    let mut found = Vec::new();
    for section in &new {
        let earlier = rows(&old, section.name).map_or(&[][..], |at| &old[at].rows);
        found.push(difference(section, earlier, &section.rows, &reasons));
    }
    for section in old.iter().filter(|section| rows(&new, section.name).is_none()) {
        found.push(difference(section, &section.rows, &[], &reasons));
    }
    // Which pages are named follows from the rows that name them.
    found.retain(|d| d.section != "sources" && !(d.new.is_empty() && d.removed.is_empty() && d.changed.is_empty()));
    found
}

/// The rows of one section before and after.
fn difference(section: &Section, old: &[Row], new: &[Row], reasons: &[&ChangeRow]) -> Difference {
    let (name, title) = (section.name, section.title);
    let earlier: BTreeMap<&str, &Row> = old.iter().map(|row| (row.id.as_str(), row)).collect();
    let later: BTreeSet<&str> = new.iter().map(|row| row.id.as_str()).collect();
    let reason = |id: &str| {
        let of = |change: &&&ChangeRow| change.id == id && change.section.trim_end_matches('s') == name.trim_end_matches('s');
        reasons.iter().find(of).map(|change| change.reason.clone()).unwrap_or_default()
    };
    let mut difference = Difference { section: name, title, new: Vec::new(), removed: Vec::new(), changed: Vec::new() };
    for row in new {
        let Some(earlier) = earlier.get(row.id.as_str()) else {
            difference.new.push((row.id.clone(), cell_texts(section, row)));
            continue;
        };
        let names: BTreeSet<&str> = row.names().chain(earlier.names()).filter(|name| !APART.contains(name)).collect();
        let fields = names.into_iter().map(|name| (name.to_owned(), earlier.field(name), row.field(name)));
        let fields: Vec<_> = fields.filter(|(_, old, new)| old != new).collect();
        if !fields.is_empty() {
            difference.changed.push(Changed { id: row.id.clone(), reason: reason(&row.id), fields });
        }
    }
    let removed = old.iter().filter(|row| !later.contains(row.id.as_str()));
    difference.removed.extend(removed.map(|row| (row.id.clone(), reason(&row.id))));
    difference
}

/// What a row says, from the columns of its table.
fn cell_texts(section: &Section, row: &Row) -> String {
    let columns = section.columns.iter().filter(|column| !column.fields.contains(&"id"));
    let cells = columns.map(|column| (column, row.cell(column.fields)));
    let shown = cells.filter(|(column, cell)| {
        !cell.is_empty() && !column.fields.iter().any(|field| ["step", "confidence", "source_titles", "breaks"].contains(field))
    });
    shown.map(|(_, cell)| cell).collect::<Vec<_>>().join("; ")
}

/// The differences as a Markdown page, or as the second part of one.
pub fn diff_markdown(from: Product, to: Product, differences: &[Difference], heading: &str) -> String {
    let mut text = format!("{heading} From {} to {}\n\n", from.title(), to.title());
    let _ = writeln!(
        text,
        "The changes of the later release; everything else is unchanged. `ocstopo catalog diff {} {}` prints the same.",
        from.word(),
        to.word()
    );
    for difference in differences {
        let _ = writeln!(text, "\n{heading}# {}: changes\n", difference.title);
        for changed in &difference.changed {
            let reason =
                if changed.reason.is_empty() { String::new() } else { format!(": {}", super::markdown::span(&changed.reason)) };
            let _ = writeln!(text, "- changed {}{reason}", super::markdown::span(&changed.id));
            for (name, old, new) in &changed.fields {
                let (name, old, new) = (super::markdown::span(name), quoted(old), quoted(new));
                let _ = writeln!(text, "  - {name}: {old} becomes {new}");
            }
        }
        for (word, rows) in [("new", &difference.new), ("gone", &difference.removed)] {
            for (id, cells) in rows {
                let cells = if cells.is_empty() { String::new() } else { format!(": {}", super::markdown::span(cells)) };
                let _ = writeln!(text, "- {word} {}{cells}", super::markdown::span(id));
            }
        }
    }
    text
}

fn quoted(value: &str) -> String {
    if value.is_empty() { "nothing".to_owned() } else { super::markdown::span(value) }
}

/// The differences for programs.
pub fn diff_json(from: Product, to: Product, differences: &[Difference]) -> Value {
    json!({ "version": 1, "from": from.word(), "to": to.word(), "sections": differences })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_does_not_differ_from_itself() {
        for product in Product::ALL {
            assert!(differences(product, product).is_empty());
        }
    }

    #[test]
    fn both_ways_name_the_same_rows() {
        let there = differences(Product::Ocs2007, Product::Ocs2007R2);
        let back = differences(Product::Ocs2007R2, Product::Ocs2007);
        let ids = |rows: &[(String, String)]| rows.iter().map(|(id, _)| id.clone()).collect::<BTreeSet<_>>();
        for (there, back) in there.iter().zip(&back) {
            assert_eq!((there.section, ids(&there.new), ids(&there.removed)), (back.section, ids(&back.removed), ids(&back.new)));
            assert_eq!(there.changed.len(), back.changed.len());
        }
    }

    #[test]
    fn removed_and_changed_rows_have_reasons() {
        for difference in differences(Product::Ocs2007, Product::Ocs2007R2) {
            let silent: Vec<&str> = difference
                .removed
                .iter()
                .filter(|(_, reason)| reason.is_empty())
                .map(|(id, _)| id.as_str())
                .chain(difference.changed.iter().filter(|changed| changed.reason.is_empty()).map(|changed| changed.id.as_str()))
                // What a shared condition means is changed in one place for all rows that name it.
                .filter(|id| !difference.changed.iter().any(|c| c.id == *id && c.fields.iter().all(|(name, ..)| name == "when")))
                .collect();
            assert!(silent.is_empty(), "{}: {silent:?}", difference.section);
        }
    }
}
