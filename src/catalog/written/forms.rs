//! What people may write shorter than the types of rows say: a condition by its name, the provenance beside the values, a line of a step
//! as its text alone.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::layer::{Table, id_of};
use super::of_file;
use crate::catalog::CatalogError;
use crate::product::Feature;

/// The file of the conditions.
pub(in crate::catalog) const CONDITIONS: &str = "conditions.toml";

/// Sets of features by name, so that the same condition is written once.
#[derive(Debug, Default)]
pub(in crate::catalog) struct Conditions(Table);

impl Conditions {
    /// Reads the conditions of a release.
    pub(in crate::catalog) fn read(table: Table) -> Result<Self, CatalogError> {
        let typed: Result<BTreeMap<String, Vec<Vec<Feature>>>, _> = serde_json::from_value(Value::Object(table.clone()));
        typed.map_err(|error| of_file(CONDITIONS, error.to_string()))?;
        Ok(Self(table))
    }

    /// Puts `when` in the place of the name of a condition.
    fn resolve(&self, row: &mut Table) -> Result<(), String> {
        let Some(name) = row.remove("condition") else { return Ok(()) };
        let own = row.get("when").and_then(Value::as_array);
        if own.is_some_and(|own| !own.is_empty()) {
            return Err("`when` and `condition` exclude each other".into());
        }
        let name = name.as_str().ok_or("`condition` is the name of a condition")?;
        let when = self.0.get(name).ok_or_else(|| format!("`{name}` is not in {CONDITIONS}"))?;
        row.insert("when".to_owned(), when.clone());
        Ok(())
    }
}

/// The fields of [`Provenance`](crate::catalog::Provenance).
const PROVENANCE: [&str; 3] = ["step", "source", "confidence"];

/// Puts the provenance into a table of its own, which is not written in files.
fn nest(row: &mut Table) -> Result<(), String> {
    if row.contains_key("provenance") {
        return Err("unknown field `provenance`".into());
    }
    let own = PROVENANCE.into_iter().filter_map(|field| Some((field.to_owned(), row.remove(field)?)));
    let own: Table = own.collect();
    row.insert("provenance".to_owned(), Value::Object(own));
    Ok(())
}

/// The lists of a step whose lines may be a text alone, and those of such a line.
const LINES: [&str; 3] = ["do", "alternative", "undo"];
const TYPED: [&str; 2] = ["values", "commands"];

/// Makes a table of each line that is a text alone.
pub(in crate::catalog) fn lines(step: &mut Table) {
    for name in LINES {
        tables(step, name);
        for line in step.get_mut(name).and_then(Value::as_array_mut).into_iter().flatten() {
            if let Value::Object(line) = line {
                TYPED.into_iter().for_each(|name| tables(line, name));
            }
        }
    }
}

fn tables(table: &mut Table, name: &str) {
    let lines = table.get_mut(name).and_then(Value::as_array_mut);
    for line in lines.into_iter().flatten().filter(|line| line.is_string()) {
        *line = Value::Object(Table::from_iter([("text".to_owned(), line.take())]));
    }
}

/// A row of the type: one with a provenance, and with a condition by its name perhaps.
pub(in crate::catalog) fn row<T: DeserializeOwned>(
    file: &str,
    mut row: Table,
    conditions: &Conditions,
) -> Result<T, CatalogError> {
    let id = id_of(&row).map(str::to_owned);
    // Where serde names fields, people need those that they write.
    let written = PROVENANCE.map(|field| format!("`{field}`")).join(", ");
    let own = if row.contains_key("condition") { "condition" } else { "when" };
    let as_written = |problem: String| {
        problem.replace("`provenance`", &written).replacen("unknown field `when`", &format!("unknown field `{own}`"), 1)
    };
    let read = |row| typed(row).map_err(as_written);
    let made = nest(&mut row).and_then(|()| conditions.resolve(&mut row)).and_then(|()| read(row));
    made.map_err(|problem| CatalogError { file: file.to_owned(), row: id, problem })
}

/// A row without a provenance.
pub(in crate::catalog) fn plain_row<T: DeserializeOwned>(file: &str, row: Table) -> Result<T, CatalogError> {
    let id = id_of(&row).map(str::to_owned);
    typed(row).map_err(|problem| CatalogError { file: file.to_owned(), row: id, problem })
}

fn typed<T: DeserializeOwned>(row: Table) -> Result<T, String> {
    serde_json::from_value(Value::Object(row)).map_err(|error| error.to_string())
}

/// The rows of a section, which is taken out of the file; nothing where it has none.
pub(in crate::catalog) fn section(file: &str, table: &mut Table, name: &str) -> Result<Vec<Table>, CatalogError> {
    let Some(rows) = table.remove(name) else { return Ok(Vec::new()) };
    let no_rows = || of_file(file, format!("`{name}` holds rows: [[{name}]]"));
    let Value::Array(rows) = rows else { return Err(no_rows()) };
    let table = |row| match row {
        Value::Object(row) => Ok(row),
        _ => Err(no_rows()),
    };
    rows.into_iter().map(table).collect()
}

/// Refuses what is left of a file after its sections were taken out.
pub(in crate::catalog) fn nothing_else(file: &str, table: &Table) -> Result<(), CatalogError> {
    match table.keys().next() {
        Some(key) => Err(of_file(file, format!("`{key}` is no section of this file"))),
        None => Ok(()),
    }
}
