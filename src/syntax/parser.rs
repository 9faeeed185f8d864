//! Text to tree by the total grammar in `grammar/`. The only file that names pest; its types never leave it.

use std::sync::Arc;

use pest::{Parser as _, Token};

use super::tree::NodeData;
use super::{Node, SyntaxKind, SyntaxTree};
use crate::text::FileId;

// pest_derive documents nothing of what it generates.
#[allow(missing_docs)]
mod grammar {
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/lexical.pest"]
    #[grammar = "../grammar/syntax.pest"]
    pub(super) struct Grammar;
}

use grammar::{Grammar, Rule};

/// The mistake of an error leaf of kind [`SyntaxKind::Bad`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mistake {
    /// Text that is no item.
    Item,
    /// Invisible or control characters.
    Hidden,
    /// A comment as other languages write it.
    Comment,
    /// A comma or semicolon between items.
    Separator,
    /// `:`, `=>`, `==` in place of `=`.
    Assign,
    /// `=` in front of a block's brace.
    EqualsBeforeBrace,
    /// Something between a block's name and its brace.
    Header,
    /// A string in quotes that are none.
    Quotes,
    /// A list in parentheses.
    Parentheses,
    /// Something in a list that is no value.
    Element,
    /// Another arrow than `->`.
    Arrow,
    /// A `]` that closes nothing.
    Bracket,
}

/// A tree and the mistakes of its error leaves.
#[derive(Debug)]
pub(super) struct Parsed {
    /// The tree.
    pub(super) tree: SyntaxTree,
    /// The mistake behind each `Bad` leaf, by node index in rising order.
    pub(super) mistakes: Vec<(usize, Mistake)>,
}

impl Parsed {
    /// The mistake of a leaf.
    pub(super) fn mistake(&self, node: Node<'_>) -> Option<Mistake> {
        let place = self.mistakes.binary_search_by_key(&node.index(), |(index, _)| *index).ok()?;
        Some(self.mistakes[place].1)
    }
}

/// The tree of `text`; `None` when the text is nested deeper than the stack allows.
pub(super) fn parse_text(file: FileId, text: Arc<str>) -> Option<Parsed> {
    let pairs = Grammar::parse(Rule::file, &text).ok()?;
    let mut nodes: Vec<NodeData> = Vec::new();
    let mut mistakes = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for token in pairs.tokens() {
        match token {
            Token::Start { rule, pos } => {
                if matches!(rule, Rule::lbrace)
                    && let Some(parent) = open.last()
                {
                    nodes[*parent].kind = SyntaxKind::Block;
                }
                let (kind, mistake) = node_of(rule);
                if let Some(mistake) = mistake {
                    mistakes.push((nodes.len(), mistake));
                }
                open.push(nodes.len());
                nodes.push(NodeData { kind, start: pos.pos() as u32, end: 0, subtree: 1 });
            }
            Token::End { rule, pos } => {
                let Some(index) = open.pop() else { continue };
                nodes[index].end = pos.pos() as u32;
                nodes[index].subtree = (nodes.len() - index) as u32;
                match rule {
                    Rule::EOI => nodes.truncate(index),
                    Rule::list | Rule::entry | Rule::bare_entry | Rule::glued_entry | Rule::assertion => {
                        end_before_trivia(&mut nodes, index)
                    }
                    _ => {}
                }
            }
        }
    }
    Some(Parsed { tree: SyntaxTree::new(file, text, nodes), mistakes })
}

/// A node without its end has run over the blanks and comments behind it: they belong to the node around it, and the missing part
/// is missing right behind its last token.
fn end_before_trivia(nodes: &mut [NodeData], index: usize) {
    let mut last = nodes.len() - 1;
    let missing = nodes[last].start == nodes[last].end && nodes[last].kind.is_error();
    if missing {
        let trivia = nodes[index + 1..last].iter().rev().take_while(|node| node.kind.is_trivia()).count();
        nodes[last - trivia..=last].rotate_right(1);
        last -= trivia;
        let end = nodes[last - 1].end;
        (nodes[last].start, nodes[last].end) = (end, end);
    } else {
        last -= nodes[index + 1..].iter().rev().take_while(|node| node.kind.is_trivia()).count();
    }
    nodes[index].end = nodes[last].end;
    nodes[index].subtree = (last + 1 - index) as u32;
}

/// What a rule becomes in the tree. An entry is an attribute until its brace is read.
fn node_of(rule: Rule) -> (SyntaxKind, Option<Mistake>) {
    use SyntaxKind as Kind;
    let bad = |mistake| (Kind::Bad, Some(mistake));
    let kind = match rule {
        Rule::file => Kind::File,
        Rule::entry | Rule::bare_entry | Rule::glued_entry => Kind::Attr,
        Rule::assertion => Kind::Assertion,
        Rule::list => Kind::List,
        Rule::scalar | Rule::word | Rule::verb | Rule::on => Kind::Scalar,
        Rule::quoted | Rule::open_quoted => Kind::Quoted,
        Rule::raw | Rule::open_raw => Kind::Raw,
        Rule::equals => Kind::Equals,
        Rule::lbrace => Kind::LeftBrace,
        Rule::rbrace => Kind::RightBrace,
        Rule::lbracket => Kind::LeftBracket,
        Rule::rbracket => Kind::RightBracket,
        Rule::comma => Kind::Comma,
        Rule::arrow => Kind::Arrow,
        Rule::blank => Kind::Blank,
        Rule::newline => Kind::Newline,
        Rule::comment => Kind::Comment,
        Rule::bom => Kind::Bom,
        Rule::missing_value => Kind::MissingValue,
        Rule::missing_equals => Kind::MissingEquals,
        Rule::missing_bracket => Kind::MissingBracket,
        Rule::missing_brace => Kind::MissingBrace,
        Rule::missing_comma => Kind::MissingComma,
        Rule::missing_quote => Kind::MissingQuote,
        Rule::stray => Kind::Stray,
        Rule::odd => return bad(Mistake::Hidden),
        Rule::foreign => return bad(Mistake::Comment),
        Rule::separator => return bad(Mistake::Separator),
        Rule::wrong_equals | Rule::colon => return bad(Mistake::Assign),
        Rule::equals_before_brace => return bad(Mistake::EqualsBeforeBrace),
        Rule::header_junk => return bad(Mistake::Header),
        Rule::wrong_quoted => return bad(Mistake::Quotes),
        Rule::parens => return bad(Mistake::Parentheses),
        Rule::list_junk | Rule::list_attr | Rule::list_block => return bad(Mistake::Element),
        Rule::wrong_arrow => return bad(Mistake::Arrow),
        Rule::stray_bracket => return bad(Mistake::Bracket),
        _ => return bad(Mistake::Item),
    };
    (kind, None)
}
