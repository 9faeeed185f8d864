//! The tested topology that a pool is measured by.

use crate::catalog::{PoolCapacity, fact};
use crate::model::{Detail, Group, PoolConfiguration, Topology};
use crate::product::GroupKind;

/// The row of a pool's kind, configuration and class of database. A release that does not tell databases apart has one row for the
/// expanded configuration.
pub fn tested_row(topology: &Topology, pool: &Group) -> Option<&'static PoolCapacity> {
    let Detail::Pool { configuration, .. } = &pool.detail else { return None };
    let row = |id| fact::<PoolCapacity>(topology.organization.product, id);
    match (pool.kind, configuration) {
        (GroupKind::StandardEdition, _) => row("standard_edition"),
        (_, PoolConfiguration::Consolidated) => row("consolidated"),
        (_, PoolConfiguration::Expanded) if topology.mid_range_database(pool).is_some() => {
            row("expanded.mid_range").or_else(|| row("expanded"))
        }
        (_, PoolConfiguration::Expanded) => row("expanded"),
    }
}
