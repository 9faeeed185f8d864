//! Values that are proposed and not decided: `?=` in place of `=`. One finding for each block at the top of a file:
//! a first design has dozens of such values.

use crate::diag::codes::lowering::UNDECIDED;
use crate::diag::{Diag, Severity};
use crate::syntax::SyntaxTree;
use crate::syntax::ast::{self, Block, Item};
use crate::text::Span;

/// So many groups of lines are shown.
const SHOWN: usize = 12;

/// No longer name is quoted.
const NAME_SHOWN: usize = 63;

/// The findings of a file.
pub(super) fn of_file(tree: &SyntaxTree) -> Vec<Diag> {
    ast::items(tree).filter_map(|item| if let Item::Block(block) = item { of_block(block, tree.text()) } else { None }).collect()
}

fn of_block(top: Block<'_>, text: &str) -> Option<Diag> {
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
    let name = top.name().filter(|name| name.text.len() <= NAME_SHOWN);
    let whose = name.map_or_else(|| kind.to_owned(), |name| format!("{kind} {}", name.text));
    let message = match rest.len() {
        0 => format!("a value of `{whose}` is not decided"),
        more => format!("{} values of `{whose}` are not decided", more + 1),
    };
    let diag = Diag::new(Severity::Warning, UNDECIDED, message, *first, "proposed only");
    let others = match lines(text, rest) {
        lines if lines.is_empty() => String::new(),
        lines => format!("; the others are in {lines}"),
    };
    let values = if rest.is_empty() { "value" } else { "values" };
    Some(diag.help(format!("write the right {values}, and `=` in place of `?=`: until then nothing is built{others}")))
}

/// The lines of places in their order, neighbours together: "lines 12 to 14, 16, 22".
fn lines(text: &str, marks: &[Span]) -> String {
    let mut groups: Vec<(usize, usize)> = Vec::new();
    let (mut line, mut at) = (1, 0);
    for mark in marks {
        let start = mark.start as usize;
        line += text.get(at..start).unwrap_or_default().matches('\n').count();
        at = start;
        match groups.last_mut() {
            Some((_, last)) if line <= *last + 1 => *last = line,
            _ => groups.push((line, line)),
        }
    }
    let one = |(first, last): &(usize, usize)| if first == last { first.to_string() } else { format!("{first} to {last}") };
    let shown: Vec<String> = groups.iter().take(SHOWN).map(one).collect();
    let more = if groups.len() > SHOWN { ", …" } else { "" };
    match groups[..] {
        [] => String::new(),
        [(first, last)] if first == last => format!("line {first}"),
        _ => format!("lines {}{more}", shown.join(", ")),
    }
}
