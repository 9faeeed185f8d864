//! From text to tree and findings: bounds first, then the grammar, then what the error nodes mean.

use std::sync::Arc;

use super::bounds::{MAX_BYTES, MAX_DEPTH, MAX_TOKENS, extent};
use super::expected::findings;
use super::parser::{Parsed, parse_text};
use super::repair::repair;
use super::tree::NodeData;
use super::{SyntaxKind, SyntaxTree};
use crate::diag::Diag;
use crate::diag::codes::syntax::BOUND;
use crate::text::{FileId, Span};

/// The result of parsing one file.
#[derive(Debug, Clone)]
pub struct Parse {
    /// The tree.
    pub tree: SyntaxTree,
    /// What is wrong.
    pub diags: Vec<Diag>,
}

/// Parses one file. Never fails: what is not in the language becomes error nodes in the tree, each with its finding.
pub fn parse(file: FileId, text: Arc<str>) -> Parse {
    match parse_bounded(file, text) {
        Ok(parsed) => {
            let parsed = repair(&parsed).unwrap_or(parsed);
            Parse { diags: findings(&parsed), tree: parsed.tree }
        }
        Err(refused) => refused,
    }
}

fn parse_bounded(file: FileId, text: Arc<str>) -> Result<Parsed, Parse> {
    if text.len() > MAX_BYTES {
        let diag = Diag::error(
            BOUND.code,
            format!("expected a file of at most {} MiB, found {} MiB", MAX_BYTES >> 20, text.len().div_ceil(1 << 20)),
            Span::new(file, 0, 0),
            "this file is too large",
        )
        .help("split it into several files of one folder: they are merged, and their order does not matter");
        return Err(refuse(file, text, diag));
    }
    let extent = extent(&text);
    if extent.tokens > MAX_TOKENS {
        let diag = Diag::error(
            BOUND.code,
            format!("expected a file of at most {MAX_TOKENS} words, signs and line ends, found {}", extent.tokens),
            Span::new(file, 0, 0),
            "this file is too large",
        )
        .help("split it into several files of one folder: they are merged, and their order does not matter");
        return Err(refuse(file, text, diag));
    }
    let parsed = if extent.depth > MAX_DEPTH { None } else { parse_text(file, Arc::clone(&text)) };
    parsed.ok_or_else(|| {
        let place = extent.offset as u32;
        let diag = Diag::error(
            BOUND.code,
            format!("expected at most {MAX_DEPTH} levels of nesting"),
            Span::new(file, place, text.len().min(place as usize + 1) as u32),
            "this bracket opens one level too many",
        )
        .help("close the blocks and lists above it; no construct of the language needs more than six levels");
        refuse(file, text, diag)
    })
}

/// A tree that holds the whole text as one error.
fn refuse(file: FileId, text: Arc<str>, diag: Diag) -> Parse {
    let end = u32::try_from(text.len()).unwrap_or(0);
    let node = |kind, subtree| NodeData { kind, start: 0, end, subtree };
    let nodes = vec![node(SyntaxKind::File, 2), node(SyntaxKind::Bad, 1)];
    Parse { tree: SyntaxTree::new(file, text, nodes), diags: vec![diag] }
}
