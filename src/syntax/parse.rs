//! From text to tree and findings: bounds first, then the grammar, then what the error nodes mean.

use std::sync::Arc;

use super::parser::parse_text;
use super::tree::NodeData;
use super::{SyntaxKind, SyntaxTree};
use crate::diag::{Code, Diag};
use crate::text::{FileId, Span};

/// The result of parsing one file.
#[derive(Debug)]
pub struct Parse {
    /// The tree.
    pub tree: SyntaxTree,
    /// What is wrong.
    pub diags: Vec<Diag>,
}

/// Parses one file. Never fails: what is not in the language becomes error nodes in the tree, each with its finding.
pub fn parse(file: FileId, text: Arc<str>) -> Parse {
    match parse_text(file, text.clone()) {
        Some((tree, _)) => {
            let diags = tree
                .nodes()
                .filter(|node| node.kind().is_error())
                .map(|node| Diag::error(Code("OCS0001"), "syntax error", node.span(), ""))
                .collect();
            Parse { tree, diags }
        }
        None => {
            let span = Span::new(file, 0, 0);
            let end = text.len() as u32;
            let nodes = vec![
                NodeData { kind: SyntaxKind::File, start: 0, end, subtree: 2 },
                NodeData { kind: SyntaxKind::Bad, start: 0, end, subtree: 1 },
            ];
            let diags = vec![Diag::error(Code("OCS0015"), "nested too deeply", span, "")];
            Parse { tree: SyntaxTree::new(file, text, nodes), diags }
        }
    }
}
