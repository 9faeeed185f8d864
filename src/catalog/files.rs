//! What the build script stored of each release, taken out part by part: postcard, which names no fields.

use std::sync::OnceLock;

use serde::de::DeserializeOwned;

use crate::product::Product;

/// The releases by their words, each with its parts: a name and its bytes.
type Parts = &'static [(&'static str, &'static [(&'static str, &'static [u8])])];

#[cfg(stored_catalogue)]
mod built {
    include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));
}

/// The build script has stored nothing yet.
#[cfg(not(stored_catalogue))]
mod built {
    pub(super) const SAMPLES: &[u8] = &[];
    pub(super) const PARTS: super::Parts = &[];
    pub(super) const ROWS: &[(&str, usize)] = &[];
}

/// The part with the pages that rows name.
pub(super) const SOURCES: &str = "sources.toml";
/// The part with features, listeners and flows.
pub(super) const TRAFFIC: &str = "traffic";
/// The part that says what a release changes of the one before.
pub(super) const CHANGES: &str = "changes.toml";

/// A part of what is known of a release; `None` where it has no such file.
pub(super) fn part<T: DeserializeOwned>(product: Product, name: &str) -> Option<T> {
    let (_, parts) = built::PARTS.iter().find(|(release, _)| *release == product.word())?;
    let (_, bytes) = parts.iter().find(|(known, _)| *known == name)?;
    Some(read(bytes))
}

/// What holds for every release.
pub(super) fn samples<T: DeserializeOwned>() -> T {
    read(built::SAMPLES)
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> T {
    postcard::from_bytes(bytes).expect("the build script wrote this type")
}

/// A part as [`part`] takes it out.
#[cfg(any(test, not(stored_catalogue)))]
pub(super) fn bytes(name: &str, part: &impl serde::Serialize) -> Result<Vec<u8>, super::CatalogError> {
    postcard::to_allocvec(part).map_err(|error| super::CatalogError {
        file: name.to_owned(),
        row: None,
        problem: error.to_string(),
    })
}

/// How many rows a release has, as far as `ocstopo catalog show` has them.
pub fn row_count(product: Product) -> usize {
    built::ROWS.iter().find(|(release, _)| *release == product.word()).map_or(0, |(_, rows)| *rows)
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
        let folders: Vec<&str> = built::PARTS.iter().map(|(release, _)| *release).collect();
        assert_eq!(folders, Product::ALL.map(Product::word));
    }
}
