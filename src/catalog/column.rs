//! The columns of tables of rows: a kind of row names its own, and `show` draws them.

/// A column of a table: a title and its fields.
#[derive(Debug)]
pub struct Column {
    /// The title.
    pub title: &'static str,
    /// The fields, with a blank between them.
    pub fields: &'static [&'static str],
}

/// A column by its title and its fields.
pub(super) const fn column(title: &'static str, fields: &'static [&'static str]) -> Column {
    Column { title, fields }
}

/// The step of the Planning Guide.
pub(super) const STEP: Column = column("step", &["step"]);
/// How sure the row is.
pub(super) const CONFIDENCE: Column = column("confidence", &["confidence"]);
/// The titles of the pages that state it.
pub(super) const SOURCES: Column = column("sources", &["source_titles"]);
