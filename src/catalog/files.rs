//! The files of each release as they were built in: JSON, a later release laid over the earlier one (`layer.rs`).

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::Source;
use super::check::{CatalogError, parse};
use super::raw::Conditions;
use crate::product::Product;

mod built {
    include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));
}

/// What holds for every release: sample names and addresses.
pub(super) const SAMPLES: &str = built::SAMPLES;

/// The files of a release with their names, such as `flows/perimeter.toml`.
pub(super) fn files(product: Product) -> &'static [(&'static str, &'static str)] {
    built::FILES.iter().find(|(release, _)| *release == product.word()).map_or(&[], |(_, files)| files)
}

/// How many rows a release has, as far as `ocstopo catalog show` has them.
pub fn row_count(product: Product) -> usize {
    built::ROWS.iter().find(|(release, _)| *release == product.word()).map_or(0, |(_, rows)| *rows)
}

/// One file of a release.
pub(super) fn file(product: Product, name: &str) -> Option<&'static str> {
    files(product).iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// The pages that rows of a release name, by key.
pub(super) fn sources(product: Product) -> Result<BTreeMap<String, Source>, CatalogError> {
    let mut pages = BTreeMap::new();
    for name in ["sources.toml", "sources_steps.toml", "sources_devices.toml", "sources_clients.toml"] {
        let own: BTreeMap<String, Source> = parse(name, file(product, name).unwrap_or("{}"))?;
        for (key, page) in own {
            if pages.insert(key.clone(), page).is_some() {
                return Err(CatalogError { file: name.into(), row: Some(key), problem: "stands twice".into() });
            }
        }
    }
    Ok(pages)
}

/// The conditions that rows of a release share, for the files that are read separately from its flows.
pub(super) fn conditions(product: Product) -> Result<Conditions, CatalogError> {
    parse("conditions.toml", file(product, "conditions.toml").unwrap_or("{}"))
}

/// A value of each release, made when it is first asked for.
pub struct PerProduct<T>([OnceLock<T>; Product::ALL.len()]);

impl<T> PerProduct<T> {
    /// Nothing made yet.
    pub(super) const fn new() -> Self {
        Self([const { OnceLock::new() }; Product::ALL.len()])
    }

    /// The value of a release.
    pub(super) fn get(&self, product: Product, make: impl FnOnce() -> T) -> &T {
        self.0[product as usize].get_or_init(make)
    }
}

/// The rows of a built-in file. Tests read all files with all checks, so a refused row is a bug of this program.
pub(super) fn sound<T>(rows: Result<T, Vec<CatalogError>>) -> T {
    rows.unwrap_or_else(|errors| {
        let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
        panic!("the built-in catalogue has errors: {}", errors.join("; "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_those_that_are_shown() {
        for product in Product::ALL {
            let shown = crate::catalog::show::sections(product).iter().map(|section| section.rows.len()).sum::<usize>();
            assert_eq!(row_count(product), shown, "{}", product.word());
        }
    }

    #[test]
    fn each_release_has_its_folder_and_each_folder_its_release() {
        let folders: Vec<&str> = built::FILES.iter().map(|(release, _)| *release).collect();
        assert_eq!(folders, Product::ALL.map(Product::word));
    }
}
