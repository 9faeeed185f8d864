//! The steps of the deployment path and of a change.

use crate::catalog::check::Checks;
use crate::catalog::files::bytes;
#[cfg(test)]
use crate::catalog::written;
use crate::catalog::written::Sources;
use crate::catalog::written::forms::{Conditions, lines, nothing_else, plain_row, row, section};
use crate::catalog::written::layer::Table;
use crate::catalog::{CatalogError, StepCatalog};

/// A catalogue of steps as it is stored. Each step has a name of its own and its sources; whether the steps fit each other is for tests
/// to say.
pub(super) fn stored(file: &str, table: Table, conditions: &Conditions, sources: &Sources) -> Result<Vec<u8>, Vec<CatalogError>> {
    let (catalog, mut errors) = steps(file, table, conditions);
    let mut checks = Checks::new(file, Some(sources), &mut errors);
    checks.unique(catalog.steps.iter().map(|step| step.id.as_str()));
    catalog.steps.iter().for_each(|step| checks.provenance(&step.id, &step.provenance));
    if errors.is_empty() { bytes(file, &catalog).map_err(|error| vec![error]) } else { Err(errors) }
}

/// The rows that can be read, and what is wrong with the others.
fn steps(file: &str, mut table: Table, conditions: &Conditions) -> (StepCatalog, Vec<CatalogError>) {
    let mut errors = Vec::new();
    let phases = rows(file, &mut table, "phase", &mut errors, |phase| plain_row(file, phase));
    let steps = rows(file, &mut table, "step", &mut errors, |mut step| {
        lines(&mut step);
        row(file, step, conditions)
    });
    errors.extend(nothing_else(file, &table).err());
    (StepCatalog { phases, steps }, errors)
}

/// The rows of a section that can be read.
fn rows<T>(
    file: &str,
    table: &mut Table,
    name: &str,
    errors: &mut Vec<CatalogError>,
    read: impl Fn(Table) -> Result<T, CatalogError>,
) -> Vec<T> {
    let (mut rows, mut keep) = (Vec::new(), |error| errors.push(error));
    match section(file, table, name) {
        Ok(tables) => tables.into_iter().for_each(|table| read(table).map_or_else(&mut keep, |row| rows.push(row))),
        Err(error) => keep(error),
    }
    rows
}

/// Reads a catalogue of steps that name no shared condition.
#[cfg(test)]
pub(in crate::catalog) fn step_catalog(file: &str, text: &str) -> Result<StepCatalog, CatalogError> {
    let (catalog, errors) = steps(file, written::table(file, text)?, &Conditions::default());
    errors.into_iter().next().map_or(Ok(catalog), Err)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::written::forms::CONDITIONS;

    #[test]
    fn every_wrong_step_is_told() {
        let conditions = written::table(CONDITIONS, include_str!("../ocs_2007/conditions.toml")).expect("TOML");
        let conditions = Conditions::read(conditions).expect("conditions");
        let (first, last) = include_str!("../ocs_2007/steps.toml").rsplit_once("\nwhy = ").expect("a reason");
        let text = format!("{}\nwyh = {last}", first.replacen("\nstep = 1\n", "\nstep = 13\n", 1));
        let table = written::table("steps.toml", &text).expect("TOML");
        let told: Vec<String> = match stored("steps.toml", table, &conditions, &Sources::new()) {
            Ok(_) => Vec::new(),
            Err(errors) => errors.iter().map(ToString::to_string).collect(),
        };
        for problem in ["unknown field `wyh`", "no step 13", "is not in sources.toml"] {
            assert!(told.iter().any(|told| told.contains(problem)), "{problem}: {told:#?}");
        }
    }
}
