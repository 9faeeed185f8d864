//! stub
use super::Topology;
use crate::{diag::Diag, lower::Decls};
/// Resolves.
pub fn resolve(_decls: Decls) -> (Option<Topology>, Vec<Diag>) {
    todo!()
}
