//! The rows of a release as the program keeps them.

use serde_json::Value;

use super::{steps, traffic};
use crate::catalog::files::{CHANGES, SOURCES, TRAFFIC, bytes};
use crate::catalog::kinds::KINDS;
use crate::catalog::step::{CHANGE_STEPS, STEPS};
use crate::catalog::written::forms::{CONDITIONS, Conditions, plain_row};
use crate::catalog::written::layer::Table;
use crate::catalog::written::{Files, of_file, sources};
use crate::catalog::{CatalogError, ChangeRow, Samples};

/// A part of what is stored: its name and its bytes.
pub(crate) type Part = (&'static str, Vec<u8>);

/// Reads and checks all files of a release, with the notes about what they change.
pub(crate) fn parts(mut files: Files, changes: Vec<Value>) -> Result<Vec<Part>, Vec<CatalogError>> {
    let one = |error| vec![error];
    let sources = sources(&mut files).map_err(one)?;
    let conditions = Conditions::read(files.remove(CONDITIONS).unwrap_or_default()).map_err(one)?;
    let (about_traffic, mut files): (Files, Files) = files.into_iter().partition(|(file, _)| traffic::is_one(file));
    let mut errors = Vec::new();
    let mut parts: Vec<Part> = Vec::new();
    let mut keep = |name, part: Result<Vec<u8>, Vec<CatalogError>>| match part {
        Ok(bytes) => parts.push((name, bytes)),
        Err(found) => errors.extend(found),
    };
    keep(SOURCES, bytes(SOURCES, &sources).map_err(one));
    keep(TRAFFIC, traffic::assemble(about_traffic, &conditions, &sources).and_then(|rows| bytes(TRAFFIC, &rows).map_err(one)));
    for kind in KINDS {
        if let Some(table) = files.remove(kind.file) {
            keep(kind.file, (kind.stored)(table, &conditions, &sources));
        }
    }
    for file in [STEPS, CHANGE_STEPS] {
        keep(file, steps::stored(file, files.remove(file).unwrap_or_default(), &conditions, &sources));
    }
    keep(CHANGES, notes(changes).and_then(|rows| bytes(CHANGES, &rows)).map_err(one));
    errors.extend(files.keys().map(|file| of_file(file, "not a file of a catalogue")));
    if errors.is_empty() { Ok(parts) } else { Err(errors) }
}

/// What holds for every release.
pub(crate) fn samples(file: &str, table: Table) -> Result<Vec<u8>, CatalogError> {
    bytes(file, &plain_row::<Samples>(file, table)?)
}

fn notes(changes: Vec<Value>) -> Result<Vec<ChangeRow>, CatalogError> {
    let row = |row| match row {
        Value::Object(row) => plain_row(CHANGES, row),
        _ => Err(of_file(CHANGES, "a note is a table")),
    };
    changes.into_iter().map(row).collect()
}
