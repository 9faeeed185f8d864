//! stub
use super::SyntaxTree;
use crate::{diag::Diag, text::FileId};
use std::sync::Arc;
/// The result of parsing one file.
#[derive(Debug)]
pub struct Parse {
    /// The tree.
    pub tree: SyntaxTree,
    /// What is wrong.
    pub diags: Vec<Diag>,
}
/// Parses one file.
pub fn parse(_file: FileId, _text: Arc<str>) -> Parse {
    todo!()
}
