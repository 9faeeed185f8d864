//! Rows as people write them: TOML files in the folder of a release, laid over those of the release before.
//! The build script reads and checks them here and stores them ([`store`]); the program has what is stored and none of this. Tests read
//! single rows.

pub(crate) mod layer;
pub(crate) mod store;

mod forms;
mod requirements;
mod rows;
mod steps;
mod traffic;

#[cfg(test)]
mod tests_refusals;

use std::collections::BTreeMap;

use super::{CatalogError, Source};

pub(super) use forms::Conditions;
pub(super) use rows::stored;
#[cfg(test)]
pub(super) use rows::{read, read_rows};
#[cfg(test)]
pub(super) use steps::step_catalog;

/// The files of a release by name, such as `flows/perimeter.toml`.
pub(crate) type Files = BTreeMap<String, layer::Table>;

/// The pages that rows name, by key.
pub(super) type Sources = BTreeMap<String, Source>;

/// Reads the rows of a file as they are stored.
pub(super) type Store = fn(layer::Table, &Conditions, &Sources) -> Result<Vec<u8>, Vec<CatalogError>>;

/// What a file says that is wrong as a whole.
fn of_file(file: &str, problem: impl Into<String>) -> CatalogError {
    CatalogError { file: file.to_owned(), row: None, problem: problem.into() }
}

/// A file as it is written; an error names the row around its place.
pub(crate) fn table(file: &str, text: &str) -> Result<layer::Table, CatalogError> {
    layer::read(text).map_err(|problem| of_file(file, problem))
}
