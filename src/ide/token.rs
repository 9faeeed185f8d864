//! What each word of a file is, for colours.

use super::Snapshot;
use crate::syntax::{Node, SyntaxKind};
use crate::text::{FileId, Span};

/// A word and what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// The word; it never goes over the end of a line.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// Whether it declares a name.
    pub declares: bool,
}

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenKind {
    /// The kind of a block.
    Kind,
    /// The name of a block, or of one that is referred to.
    Name,
    /// An attribute.
    Key,
    /// A word of a choice, `true` or `false`.
    Word,
    /// A number, with or without a unit; an address, a network, a date.
    Number,
    /// A text in quotes.
    Text,
    /// A pattern or path in single quotes.
    Raw,
    /// A comment.
    Comment,
    /// `never`, `allow`, `on`.
    Verb,
}

impl TokenKind {
    /// All kinds.
    pub const ALL: [TokenKind; 9] = [
        TokenKind::Kind,
        TokenKind::Name,
        TokenKind::Key,
        TokenKind::Word,
        TokenKind::Number,
        TokenKind::Text,
        TokenKind::Raw,
        TokenKind::Comment,
        TokenKind::Verb,
    ];
}

/// The words of a file, by place.
pub fn tokens(snapshot: &Snapshot, file: FileId) -> Vec<Token> {
    let Some(tree) = snapshot.compiled.trees.get(file.0 as usize) else { return Vec::new() };
    let mut tokens = Vec::new();
    inner(snapshot, tree.root(), &mut tokens);
    tokens
}

fn inner(snapshot: &Snapshot, node: Node<'_>, tokens: &mut Vec<Token>) {
    let mut scalars = 0;
    let mut headed = false;
    for child in node.children() {
        let span = child.span();
        let token = match child.kind() {
            SyntaxKind::LeftBrace | SyntaxKind::Equals => {
                headed = true;
                None
            }
            SyntaxKind::Comment => Some((TokenKind::Comment, false)),
            SyntaxKind::Quoted => Some((TokenKind::Text, false)),
            SyntaxKind::Raw => Some((TokenKind::Raw, false)),
            SyntaxKind::Scalar => {
                scalars += 1;
                Some(match (node.kind(), headed, scalars) {
                    (SyntaxKind::Block, false, 1) => (TokenKind::Kind, false),
                    (SyntaxKind::Block, false, _) => (TokenKind::Name, true),
                    (SyntaxKind::Attr, false, 1) => (TokenKind::Key, false),
                    (SyntaxKind::Assertion, _, 1 | 4) => (TokenKind::Verb, false),
                    (SyntaxKind::Assertion, _, 2 | 3) => (TokenKind::Name, false),
                    _ => (scalar(snapshot, child), false),
                })
            }
            _ => {
                inner(snapshot, child, tokens);
                None
            }
        };
        if let Some((kind, declares)) = token {
            tokens.push(Token { span, kind, declares });
        }
    }
}

/// A value without quotes.
fn scalar(snapshot: &Snapshot, node: Node<'_>) -> TokenKind {
    let span = node.span();
    let uses = snapshot.index().uses_in(span.file);
    let next = uses.partition_point(|own| own.span.start < span.start);
    let names = uses.get(next).is_some_and(|own| own.span.start < span.end);
    match (names, node.text().starts_with(|letter: char| letter.is_ascii_digit())) {
        (true, _) => TokenKind::Name,
        (false, true) => TokenKind::Number,
        (false, false) if node.text().contains('.') => TokenKind::Name,
        (false, false) => TokenKind::Word,
    }
}
