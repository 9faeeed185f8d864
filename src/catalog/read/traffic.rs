//! The rows about traffic: features, listeners, flows, put together from their files and checked by themselves and against each other.

use super::requirements;
use crate::catalog::check::Checks;
#[cfg(test)]
use crate::catalog::written;
use crate::catalog::written::forms::{Conditions, nothing_else, plain_row, row, section};
use crate::catalog::written::layer::Table;
use crate::catalog::written::{Files, Sources, of_file};
use crate::catalog::{Catalog, CatalogError, LeftOut};

/// Whether a file is one of these.
pub(super) fn is_one(file: &str) -> bool {
    ["features.toml", "left_out.toml", "listeners.toml"].contains(&file) || file.starts_with("flows/")
}

/// Puts a catalogue together from files about traffic. All errors are found, as far as what is wrong does not hide them.
pub(super) fn assemble(files: Files, conditions: &Conditions, sources: &Sources) -> Result<Catalog, Vec<CatalogError>> {
    let mut rows = Rows { catalog: Catalog::default(), conditions, sources, errors: Vec::new() };
    for (file, mut table) in files {
        let outcome = match file.as_str() {
            "features.toml" => rows.features(&file, &mut table),
            "listeners.toml" => rows.listeners(&file, &mut table),
            _ if is_one(&file) => rows.flows(&file, &mut table),
            _ => Err(of_file(&file, "not a file of a catalogue")),
        };
        rows.errors.extend(outcome.and_then(|()| nothing_else(&file, &table)).err());
    }
    rows.together();
    if rows.errors.is_empty() { Ok(rows.catalog) } else { Err(rows.errors) }
}

/// Reads the files of a catalogue as they are written, with their sources and conditions.
#[cfg(test)]
pub(super) fn load(files: &[(&str, &str)]) -> Result<Catalog, Vec<CatalogError>> {
    let one = |error| vec![error];
    let tables = files.iter().map(|(file, text)| Ok(((*file).to_owned(), written::table(file, text)?)));
    let mut tables: Files = tables.collect::<Result<_, _>>().map_err(one)?;
    let sources = written::sources(&mut tables).map_err(one)?;
    let conditions = Conditions::read(tables.remove(written::forms::CONDITIONS).unwrap_or_default()).map_err(one)?;
    assemble(tables, &conditions, &sources)
}

/// A catalogue in the making.
struct Rows<'r> {
    catalog: Catalog,
    conditions: &'r Conditions,
    sources: &'r Sources,
    errors: Vec<CatalogError>,
}

impl Rows<'_> {
    /// The rows of a section, each checked; those that cannot be read are errors.
    fn section<T>(
        &mut self,
        file: &str,
        table: &mut Table,
        name: &str,
        read: impl Fn(&str, Table, &Conditions) -> Result<T, CatalogError>,
        check: impl Fn(&mut Checks<'_>, &T),
    ) -> Result<Vec<T>, CatalogError> {
        let mut rows = Vec::new();
        for table in section(file, table, name)? {
            match read(file, table, self.conditions) {
                Ok(row) => {
                    check(&mut Checks::new(file, Some(self.sources), &mut self.errors), &row);
                    rows.push(row);
                }
                Err(error) => self.errors.push(error),
            }
        }
        Ok(rows)
    }

    fn flows(&mut self, file: &str, table: &mut Table) -> Result<(), CatalogError> {
        let flows = self.section(file, table, "flow", row, requirements::flow)?;
        let plain = |file: &str, row, _: &Conditions| plain_row::<LeftOut>(file, row);
        let left_out = self.section(file, table, "left_out", plain, |checks, row| checks.left_out(row))?;
        self.catalog.flows.extend(flows);
        self.catalog.left_out.extend(left_out);
        Ok(())
    }

    fn listeners(&mut self, file: &str, table: &mut Table) -> Result<(), CatalogError> {
        let listeners = self.section(file, table, "listener", row, requirements::listener)?;
        self.catalog.listeners.extend(listeners);
        Ok(())
    }

    fn features(&mut self, file: &str, table: &mut Table) -> Result<(), CatalogError> {
        let features = self.section(file, table, "feature", row, requirements::feature)?;
        let combinations = self.section(file, table, "combination", row, requirements::combination)?;
        self.catalog.features.extend(features);
        self.catalog.combinations.extend(combinations);
        Ok(())
    }

    /// Order, and what only shows when all files are there.
    fn together(&mut self) {
        let Self { catalog, sources, errors, .. } = self;
        catalog.flows.sort_by(|a, b| a.id.cmp(&b.id));
        catalog.left_out.sort_by(|a, b| a.id.cmp(&b.id));
        catalog.listeners.sort_by(|a, b| (a.role, a.side, &a.id).cmp(&(b.role, b.side, &b.id)));
        catalog.features.sort_by_key(|row| row.feature);
        catalog.combinations.sort_by(|a, b| a.id.cmp(&b.id));
        let mut checks = Checks::new("features.toml", Some(sources), errors);
        checks.unique(catalog.features.iter().map(|row| row.feature.word()));
        checks.unique(catalog.combinations.iter().map(|row| row.id.as_str()));
        let mut checks = Checks::new("listeners.toml", Some(sources), errors);
        checks.unique(catalog.listeners.iter().map(|row| row.id.as_str()));
        let mut checks = Checks::new("flows", Some(sources), errors);
        let ids = catalog.flows.iter().map(|row| &row.id).chain(catalog.left_out.iter().map(|row| &row.id));
        checks.unique(ids.map(String::as_str));
        let listening = requirements::Listening::new(&catalog.listeners);
        for flow in &catalog.flows {
            listening.answer(&mut checks, flow);
        }
    }
}
