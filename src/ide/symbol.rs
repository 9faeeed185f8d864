//! The blocks of a file as an outline, and those of all files by name.

use super::Snapshot;
use super::cursor::schema_of;
use crate::syntax::ast::{Block, Item, items};
use crate::text::{FileId, Span};

/// A block in the outline of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// Its name, or its kind where it has none.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// The whole block.
    pub span: Span,
    /// The name, or the kind.
    pub head: Span,
    /// Whether it is a computer.
    pub computer: bool,
    /// The blocks in it.
    pub inside: Vec<Symbol>,
}

/// The blocks of a file.
pub fn symbols(snapshot: &Snapshot, file: FileId) -> Vec<Symbol> {
    let Some(tree) = snapshot.compiled.trees.get(file.0 as usize) else { return Vec::new() };
    outline(items(tree), &mut Vec::new())
}

fn outline<'t>(items: impl Iterator<Item = Item<'t>>, around: &mut Vec<Block<'t>>) -> Vec<Symbol> {
    let mut found = Vec::new();
    for item in items {
        let Item::Block(block) = item else { continue };
        let Some(kind) = block.kind() else { continue };
        around.push(block);
        let head = block.name().unwrap_or(kind);
        found.push(Symbol {
            name: head.text.to_owned(),
            kind: kind.text.to_owned(),
            span: block.span(),
            head: head.span,
            computer: schema_of(around).is_some_and(|schema| schema.is_computer()),
            inside: outline(block.items(), around),
        });
        around.pop();
    }
    found
}

/// A block that was found by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: &'static str,
    /// The path of the block that it is in; empty at the top.
    pub within: String,
    /// The name in the file.
    pub span: Span,
    /// Whether it is a computer.
    pub computer: bool,
}

/// The most blocks that a search finds.
const MOST: usize = 200;

/// The blocks whose path holds the letters of a query in their order, those with the shortest path first.
pub fn symbols_named(snapshot: &Snapshot, query: &str) -> Vec<Found> {
    let index = snapshot.index();
    let wanted: Vec<char> = query.to_lowercase().chars().filter(|letter| !letter.is_whitespace()).collect();
    let mut found: Vec<(String, Found)> = Vec::new();
    for (at, name) in index.names.iter().enumerate() {
        let path = index.path(at);
        let mut rest = wanted.iter().peekable();
        path.to_lowercase().chars().for_each(|letter| {
            rest.next_if(|next| **next == letter);
        });
        if rest.peek().is_some() {
            continue;
        }
        let own = snapshot.compiled.sources.text(name.span).to_owned();
        let within = name.parent.map_or_else(String::new, |parent| index.path(parent));
        let (kind, computer) = (name.schema.kind, name.schema.is_computer());
        found.push((path, Found { name: own, kind, within, span: name.span, computer }));
    }
    found.sort_by(|(one, a), (other, b)| (one.len(), one, a.span).cmp(&(other.len(), other, b.span)));
    found.truncate(MOST);
    found.into_iter().map(|(_, found)| found).collect()
}
