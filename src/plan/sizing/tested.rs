//! The tested topology that a pool is measured by.

use crate::catalog::{PoolCapacity, fact};
use crate::model::PoolConfiguration;
use crate::product::{GroupKind, Product};

/// The row of a pool's kind and configuration; `mid_range` is the class of its database. A release that does not tell databases apart has
/// one row for the expanded configuration.
pub fn tested_row(
    product: Product,
    kind: GroupKind,
    configuration: PoolConfiguration,
    mid_range: bool,
) -> Option<&'static PoolCapacity> {
    let row = |id| fact::<PoolCapacity>(product, id);
    match (kind, configuration) {
        (GroupKind::StandardEdition, _) => row("standard_edition"),
        (_, PoolConfiguration::Consolidated) => row("consolidated"),
        (_, PoolConfiguration::Expanded) if mid_range => row("expanded.mid_range").or_else(|| row("expanded")),
        (_, PoolConfiguration::Expanded) => row("expanded"),
    }
}
