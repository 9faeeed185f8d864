//! A file of rows of one kind, read, checked and stored.

use super::CatalogError;
use super::check::Checks;
use super::fact::Fact;
use super::files;
use super::written::forms::{Conditions, nothing_else, row, section};
use super::written::layer::Table;
#[cfg(test)]
use super::written::{self, forms};
use super::written::{Sources, of_file};

/// Reads the rows of a file as they are stored.
pub(super) type Store = fn(Table, &Conditions, &Sources) -> Result<Vec<u8>, Vec<CatalogError>>;

/// Reads a file of rows and checks them; without sources their keys are not looked up.
fn rows<T: Fact>(mut table: Table, conditions: &Conditions, sources: Option<&Sources>) -> Result<Vec<T>, Vec<CatalogError>> {
    let name = T::FILE.trim_end_matches(".toml");
    if !table.contains_key(name) {
        return Err(vec![of_file(T::FILE, format!("it has no rows [[{name}]]"))]);
    }
    let mut errors = Vec::new();
    let mut rows: Vec<T> = Vec::new();
    for table in section(T::FILE, &mut table, name).map_err(|error| vec![error])? {
        match row(T::FILE, table, conditions) {
            Ok(row) => rows.push(row),
            Err(error) => errors.push(error),
        }
    }
    errors.extend(nothing_else(T::FILE, &table).err());
    if !T::KEEPS_ORDER {
        rows.sort_by(|a, b| a.id().cmp(b.id()));
    }
    let mut checks = Checks::new(T::FILE, sources, &mut errors);
    checks.unique(rows.iter().map(T::id));
    for row in &rows {
        checks.id(row.id());
        checks.provenance(row.id(), row.provenance());
        row.conflicts().iter().for_each(|conflict| checks.conflict(row.id(), Some(conflict)));
        row.check(&mut checks);
    }
    if errors.is_empty() { Ok(rows) } else { Err(errors) }
}

/// The rows of a file as they are stored.
pub(super) fn stored<T: Fact>(table: Table, conditions: &Conditions, sources: &Sources) -> Result<Vec<u8>, Vec<CatalogError>> {
    files::bytes(T::FILE, &rows::<T>(table, conditions, Some(sources))?).map_err(|error| vec![error])
}

/// Reads and checks rows, with the conditions of the first release.
#[cfg(test)]
pub(super) fn read<T: Fact>(text: &str, sources: Option<&Sources>) -> Result<Vec<T>, Vec<CatalogError>> {
    let table = |file, text| written::table(file, text).map_err(|error| vec![error]);
    let conditions = table(forms::CONDITIONS, include_str!("ocs_2007/conditions.toml"))?;
    let conditions = Conditions::read(conditions).map_err(|error| vec![error])?;
    rows(table(T::FILE, text)?, &conditions, sources)
}

/// Reads and checks rows whose sources are not looked up.
#[cfg(test)]
pub(super) fn read_rows<T: Fact>(text: &str) -> Result<Vec<T>, Vec<CatalogError>> {
    read(text, None)
}
