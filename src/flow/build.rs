//! stub
use super::Flows;
use crate::{catalog::Catalog, model::Topology};
/// Builds the flows.
pub fn build<'c>(_topology: &Topology, _catalog: &'c Catalog) -> Flows<'c> {
    todo!()
}
