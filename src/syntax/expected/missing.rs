//! Missing tokens and values.

use super::show::{quote, show};
use super::{Finder, Place, codes, replace};
use crate::syntax::parser::Mistake;
use crate::syntax::{Node, SyntaxKind};
use crate::text::Span;

impl<'t> Finder<'t> {
    /// `x =` and nothing behind it.
    pub(super) fn report_missing_value(&mut self, place: Place<'t>) {
        let attr = place.node;
        let Some(missing) = attr.child(SyntaxKind::MissingValue) else { return };
        let assigns = attr.child(SyntaxKind::Bad).is_some_and(|bad| self.parsed.mistake(bad) == Some(Mistake::Assign));
        let garbage =
            place.next.is_some_and(|next| self.parsed.mistake(next) == Some(Mistake::Item) && self.same_line(attr, next));
        if assigns || garbage {
            return;
        }
        let key = key_of(attr);
        let point = self.point_before(missing);
        let diag = self.error(
            codes::MISSING_VALUE.code,
            format!("expected a value after `{key} =`"),
            point,
            "the value is missing here",
        );
        // What has the look of elements below it is a list without its brackets.
        let list = place.next.is_some_and(|next| {
            self.parsed.mistake(next) == Some(Mistake::Item) && (next.text().ends_with(',') || next.text().starts_with("- "))
        });
        self.diags.push(if list {
            diag.help(format!("write a list in brackets, `{key} = [`, with a comma behind each value and `]` at its end"))
        } else {
            diag.help(format!("write the value on this line, `{key} = VALUE`, or remove the attribute"))
        });
    }

    /// A value missing in a list or an assertion.
    pub(super) fn report_missing_part(&mut self, place: Place<'t>) {
        let diag = match place.parent.kind() {
            SyntaxKind::List => {
                let Some(comma) = place.next else { return };
                let first = place.before.is_none_or(|before| before.kind() == SyntaxKind::LeftBracket);
                let message =
                    if first { "expected a value before the first comma" } else { "expected a value between two commas" };
                self.error(codes::MISSING_VALUE.code, message.into(), comma.span(), "no value stands in front of this comma")
                    .help("remove this comma, or write the missing value in front of it")
                    .fix(replace(comma.span(), "", "remove the comma"))
            }
            SyntaxKind::Assertion => {
                let point = self.point_before(place.node);
                let so_far = show(&self.parsed.tree.text()[place.parent.span().start as usize..point.start as usize]);
                let after_on = place.before.is_some_and(|before| before.text() == "on" && before.kind() == SyntaxKind::Scalar);
                if after_on {
                    self.error(
                        codes::MISSING_VALUE.code,
                        "expected a transport and port after `on`".into(),
                        point,
                        "they are missing here",
                    )
                    .help(format!("write for example `{so_far} tcp/5061`, or leave out `on` to speak of all ports"))
                } else {
                    self.error(
                        codes::MISSING_VALUE.code,
                        "expected who listens after `->`".into(),
                        point,
                        "the name is missing here",
                    )
                    .help(format!("write the name of a server, pool or network behind it: `{so_far} NAME`"))
                }
            }
            _ => return,
        };
        self.diags.push(diag);
    }

    /// `users 28_000`
    pub(super) fn report_missing_equals(&mut self, place: Place<'t>) {
        let Some(key) = place.before else { return };
        let value = place.next.map_or(String::new(), |value| show(value.text()));
        let shown = show(key.text());
        let point = Span::new(key.span().file, key.span().end, key.span().end);
        if matches!(key.text(), "include" | "import" | "source" | "load" | "require") && value.starts_with(['"', '\'']) {
            let message = format!("expected a block or an attribute, found {}", quote(key.text()));
            let diag = self.error(codes::NO_ITEM.code, message, key.span(), "files do not name each other");
            return self
                .diags
                .push(diag.help("remove the line: all `.ocstopo` files of a folder are one topology, in any order"));
        }
        let diag = self
            .error(codes::MISSING_EQUALS.code, format!("expected `=` after `{shown}`"), point, "`=` is missing here")
            .help(format!("write `{shown} = {value}`"))
            .fix(replace(point, " =", "insert `=`"));
        self.diags.push(diag);
    }

    /// `[a, b`
    pub(super) fn report_missing_bracket(&mut self, place: Place<'t>) {
        let point = self.point_before(place.node);
        let Some(opening) = place.parent.child(SyntaxKind::LeftBracket) else { return };
        if let Some((at, index, missing)) = &mut self.bracket
            && *at == point.start
        {
            // Lists in lists end in one place: one correction ends them all.
            *missing += 1;
            let brackets = "]".repeat(*missing);
            let diag = &mut self.diags[*index];
            diag.help = Some(format!("write `{brackets}` here"));
            diag.fix = Some(replace(point, brackets.as_str(), format!("insert `{brackets}`")));
            diag.related.push(crate::diag::Label { span: opening.span(), text: "nor has this one".to_owned() });
            return;
        }
        self.bracket = Some((point.start, self.diags.len(), 1));
        let last = self.last_before(place.node).filter(|last| last.kind() != SyntaxKind::LeftBracket);
        let help = last.map_or("write `]` behind it, or the values of the list and `]`".to_owned(), |last| {
            format!("write `]` behind `{}`", show(last.text()))
        });
        let diag = self
            .error(codes::MISSING_BRACKET.code, "expected `]` at the end of the list".into(), point, "the list has no end here")
            .related(opening.span(), "the list begins here")
            .help(help)
            .fix(replace(point, "]", "insert `]`"));
        self.diags.push(diag);
    }

    /// `[a b]`
    pub(super) fn report_missing_comma(&mut self, place: Place<'t>) {
        let (Some(before), Some(next)) = (place.before, place.next) else { return };
        if before.kind() == SyntaxKind::Bad || next.kind() == SyntaxKind::Bad {
            return;
        }
        let (first, second) = (show(before.text()), show(next.text()));
        let point = Span::new(before.span().file, before.span().end, before.span().end);
        let diag = self
            .error(
                codes::MISSING_COMMA.code,
                format!("expected `,` between `{first}` and `{second}`"),
                point,
                "a comma is missing here",
            )
            .help(format!("write `{first}, {second}`"))
            .fix(replace(point, ",", "insert `,`"));
        self.diags.push(diag);
    }

    /// `"abc`
    pub(super) fn report_missing_quote(&mut self, place: Place<'t>) {
        let Some(string) = place.before else { return };
        let text = string.text();
        let (mark, body) = text.split_at(1);
        let diag = self.error(
            codes::MISSING_QUOTE.code,
            format!("expected `{mark}` at the end of the string"),
            string.span(),
            "this string has no end on its line",
        );
        let earlier = self.earlier_string(string);
        self.diags.push(match (mark, body) {
            ("\"", body) if body.ends_with("\\\"") => diag.help(format!(
                "a backslash takes the quote behind it into the string: write `\\\\` for each backslash, or a raw string: {}",
                quote(&format!("'{}'", &body[..body.len() - 1]))
            )),
            (_, body) if body.ends_with(['”', '“', '„', '’', '‘', '«', '»', '`', '´']) => {
                let end = body.chars().last().map_or(0, char::len_utf8);
                let (body, wrong) = body.split_at(body.len() - end);
                diag.help(format!("`{wrong}` does not end it: write `{mark}{}{mark}`", show(body)))
            }
            ("'", _) if earlier.is_none() && self.glued(string) => {
                diag.help("an apostrophe begins a string: put the whole text in double quotes, `\"…\"`")
            }
            _ => match earlier {
                Some(earlier) => diag
                    .related(earlier.span(), "or this one should have ended earlier")
                    .help(format!("a string ends on its line: write the `{mark}` that one of the strings of this line lacks")),
                None => diag.help(format!("a string ends on its line: write `{mark}{}{mark}`", show(probable(body)))),
            },
        });
    }

    /// Whether a word is directly in front.
    fn glued(&self, node: Node<'t>) -> bool {
        self.parsed.tree.text()[..node.span().start as usize].ends_with(|c: char| c.is_alphanumeric())
    }

    /// The first string of the line that runs into other text: probably the one whose end is missing.
    fn earlier_string(&self, string: Node<'t>) -> Option<Node<'t>> {
        let leaves = self.parsed.tree.nodes_before(string).filter(|node| node.is_leaf());
        let line = leaves.take_while(|leaf| leaf.kind() != SyntaxKind::Newline);
        let mut after: Option<Node<'t>> = None;
        let mut found = None;
        for leaf in line {
            if matches!(leaf.kind(), SyntaxKind::Quoted | SyntaxKind::Raw)
                && after.is_some_and(|after| matches!(after.kind(), SyntaxKind::Scalar | SyntaxKind::Bad))
            {
                found = Some(leaf);
            }
            if !leaf.span().is_empty() {
                after = Some(leaf);
            }
        }
        found
    }

    /// A block without its `}`.
    pub(super) fn report_missing_brace(&mut self, place: Place<'t>) {
        let point = self.point_before(place.node);
        let Some(opening) = place.parent.child(SyntaxKind::LeftBrace) else { return };
        let header = header_of(place.parent);
        if let Some((at, index)) = self.brace
            && at == point.start
        {
            self.diags[index]
                .related
                .push(crate::diag::Label { span: opening.span(), text: format!("{header} has no `}}` either") });
            return;
        }
        let last = self.last_before(place.node).filter(|last| *last != opening);
        let help = match last {
            Some(last) if self.same_line(opening, last) => format!("write `}}` behind `{}`", show(last.text())),
            Some(last) => format!("write `}}` on a line of its own below `{}`", show(self.line_to(last))),
            None => "write `}` behind it, or what the block holds and `}`".to_owned(),
        };
        self.brace = Some((point.start, self.diags.len()));
        let diag = self
            .error(codes::MISSING_BRACE.code, format!("expected `}}` at the end of {header}"), point, "the block has no end here")
            .related(opening.span(), "the block begins here")
            .help(help);
        self.diags.push(diag);
    }

    /// The line of a node up to its end.
    fn line_to(&self, node: Node<'t>) -> &'t str {
        let before = &self.parsed.tree.text()[..node.span().end as usize];
        before.rsplit('\n').next().unwrap_or(before)
    }

    /// A block without its `{`.
    pub(super) fn report_missing_opening(&mut self, place: Place<'t>) {
        let header = show(&self.parsed.tree.text()[place.parent.span().start as usize..place.node.span().start as usize]);
        let diag = self
            .error(
                codes::MISSING_OPENING.code,
                format!("expected `{{` after `{header}`"),
                self.point_before(place.node),
                "`{` is missing here",
            )
            .help(format!("write `{header} {{`"));
        let closing = place.parent.child(SyntaxKind::RightBrace);
        let diag = match closing {
            Some(closing) => diag.related(closing.span(), "this `}` would close it"),
            None => diag,
        };
        self.diags.push(diag.fix(replace(self.point_before(place.node), " {", "insert `{`")));
    }
}

/// What was probably meant to be the string: the text up to two blanks, or up to the next attribute.
fn probable(body: &str) -> &str {
    let body = body.split_once("  ").map_or(body, |(body, _)| body);
    let Some((before, _)) = body.split_once(" =") else { return body };
    before.trim_end().rsplit_once(' ').map_or(body, |(before, _)| before.trim_end())
}

/// The name of an attribute, as shown.
pub(super) fn key_of(attr: Node<'_>) -> String {
    attr.children().next().map_or(String::new(), |key| show(key.text().trim_matches(['"', '\''])))
}

/// Kind and name of a block, in backticks.
pub(super) fn header_of(block: Node<'_>) -> String {
    let words = block
        .children()
        .take_while(|child| child.kind() != SyntaxKind::LeftBrace)
        .filter(|child| matches!(child.kind(), SyntaxKind::Scalar | SyntaxKind::Quoted | SyntaxKind::Raw));
    quote(&words.map(|word| word.text()).collect::<Vec<_>>().join(" "))
}
