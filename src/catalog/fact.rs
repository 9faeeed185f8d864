//! Rows in files of their own that are read separately: figures, minimums, matrices.
//! The types are in `kinds/`.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::check::Checks;
use super::files::{self, PerProduct};
use super::{Conflict, Provenance};
use crate::product::Product;

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

    /// Refuses what is wrong with a row beside its id and its provenance.
    fn check(&self, checks: &mut Checks<'_>);

    /// Where the rows that were read are kept.
    #[doc(hidden)]
    fn cache() -> &'static PerProduct<Vec<Self>>;
}

/// All rows of a kind; none for a release that has no such file.
pub fn facts<T: Fact>(product: Product) -> &'static [T] {
    T::cache().get(product, || files::part(product, T::FILE).unwrap_or_default())
}

/// One row of a kind.
pub fn fact<T: Fact>(product: Product, id: &str) -> Option<&'static T> {
    facts::<T>(product).iter().find(|row| row.id() == id)
}

/// Implements [`Fact`] for a type with the fields `id` and `provenance`. `keeps_order` says that the order of the file means
/// something.
macro_rules! fact_row {
    (
        $row:ty,
        $file:literal,
        |$own:ident, $checks:ident| $check:expr
        $(, conflict: $conflict:ident)?
        $(, keeps_order: $keeps_order:literal)?
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
