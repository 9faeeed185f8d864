//! stub
use crate::{catalog::Catalog, model::Topology};
use super::Flows;
/// Builds the flows.
pub fn build<'c>(_topology: &Topology, _catalog: &'c Catalog) -> Flows<'c> { todo!() }
