//! A kind of row as the catalogue stores and shows it, whatever its type. The kinds are in `kinds/`.

use serde_json::Value;

use super::column::Column;
use super::fact::{Fact, facts};
#[cfg(any(test, not(stored_catalogue)))]
use super::fact_file;
use crate::product::Product;

/// A kind as the catalogue shows and checks it.
#[derive(Debug)]
pub struct Kind {
    /// Its name for the command line, such as `limits`.
    pub name: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What its rows say.
    pub about: &'static str,
    /// The columns of its table.
    pub columns: &'static [Column],
    /// Its rows with their ids.
    pub(super) rows: fn(Product) -> Vec<(String, Value)>,
    /// Its file.
    #[cfg(any(test, not(stored_catalogue)))]
    pub(super) file: &'static str,
    /// Reads and checks that file, and gives what is stored of it.
    #[cfg(any(test, not(stored_catalogue)))]
    pub(super) stored: fact_file::Store,
}

impl Kind {
    /// A kind by its type.
    pub(super) const fn of<T: Fact>(
        name: &'static str,
        title: &'static str,
        about: &'static str,
        columns: &'static [Column],
    ) -> Self {
        Self {
            name,
            title,
            about,
            columns,
            rows: shown::<T>,
            #[cfg(any(test, not(stored_catalogue)))]
            file: T::FILE,
            #[cfg(any(test, not(stored_catalogue)))]
            stored: fact_file::stored::<T>,
        }
    }
}

fn shown<T: Fact>(product: Product) -> Vec<(String, Value)> {
    let json = |row| serde_json::to_value(row).unwrap_or_default();
    facts::<T>(product).iter().map(|row| (row.id().to_owned(), json(row))).collect()
}
