//! Typed views of the tree, without copies. Trees may be incomplete, so parts are optional.

use super::{Node, SyntaxKind, SyntaxTree};
use crate::text::Span;

/// A bare word or scalar with its place.
#[derive(Debug, Clone, Copy)]
pub struct Word<'t> {
    /// As written.
    pub text: &'t str,
    /// Where.
    pub span: Span,
}

/// Something that stands in a file or a block.
#[derive(Debug, Clone, Copy)]
pub enum Item<'t> {
    /// `kind name { … }`
    Block(Block<'t>),
    /// `key = value`
    Attr(Attr<'t>),
    /// `never a -> b`
    Assertion(Assertion<'t>),
}

/// The items of a file.
pub fn items(tree: &SyntaxTree) -> impl Iterator<Item = Item<'_>> {
    items_of(tree.root())
}

fn items_of(node: Node<'_>) -> impl Iterator<Item = Item<'_>> {
    node.children().filter_map(|child| match child.kind() {
        SyntaxKind::Block => Some(Item::Block(Block(child))),
        SyntaxKind::Attr => Some(Item::Attr(Attr(child))),
        SyntaxKind::Assertion => Some(Item::Assertion(Assertion(child))),
        _ => None,
    })
}

fn words(node: Node<'_>) -> impl Iterator<Item = Word<'_>> {
    node.children()
        .filter(|child| child.kind() == SyntaxKind::Scalar)
        .map(|child| Word { text: child.text(), span: child.span() })
}

/// `kind name { … }`
#[derive(Debug, Clone, Copy)]
pub struct Block<'t>(Node<'t>);

impl<'t> Block<'t> {
    /// The word in front.
    pub fn kind(self) -> Option<Word<'t>> {
        words(self.0).next()
    }

    /// The name, which may hold a range.
    pub fn name(self) -> Option<Word<'t>> {
        words(self.0).nth(1)
    }

    /// What stands between the braces.
    pub fn items(self) -> impl Iterator<Item = Item<'t>> {
        items_of(self.0)
    }

    /// The whole block.
    pub fn span(self) -> Span {
        self.0.span()
    }
}

/// `key = value`
#[derive(Debug, Clone, Copy)]
pub struct Attr<'t>(Node<'t>);

impl<'t> Attr<'t> {
    /// The word left of `=`.
    pub fn key(self) -> Option<Word<'t>> {
        words(self.0).next()
    }

    /// The value; `None` where it is missing, which the parser has reported.
    pub fn value(self) -> Option<Value<'t>> {
        self.0.children().skip_while(|child| child.kind() != SyntaxKind::Equals).find_map(Value::cast)
    }

    /// Key, `=` and value.
    pub fn span(self) -> Span {
        self.0.span()
    }
}

/// The right side of an attribute, or an element of a list.
#[derive(Debug, Clone, Copy)]
pub enum Value<'t> {
    /// A string in double quotes; the word holds the text with its quotes.
    Quoted(Word<'t>),
    /// A string in single quotes; the word holds the text with its quotes.
    Raw(Word<'t>),
    /// Anything else without blanks.
    Scalar(Word<'t>),
    /// A list.
    List(List<'t>),
}

impl<'t> Value<'t> {
    fn cast(node: Node<'t>) -> Option<Self> {
        let word = Word { text: node.text(), span: node.span() };
        match node.kind() {
            SyntaxKind::Quoted => Some(Value::Quoted(word)),
            SyntaxKind::Raw => Some(Value::Raw(word)),
            SyntaxKind::Scalar => Some(Value::Scalar(word)),
            SyntaxKind::List => Some(Value::List(List(node))),
            _ => None,
        }
    }

    /// The whole value.
    pub fn span(self) -> Span {
        match self {
            Value::Quoted(word) | Value::Raw(word) | Value::Scalar(word) => word.span,
            Value::List(list) => list.span(),
        }
    }
}

/// `[ … ]`
#[derive(Debug, Clone, Copy)]
pub struct List<'t>(Node<'t>);

impl<'t> List<'t> {
    /// The elements.
    pub fn items(self) -> impl Iterator<Item = Value<'t>> {
        self.0.children().filter_map(Value::cast)
    }

    /// With its brackets.
    pub fn span(self) -> Span {
        self.0.span()
    }
}

/// `never a -> b on tcp/5061`
#[derive(Debug, Clone, Copy)]
pub struct Assertion<'t>(Node<'t>);

impl<'t> Assertion<'t> {
    /// `never` or `allow`.
    pub fn verb(self) -> Option<Word<'t>> {
        words(self.0).next()
    }

    /// Who opens.
    pub fn from(self) -> Option<Word<'t>> {
        words(self.0).nth(1)
    }

    /// Who listens.
    pub fn to(self) -> Option<Word<'t>> {
        words(self.0).nth(2)
    }

    /// The scalar after `on`, such as `tcp/5061`.
    pub fn on(self) -> Option<Word<'t>> {
        words(self.0).nth(4)
    }

    /// The whole assertion.
    pub fn span(self) -> Span {
        self.0.span()
    }
}
