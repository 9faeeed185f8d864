//! Values that are proposed and not decided: `?=` in place of `=`. One finding for each block at the top of a file.

use crate::diag::codes::lowering::UNDECIDED;
use crate::diag::{Diag, Severity};
use crate::syntax::SyntaxTree;
use crate::syntax::ast::{self, Block, Item};
use crate::text::Span;

/// So many places of one block are shown.
const SHOWN: usize = 24;

/// The findings of a file.
pub(super) fn of_file(tree: &SyntaxTree) -> Vec<Diag> {
    ast::items(tree).filter_map(|item| if let Item::Block(block) = item { of_block(block) } else { None }).collect()
}

fn of_block(top: Block<'_>) -> Option<Diag> {
    let mut marks: Vec<Span> = Vec::new();
    let mut open = vec![top];
    while let Some(block) = open.pop() {
        for item in block.items() {
            match item {
                Item::Block(inner) => open.push(inner),
                Item::Attr(attr) => marks.extend(attr.undecided()),
                Item::Assertion(_) => {}
            }
        }
    }
    marks.sort_unstable();
    let (first, rest) = marks.split_first()?;
    let kind = top.kind().map_or("", |kind| kind.text);
    let whose = top.name().map_or_else(|| kind.to_owned(), |name| format!("{kind} {}", name.text));
    let message = match rest.len() {
        0 => format!("a value of `{whose}` is not decided"),
        more => format!("{} values of `{whose}` are not decided", more + 1),
    };
    let mut diag = Diag::new(Severity::Warning, UNDECIDED, message, *first, "proposed only");
    for mark in rest.iter().take(SHOWN) {
        diag = diag.related(*mark, "likewise");
    }
    let more = if rest.len() > SHOWN { format!(", of which {} are shown", SHOWN + 1) } else { String::new() };
    Some(diag.help(format!("write the right values{more}, and `=` in place of `?=`; until then nothing is built")))
}
