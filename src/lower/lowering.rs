//! stub
use super::Decls;
use crate::{diag::Diag, schema::Product, syntax::SyntaxTree};
/// Lowers trees.
pub fn lower(_trees: &[SyntaxTree]) -> (Decls, Vec<Diag>) {
    let _ = Product::Ocs2007;
    todo!()
}
