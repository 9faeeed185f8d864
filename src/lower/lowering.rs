//! stub
use crate::{diag::Diag, syntax::SyntaxTree, schema::Product};
use super::Decls;
/// Lowers trees.
pub fn lower(_trees: &[SyntaxTree]) -> (Decls, Vec<Diag>) { let _ = Product::Ocs2007; todo!() }
