//! What the error nodes of a tree mean to the author of the text: what was expected, what was found, what to write.
//! One mistake gives one finding: what only follows from another mistake on its line stays silent.

mod bad;
mod item;
mod missing;
mod show;
mod words;

use super::parser::{Mistake, Parsed};
use super::{Node, SyntaxKind};
use crate::diag::codes::bounds::TOO_MANY;
use crate::diag::codes::syntax as codes;
use crate::diag::{Code, Diag, Edit, Fix, MOST};
use crate::text::Span;

/// The findings of a file, in the order of their places.
pub(super) fn findings(parsed: &Parsed) -> Vec<Diag> {
    let mut finder =
        Finder { parsed, diags: Vec::new(), brace: None, bracket: None, conflict: None, hidden: Vec::new(), rest: None };
    finder.walk(parsed.tree.root());
    finder.report_hidden();
    finder.report_rest();
    let mut diags = finder.diags;
    drop_what_follows_a_quote(parsed.tree.text(), &mut diags);
    crate::diag::sort(&mut diags);
    diags
}

/// The walk over a tree.
struct Finder<'t> {
    parsed: &'t Parsed,
    diags: Vec<Diag>,
    /// The last place where a `}` is missing and the finding about it: several blocks may miss theirs in one place.
    brace: Option<(u32, usize)>,
    /// The same for `]`: the finding and how many are missing in its place.
    bracket: Option<(u32, usize, usize)>,
    /// The first place that is no longer read, and how many there are.
    rest: Option<(Span, usize)>,
    /// The finding about an unresolved merge.
    conflict: Option<usize>,
    /// Invisible characters are reported once per character.
    hidden: Vec<(char, Vec<Span>)>,
}

/// A node and its surroundings.
#[derive(Clone, Copy)]
struct Place<'t> {
    parent: Node<'t>,
    node: Node<'t>,
    before: Option<Node<'t>>,
    next: Option<Node<'t>>,
}

impl<'t> Finder<'t> {
    fn walk(&mut self, parent: Node<'t>) {
        let children: Vec<Node<'t>> = parent.children().filter(|child| !child.kind().is_trivia()).collect();
        let mut before = None;
        let mut in_list = false;
        for (place, node) in children.iter().copied().enumerate() {
            let next = children.get(place + 1).copied();
            let element = in_list && self.is_element(node, next);
            if self.diags.len() >= MOST {
                if node.kind().is_error() {
                    self.rest = Some(self.rest.map_or((node.span(), 1), |(first, count)| (first, count + 1)));
                }
            } else if !element {
                self.report(Place { parent, node, before, next });
            }
            in_list = if element { self.parsed.mistake(node) == Some(Mistake::Item) } else { self.begins_list(node, next) };
            if !node.is_leaf() {
                self.walk(node);
            }
            if !matches!(self.parsed.mistake(node), Some(Mistake::Hidden | Mistake::Comment)) {
                before = Some(node);
            }
        }
    }

    /// A text with so many mistakes is no topology, and more findings are of no use.
    fn report_rest(&mut self) {
        let Some((first, count)) = self.rest else { return };
        let message = format!("and {count} more places that cannot be read, which are not looked at");
        let diag = Diag::error(TOO_MANY.code, message, first, "the first of them");
        self.diags.push(diag.help("correct those that are shown, or check that this file is a topology at all"));
    }

    fn report(&mut self, place: Place<'t>) {
        match place.node.kind() {
            SyntaxKind::Attr => {
                // Text in front of it on its line is the mistake; what is left of the key means nothing.
                let is_item = |before| self.parsed.mistake(before) == Some(Mistake::Item) && self.same_line(before, place.node);
                if !place.before.is_some_and(is_item) {
                    self.report_head(place.node);
                }
                self.report_missing_value(place);
            }
            SyntaxKind::Block => self.report_head(place.node),
            SyntaxKind::Scalar => self.report_letters(place),
            SyntaxKind::MissingValue => self.report_missing_part(place),
            SyntaxKind::MissingEquals => self.report_missing_equals(place),
            SyntaxKind::MissingBracket => self.report_missing_bracket(place),
            SyntaxKind::MissingBrace => self.report_missing_brace(place),
            SyntaxKind::MissingOpening => self.report_missing_opening(place),
            SyntaxKind::MissingComma => self.report_missing_comma(place),
            SyntaxKind::MissingQuote => self.report_missing_quote(place),
            SyntaxKind::Stray => self.report_stray(place.node, "`}`", "block"),
            SyntaxKind::Bad => self.report_bad(place),
            _ => {}
        }
    }

    fn error(&self, code: Code, message: String, span: Span, label: &str) -> Diag {
        Diag::error(code, message, span, label)
    }

    /// Whether a node looks like an element of a list, or its end, whose beginning is broken: that is already reported.
    fn is_element(&self, node: Node<'t>, next: Option<Node<'t>>) -> bool {
        let bracket = |node| self.parsed.mistake(node) == Some(Mistake::Bracket) && node.text() == "]";
        let item = self.parsed.mistake(node) == Some(Mistake::Item);
        bracket(node) || item && (node.text().ends_with(',') || node.text().starts_with("- ") || next.is_some_and(bracket))
    }

    fn begins_list(&self, node: Node<'t>, next: Option<Node<'t>>) -> bool {
        match self.parsed.mistake(node) {
            Some(Mistake::Item) => node.text().ends_with('['),
            _ => bad::lacks_value(node) && next.is_some_and(|next| !self.same_line(node, next)),
        }
    }

    /// Whether only blanks and comments of one line are between two nodes.
    fn same_line(&self, first: Node<'t>, second: Node<'t>) -> bool {
        let between = first.span().end as usize..second.span().start as usize;
        !self.parsed.tree.text().get(between).unwrap_or_default().contains('\n')
    }

    /// Whether the node is the first of its line.
    fn begins_line(&self, node: Node<'t>) -> bool {
        self.parsed.tree.text()[..node.span().start as usize].trim_end_matches([' ', '\t']).ends_with(['\n', '\u{FEFF}'])
            || self.parsed.tree.text()[..node.span().start as usize].trim_matches([' ', '\t', '\u{FEFF}']).is_empty()
    }

    /// Whether a node begins or ends its line, so that no blank need replace it.
    fn is_set_off(&self, node: Node<'t>) -> bool {
        let behind = &self.parsed.tree.text()[node.span().end as usize..];
        behind.is_empty() || behind.starts_with(['\r', '\n']) || self.begins_line(node)
    }

    /// The last leaf in front of a node that is more than a blank or comment.
    fn last_before(&self, node: Node<'t>) -> Option<Node<'t>> {
        self.parsed.tree.nodes_before(node).find(|leaf| {
            leaf.is_leaf()
                && !leaf.span().is_empty()
                && !leaf.kind().is_trivia()
                && !matches!(self.parsed.mistake(*leaf), Some(Mistake::Hidden | Mistake::Comment))
        })
    }

    /// The point behind the last leaf in front of a node: there a missing thing is to be written.
    fn point_before(&self, node: Node<'t>) -> Span {
        let span = self.last_before(node).map_or(node.span(), Node::span);
        Span::new(span.file, span.end, span.end)
    }
}

fn replace(span: Span, text: impl Into<String>, title: impl Into<String>) -> Fix {
    Fix { title: title.into(), edits: vec![Edit { span, text: text.into() }] }
}

/// One quote too few or too many turns the strings of its line inside out, so other findings of that line mean nothing.
fn drop_what_follows_a_quote(text: &str, diags: &mut Vec<Diag>) {
    if diags.iter().all(|diag| diag.code != codes::MISSING_QUOTE.code) {
        return;
    }
    let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let line = |diag: &Diag| starts.partition_point(|start| *start <= diag.primary.span.start as usize);
    let doubtful = [
        &codes::NO_ITEM,
        &codes::MISSING_COMMA,
        &codes::MISSING_EQUALS,
        &codes::MISSING_VALUE,
        &codes::WRONG_QUOTES,
        &codes::SEPARATOR,
        &codes::NOT_A_WORD,
        &codes::SECOND_VALUE,
        &codes::NOT_A_VALUE,
        &codes::MISSING_BRACKET,
        &codes::STRAY,
    ];
    let quotes: Vec<usize> = diags.iter().filter(|diag| diag.code == codes::MISSING_QUOTE.code).map(line).collect();
    let mut last = None;
    diags.retain(|diag| {
        let line = line(diag);
        if diag.code == codes::MISSING_QUOTE.code {
            return last.replace(line) != Some(line);
        }
        quotes.binary_search(&line).is_err() || doubtful.iter().all(|code| code.code != diag.code)
    });
}
