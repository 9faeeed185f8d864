//! Rows in files of their own that are read separately: figures, minimums, matrices.
//! The kinds are in `kinds/`.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[cfg(test)]
use super::Source;
use super::check::{CatalogError, Checks, parse};
use super::column::Column;
use super::files::{self, PerProduct, file, sound};
use super::raw::{Conditions, resolve};
use super::{Conflict, Provenance};
use crate::product::{Feature, Product};

/// A kind of row in a file of its own.
pub trait Fact: DeserializeOwned + Serialize + Sized + Send + Sync + 'static {
    /// The file, such as `limits.toml`; its rows are under the file's name without the ending.
    const FILE: &'static str;

    /// Whether the order of the file means something; else rows are sorted by id.
    const KEEPS_ORDER: bool = false;

    /// The row's name, unique among its kind.
    fn id(&self) -> &str;

    /// Step, source, confidence.
    fn provenance(&self) -> &Provenance;

    /// Where sources differ.
    fn conflicts(&self) -> &[Conflict] {
        &[]
    }

    /// The features that it is needed for, and the name of a shared condition in their place.
    fn condition(&mut self) -> Option<(&mut Vec<Vec<Feature>>, &mut Option<String>)> {
        None
    }

    /// Refuses what is wrong with a row beside its id and its provenance.
    fn check(&self, checks: &mut Checks<'_>);

    /// Where the rows that were read are kept.
    #[doc(hidden)]
    fn cache() -> &'static PerProduct<Vec<Self>>;
}

/// All rows of a kind; none for a release that has no such file.
pub fn facts<T: Fact>(product: Product) -> &'static [T] {
    let rows = |text| {
        let mut errors = Vec::new();
        let rows = rows(text, || files::conditions(product), &mut errors);
        sound(if errors.is_empty() { Ok(rows) } else { Err(errors) })
    };
    T::cache().get(product, || file(product, T::FILE).map_or_else(Vec::new, rows))
}

/// One row of a kind.
pub fn fact<T: Fact>(product: Product, id: &str) -> Option<&'static T> {
    facts::<T>(product).iter().find(|row| row.id() == id)
}

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
    /// What is wrong with its rows: they are checked when they change, not at each start.
    #[cfg(test)]
    pub(super) faults: fn(Product, &BTreeMap<String, Source>) -> Vec<CatalogError>,
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
            #[cfg(test)]
            faults: faults::<T>,
        }
    }
}

fn shown<T: Fact>(product: Product) -> Vec<(String, Value)> {
    let json = |row| serde_json::to_value(row).unwrap_or_default();
    facts::<T>(product).iter().map(|row| (row.id().to_owned(), json(row))).collect()
}

#[cfg(test)]
fn faults<T: Fact>(product: Product, sources: &BTreeMap<String, Source>) -> Vec<CatalogError> {
    let Some(text) = file(product, T::FILE) else { return Vec::new() };
    read::<T>(text, Some(sources), || files::conditions(product)).err().unwrap_or_default()
}

/// Reads a file of rows without checking them. Conditions are read where a row names one.
fn rows<T: Fact>(
    text: &str,
    conditions: impl Fn() -> Result<Conditions, CatalogError>,
    errors: &mut Vec<CatalogError>,
) -> Vec<T> {
    let section = T::FILE.trim_end_matches(".toml");
    let mut file: BTreeMap<String, Rows<T>> = parse(T::FILE, text).unwrap_or_else(|error| {
        errors.push(error);
        BTreeMap::from([(section.to_owned(), Rows(Vec::new()))])
    });
    let Some(Rows(mut rows)) = file.remove(section) else {
        errors.push(CatalogError { file: T::FILE.into(), row: None, problem: format!("it has no rows [[{section}]]") });
        return Vec::new();
    };
    let named = rows.iter_mut().any(|row| row.condition().is_some_and(|(_, name)| name.is_some()));
    let conditions = if named { conditions() } else { Ok(Conditions::new()) };
    let conditions = conditions.unwrap_or_else(|error| {
        errors.push(error);
        Conditions::new()
    });
    let mut checks = Checks::new(T::FILE, None, errors);
    for other in file.keys() {
        checks.refuse(other, format!("not a section of this file: rows stand under [[{section}]]"));
    }
    for row in &mut rows {
        if let Some((when, name)) = row.condition() {
            let (resolved, problem) = resolve(when, name.take().as_deref(), &conditions);
            *when = resolved;
            checks.refuse_if(row.id(), problem);
        }
    }
    if !T::KEEPS_ORDER {
        rows.sort_by(|a, b| a.id().cmp(b.id()));
    }
    rows
}

/// Reads a file of rows and checks them; without sources their keys are not looked up.
#[cfg(test)]
pub(super) fn read<T: Fact>(
    text: &str,
    sources: Option<&BTreeMap<String, Source>>,
    conditions: impl Fn() -> Result<Conditions, CatalogError>,
) -> Result<Vec<T>, Vec<CatalogError>> {
    let mut errors = Vec::new();
    let rows = rows::<T>(text, conditions, &mut errors);
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

#[derive(Deserialize)]
struct Rows<T>(Vec<T>);

/// Implements [`Fact`] for a type with the fields `id` and `provenance`. `keeps_order` says that the order of the file means
/// something, `condition` that the row has `when` and `condition`.
macro_rules! fact_row {
    (
        $row:ty,
        $file:literal,
        |$own:ident, $checks:ident| $check:expr
        $(, conflict: $conflict:ident)?
        $(, keeps_order: $keeps_order:literal)?
        $(, when: $when:ident, condition: $condition:ident)?
    ) => {
        impl $crate::catalog::fact::Fact for $row {
            const FILE: &'static str = $file;
            $(const KEEPS_ORDER: bool = $keeps_order;)?

            fn id(&self) -> &str {
                &self.id
            }

            fn provenance(&self) -> &$crate::catalog::Provenance {
                &self.provenance
            }

            $(fn conflicts(&self) -> &[$crate::catalog::Conflict] {
                self.$conflict.as_slice()
            })?

            $(fn condition(&mut self) -> Option<(&mut Vec<Vec<$crate::product::Feature>>, &mut Option<String>)> {
                Some((&mut self.$when, &mut self.$condition))
            })?

            fn check(&self, $checks: &mut $crate::catalog::check::Checks<'_>) {
                let $own = self;
                $check
            }

            fn cache() -> &'static $crate::catalog::files::PerProduct<Vec<Self>> {
                static CACHE: $crate::catalog::files::PerProduct<Vec<$row>> = $crate::catalog::files::PerProduct::new();
                &CACHE
            }
        }
    };
}

pub(super) use fact_row;

/// Reads rows that name no shared condition and whose sources are not looked up.
#[cfg(test)]
pub(super) fn read_rows<T: Fact>(text: &str) -> Result<Vec<T>, Vec<CatalogError>> {
    read(text, None, || Ok(Conditions::new()))
}
