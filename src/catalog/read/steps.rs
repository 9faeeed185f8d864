//! The steps of the deployment path and of a change.

#[cfg(test)]
use crate::catalog::written;
use crate::catalog::written::forms::{Conditions, lines, nothing_else, plain_row, row, section};
use crate::catalog::written::layer::Table;
use crate::catalog::{CatalogError, StepCatalog};

/// Reads a catalogue of steps. Whether the steps fit each other is for tests to say.
pub(super) fn steps(file: &str, mut table: Table, conditions: &Conditions) -> Result<StepCatalog, CatalogError> {
    let phases = section(file, &mut table, "phase")?.into_iter().map(|phase| plain_row(file, phase));
    let phases = phases.collect::<Result<_, _>>()?;
    let step = |mut step| {
        lines(&mut step);
        row(file, step, conditions)
    };
    let steps = section(file, &mut table, "step")?.into_iter().map(step).collect::<Result<_, _>>()?;
    nothing_else(file, &table)?;
    Ok(StepCatalog { phases, steps })
}

/// Reads a catalogue of steps that name no shared condition.
#[cfg(test)]
pub(in crate::catalog) fn step_catalog(file: &str, text: &str) -> Result<StepCatalog, CatalogError> {
    steps(file, written::table(file, text)?, &Conditions::default())
}
