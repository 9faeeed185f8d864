//! A catalogue as sections of rows, for people and programs: `ocstopo catalog show` and the pages of `docs/catalogue/`.
//! A row keeps all of its fields under the names that they have in the TOML files, so that a new field is shown without a change here.

mod diff;
mod markdown;
mod row;
mod sections;

pub use crate::catalog::column::Column;
pub use diff::{Changed, Difference, diff_json, diff_markdown, differences};
pub use markdown::{markdown, row_markdown};
pub use row::{Disagreement, Row};
pub use sections::sections;

use serde_json::{Value, json};

use crate::product::Product;

/// A part of a catalogue.
#[derive(Debug)]
pub struct Section {
    /// Its name for the command line, such as `flows`.
    pub name: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What its rows say.
    pub about: &'static str,
    /// The columns of its table, the most needed first.
    pub columns: &'static [Column],
    /// Its rows, in the order of the catalogue.
    pub rows: Vec<Row>,
}

impl Section {
    /// The row with this id, in whatever case it is written.
    pub fn row(&self, id: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.id.eq_ignore_ascii_case(id))
    }

    /// The names of all fields that any row has: those of the table first, then the others by name.
    pub fn fields(&self) -> Vec<&str> {
        let mut fields: Vec<&str> = self.columns.iter().flat_map(|column| column.fields).copied().collect();
        let mut others: Vec<&str> = self.rows.iter().flat_map(|row| row.names()).filter(|name| !fields.contains(name)).collect();
        others.sort_unstable();
        others.dedup();
        fields.extend(others);
        fields
    }
}

/// Sections for programs.
pub fn json(product: Product, sections: &[Section]) -> Value {
    let section = |section: &Section| {
        let rows: Vec<&Value> = section.rows.iter().map(Row::json).collect();
        json!({ "name": section.name, "title": section.title, "about": section.about, "rows": rows })
    };
    json!({ "version": 1, "product": product.word(), "sections": sections.iter().map(section).collect::<Vec<_>>() })
}

#[cfg(test)]
mod tests;
