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

/// An item of a file or a block.
#[derive(Debug, Clone, Copy)]
pub enum Item<'t> {
    /// `kind name { … }`
    Block(Block<'t>),
    /// `key = value`
    Attr(Attr<'t>),
    /// `never a -> b`
    Assertion(Assertion<'t>),
}

impl Item<'_> {
    /// Its place.
    pub fn span(self) -> Span {
        match self {
            Item::Block(block) => block.span(),
            Item::Attr(attr) => attr.span(),
            Item::Assertion(assertion) => assertion.span(),
        }
    }
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

/// The values among the direct children, keys and names included. One that the parser has reported as broken is left out.
fn values(node: Node<'_>) -> impl Iterator<Item = Option<Value<'_>>> {
    let mut children = node.children().peekable();
    std::iter::from_fn(move || {
        loop {
            let child = children.next()?;
            if let Some(value) = Value::cast(child) {
                let open = children.peek().is_some_and(|next| next.kind() == SyntaxKind::MissingQuote);
                return Some((!open && value.is_readable()).then_some(value));
            }
        }
    })
}

/// The scalar at a place among the direct children, unless the parser has reported it.
fn scalar(node: Node<'_>, place: usize) -> Option<Word<'_>> {
    let child = node.children().filter(|child| child.kind() == SyntaxKind::Scalar).nth(place)?;
    let word = Word { text: child.text(), span: child.span() };
    word.text.is_ascii().then_some(word)
}

/// A key or kind: letters, digits, `_` and `-`, no digit in front. What is none has been reported by the parser, unless it is
/// a word in quotes: that is reported and still read.
pub(super) fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

/// The words in front of a block's brace or an attribute's `=`, without the quotes that do not belong there.
fn head(node: Node<'_>, place: usize) -> Option<Word<'_>> {
    let child = node
        .children()
        .take_while(|child| !matches!(child.kind(), SyntaxKind::LeftBrace | SyntaxKind::MissingOpening))
        .filter(|child| matches!(child.kind(), SyntaxKind::Scalar | SyntaxKind::Quoted | SyntaxKind::Raw))
        .nth(place)?;
    let (text, span) = (child.text(), child.span());
    Some(match child.kind() {
        SyntaxKind::Scalar => Word { text, span },
        _ => Word { text: &text[1..text.len() - 1], span: Span::new(span.file, span.start + 1, span.end - 1) },
    })
}

/// `kind name { … }`
#[derive(Debug, Clone, Copy)]
pub struct Block<'t>(Node<'t>);

impl<'t> Block<'t> {
    /// A node as a block.
    pub fn cast(node: Node<'t>) -> Option<Self> {
        (node.kind() == SyntaxKind::Block).then_some(Self(node))
    }

    /// Its node.
    pub fn node(self) -> Node<'t> {
        self.0
    }

    /// The word in front; `None` where there is something else, which the parser has reported.
    pub fn kind(self) -> Option<Word<'t>> {
        head(self.0, 0).filter(|word| is_word(word.text))
    }

    /// The name as written, which may hold a range; `None` for a block without a name. What a name may be is not checked here.
    pub fn name(self) -> Option<Word<'t>> {
        head(self.0, 1)
    }

    /// The name with its quotes, where it is in quotes. Which blocks have such names is not checked here.
    pub fn quoted_name(self) -> Option<Word<'t>> {
        let inner = self.name()?;
        let child = self
            .0
            .children()
            .find(|child| child.span().start + 1 == inner.span.start && child.span().end == inner.span.end + 1)?;
        matches!(child.kind(), SyntaxKind::Quoted | SyntaxKind::Raw).then(|| Word { text: child.text(), span: child.span() })
    }

    /// The text between the braces.
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
    /// A node as an attribute.
    pub fn cast(node: Node<'t>) -> Option<Self> {
        (node.kind() == SyntaxKind::Attr).then_some(Self(node))
    }

    /// Its node.
    pub fn node(self) -> Node<'t> {
        self.0
    }

    /// The word left of `=`; `None` where there is something else, which the parser has reported.
    pub fn key(self) -> Option<Word<'t>> {
        head(self.0, 0).filter(|word| is_word(word.text))
    }

    /// The value; `None` where it is missing or broken, which the parser has reported.
    pub fn value(self) -> Option<Value<'t>> {
        values(self.0).nth(1).flatten()
    }

    /// Whether it has its `=`; the parser has reported one that is missing.
    pub fn has_equals(self) -> bool {
        self.0.child(SyntaxKind::MissingEquals).is_none()
    }

    /// The `?=` in place of `=`, if the value is only proposed.
    pub fn undecided(self) -> Option<Span> {
        self.0.child(SyntaxKind::Equals).filter(|equals| equals.text() == "?=").map(Node::span)
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

    /// Letters outside ASCII are allowed in strings only; a scalar with one has been reported by the parser.
    fn is_readable(self) -> bool {
        !matches!(self, Value::Scalar(word) if !word.text.is_ascii())
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
    /// The elements; a broken one, which the parser has reported, is left out.
    pub fn items(self) -> impl Iterator<Item = Value<'t>> {
        values(self.0).flatten()
    }

    /// An element that is not the first, with the comma in front of it; `None` where there is more than blanks between.
    pub fn with_comma(self, element: Span) -> Option<Span> {
        let before: Vec<_> = self.0.children().take_while(|child| child.span() != element).collect();
        let gap = before.iter().rev().take_while(|child| matches!(child.kind(), SyntaxKind::Blank | SyntaxKind::Newline)).count();
        let comma = before.iter().rev().nth(gap).filter(|child| child.kind() == SyntaxKind::Comma)?;
        Some(Span::new(element.file, comma.span().start, element.end))
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
        scalar(self.0, 0)
    }

    /// The party that opens the connection.
    pub fn from(self) -> Option<Word<'t>> {
        scalar(self.0, 1)
    }

    /// The party that listens.
    pub fn to(self) -> Option<Word<'t>> {
        scalar(self.0, 2)
    }

    /// The scalar after `on`, such as `tcp/5061`.
    pub fn on(self) -> Option<Word<'t>> {
        scalar(self.0, 4)
    }

    /// The whole assertion.
    pub fn span(self) -> Span {
        self.0.span()
    }
}
