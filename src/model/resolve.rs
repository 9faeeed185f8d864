//! stub
use crate::{diag::Diag, lower::Decls};
use super::Topology;
/// Resolves.
pub fn resolve(_decls: Decls) -> (Option<Topology>, Vec<Diag>) { todo!() }
