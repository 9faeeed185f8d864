//! Rows as people write them: TOML files in the folder of a release, laid over those of the release before (`layer`), with the short
//! forms that people may use (`forms`). Knows no kind of row.

pub(super) mod forms;
pub(crate) mod layer;

use std::collections::BTreeMap;

use super::{CatalogError, Source};

/// The files of a release by name, such as `flows/perimeter.toml`.
pub(crate) type Files = BTreeMap<String, layer::Table>;

/// The pages that rows name, by key.
pub(super) type Sources = BTreeMap<String, Source>;

/// What a file says that is wrong as a whole.
pub(super) fn of_file(file: &str, problem: impl Into<String>) -> CatalogError {
    CatalogError { file: file.to_owned(), row: None, problem: problem.into() }
}

/// A file as it is written.
pub(crate) fn table(file: &str, text: &str) -> Result<layer::Table, CatalogError> {
    layer::read(text).map_err(|problem| of_file(file, problem))
}

/// Takes the pages that rows name out of the files.
pub(super) fn sources(files: &mut Files) -> Result<Sources, CatalogError> {
    let mut pages = Sources::new();
    let own: Vec<String> = files.keys().filter(|file| file.starts_with("sources")).cloned().collect();
    for file in own {
        let table = files.remove(&file).unwrap_or_default();
        for (key, page) in forms::plain_row::<Sources>(&file, table)? {
            if pages.insert(key.clone(), page).is_some() {
                return Err(CatalogError { file, row: Some(key), problem: "appears twice".into() });
            }
        }
    }
    Ok(pages)
}
