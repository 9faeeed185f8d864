//! What is at a place of a file, whole or not: the blocks around it, and which part of an item it is in.

use super::{Place, Snapshot};
use crate::schema::blocks::{self, TOP};
use crate::schema::{AttrSchema, BlockSchema};
use crate::syntax::ast::{Attr, Block, Item};
use crate::syntax::{Node, SyntaxKind, SyntaxTree};
use crate::text::Span;

/// A place in a file.
#[derive(Debug)]
pub(super) struct Cursor<'t> {
    /// The blocks around it, the outermost first.
    pub(super) blocks: Vec<Block<'t>>,
    /// What it is in.
    pub(super) spot: Spot<'t>,
}

/// The part of an item that a place is in.
#[derive(Debug, Clone, Copy)]
pub(super) enum Spot<'t> {
    /// The word that begins a block.
    Kind(Block<'t>, Span),
    /// The name of a block.
    Name(Block<'t>),
    /// The word left of `=`.
    Key(Attr<'t>, Span),
    /// A value, or where one is to be written: the attribute, and the value so far.
    Value(Attr<'t>, Span),
    /// Where an item can begin, with the word so far.
    Item(Span),
    /// In a comment, behind a name, or somewhere else where nothing is named.
    Other,
}

impl<'t> Cursor<'t> {
    /// What is at a place.
    pub(super) fn at(snapshot: &'t Snapshot, place: Place) -> Option<Self> {
        let tree = snapshot.compiled.trees.get(place.file.0 as usize)?;
        let mut blocks = Vec::new();
        let mut body = tree.root();
        while let Some(inner) = block_around(body, place.offset) {
            blocks.push(inner);
            body = inner.node();
        }
        let spot = spot(tree, body, place);
        Some(Self { blocks, spot })
    }

    /// The schema of the innermost block; `None` at the top of a file, and in a block of an unknown kind.
    pub(super) fn schema(&self) -> Option<&'static BlockSchema> {
        schema_of(&self.blocks)
    }

    /// The kind of the innermost block.
    pub(super) fn parent(&self) -> &'t str {
        self.blocks.last().and_then(|block| block.kind()).map_or(TOP, |kind| kind.text)
    }

    /// The name of the site that it is in.
    pub(super) fn site(&self) -> Option<&'t str> {
        let site = self.blocks.iter().find(|block| block.kind().is_some_and(|kind| kind.text == "site"))?;
        Some(site.name()?.text)
    }

    /// The schema of an attribute of the innermost block.
    pub(super) fn attr(&self, attr: Attr<'_>) -> Option<&'static AttrSchema> {
        self.schema()?.attr(attr.key()?.text)
    }

    /// The items beside the place.
    pub(super) fn items(&self, snapshot: &'t Snapshot, place: Place) -> Vec<Item<'t>> {
        match self.blocks.last() {
            Some(block) => block.items().collect(),
            None => snapshot.compiled.trees.get(place.file.0 as usize).into_iter().flat_map(crate::syntax::ast::items).collect(),
        }
    }
}

/// The schema of the last of some blocks, each in the one before.
pub(super) fn schema_of(around: &[Block<'_>]) -> Option<&'static BlockSchema> {
    let (last, above) = around.split_last()?;
    let kind = last.kind()?.text;
    let parent = above.last().map_or(Some(TOP), |block| Some(block.kind()?.text))?;
    let mut known = blocks::of_kind(kind);
    let fits = blocks::of_kind(kind).find(|block| block.is_allowed_in(parent));
    fits.or_else(|| known.next())
}

/// The block in a body whose braces are around a place.
fn block_around(body: Node<'_>, offset: u32) -> Option<Block<'_>> {
    body.children().filter_map(Block::cast).find(|block| {
        let node = block.node();
        let Some(open) = node.child(SyntaxKind::LeftBrace) else { return false };
        let closed = node.children().last().is_some_and(|last| last.kind() == SyntaxKind::RightBrace);
        let end = node.span().end;
        open.span().end <= offset && if closed { offset < end } else { offset <= end }
    })
}

fn touches(span: Span, offset: u32) -> bool {
    span.start <= offset && offset <= span.end
}

fn spot<'t>(tree: &'t SyntaxTree, body: Node<'t>, place: Place) -> Spot<'t> {
    let offset = place.offset;
    let mut before = None;
    for child in body.children().take_while(|child| child.span().start <= offset) {
        if child.kind() == SyntaxKind::Comment && child.span().start < offset && offset <= child.span().end {
            return Spot::Other;
        }
        if matches!(child.kind(), SyntaxKind::Block | SyntaxKind::Attr | SyntaxKind::Assertion | SyntaxKind::Bad) {
            before = Some(child);
        }
    }
    let word = word_before(tree, place);
    let Some(last) = before else { return Spot::Item(word) };
    let same_line = !tree.text()[last.span().end.min(offset) as usize..offset as usize].contains('\n');
    match last.kind() {
        SyntaxKind::Block => in_head(Block::cast(last), offset).unwrap_or(Spot::Item(word)),
        SyntaxKind::Attr if same_line || touches(last.span(), offset) => {
            let Some(attr) = Attr::cast(last) else { return Spot::Other };
            in_attr(tree, attr, word, offset)
        }
        // A word alone is the beginning of an item, the second word would be a name.
        SyntaxKind::Bad if same_line => {
            let written = &tree.text()[last.span().start as usize..word.start as usize];
            if written.trim().is_empty() { Spot::Item(word) } else { Spot::Other }
        }
        SyntaxKind::Assertion if touches(last.span(), offset) => Spot::Other,
        _ => Spot::Item(word),
    }
}

/// The kind or the name of a block.
fn in_head(block: Option<Block<'_>>, offset: u32) -> Option<Spot<'_>> {
    let block = block?;
    if let Some(kind) = block.kind().filter(|kind| touches(kind.span, offset)) {
        return Some(Spot::Kind(block, kind.span));
    }
    if block.name().is_some_and(|name| touches(name.span, offset)) {
        return Some(Spot::Name(block));
    }
    let open = block.node().child(SyntaxKind::LeftBrace)?;
    (offset <= open.span().start).then_some(Spot::Other)
}

fn in_attr<'t>(tree: &SyntaxTree, attr: Attr<'t>, word: Span, offset: u32) -> Spot<'t> {
    if let Some(key) = attr.key().filter(|key| touches(key.span, offset)) {
        return Spot::Key(attr, key.span);
    }
    let node = attr.node();
    let Some(equals) = node.child(SyntaxKind::Equals).filter(|equals| equals.span().end <= offset) else { return Spot::Other };
    let value = node.children().find(|child| {
        child.span().start >= equals.span().end
            && matches!(child.kind(), SyntaxKind::Scalar | SyntaxKind::Quoted | SyntaxKind::Raw | SyntaxKind::List)
    });
    match value {
        None => Spot::Value(attr, word),
        Some(list) if list.kind() == SyntaxKind::List && touches(list.span(), offset) => {
            let closed = list.children().last().is_some_and(|last| last.kind() == SyntaxKind::RightBracket);
            if closed && offset == list.span().end {
                return Spot::Other;
            }
            let element = list.children().find(|child| {
                matches!(child.kind(), SyntaxKind::Scalar | SyntaxKind::Quoted | SyntaxKind::Raw) && touches(child.span(), offset)
            });
            Spot::Value(attr, element.map_or(word, |element| element.span()))
        }
        Some(value) if touches(value.span(), offset) => Spot::Value(attr, value.span()),
        // Behind a value on its line another item may begin.
        Some(value) if value.span().end < offset && tree.text().is_char_boundary(offset as usize) => Spot::Item(word),
        Some(_) => Spot::Other,
    }
}

/// The word that ends at a place: letters, digits, `_`, `-` and dots.
fn word_before(tree: &SyntaxTree, place: Place) -> Span {
    let before = tree.text().get(..place.offset as usize).unwrap_or_default();
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.');
    let start = before.trim_end_matches(is_word).len() as u32;
    Span::new(place.file, start, place.offset)
}
