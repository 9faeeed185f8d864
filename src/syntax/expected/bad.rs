//! Text that other languages would allow: each has its own answer.

use super::show::{is_hidden, quote, show};
use super::{Finder, Place, codes, replace};
use crate::diag::Fact;
use crate::syntax::parser::Mistake;
use crate::syntax::{Node, SyntaxKind};
use crate::text::Span;

impl<'t> Finder<'t> {
    pub(super) fn report_bad(&mut self, place: Place<'t>) {
        match self.parsed.mistake(place.node) {
            Some(Mistake::Hidden) => self.note_hidden(place.node),
            Some(Mistake::Comment) => self.report_comment(place.node),
            Some(Mistake::Separator) => self.report_separator(place),
            Some(Mistake::Assign) => self.report_assign(place),
            Some(Mistake::EqualsBeforeBrace) => self.report_equals_before_brace(place),
            Some(Mistake::Header) => self.report_header(place),
            Some(Mistake::Quotes) => self.report_quotes(place.node),
            Some(Mistake::Parentheses) => self.report_parentheses(place.node),
            Some(Mistake::Element) => self.report_element(place.node),
            Some(Mistake::Arrow) => self.report_arrow(place.node),
            Some(Mistake::Bracket) if place.node.text() == "{" => {
                let diag = self.no_item(place.node, None);
                self.diags.push(diag);
            }
            // `usages = ]` is reported as a missing value.
            Some(Mistake::Bracket)
                if place.before.is_some_and(|before| lacks_value(before) && self.same_line(before, place.node)) => {}
            Some(Mistake::Bracket) => self.report_stray(place.node, "`]`", "list"),
            Some(Mistake::Item) | None => self.report_item(place),
        }
    }

    pub(super) fn report_stray(&mut self, node: Node<'t>, bracket: &str, what: &str) {
        let diag = self
            .error(
                codes::STRAY.code,
                format!("expected a block or an attribute, found {bracket} without an open {what}"),
                node.span(),
                &format!("no {what} is open here"),
            )
            .help(format!(
                "remove this {bracket}, or one above that closes its {what} too early, or add the missing opening bracket of a {what} above"
            ));
        let diag = if what == "block" { diag.blames(Fact::Braces(node.span().file)) } else { diag };
        self.diags.push(diag);
    }

    fn report_comment(&mut self, node: Node<'t>) {
        let text = node.text();
        let diag = self.error(
            codes::FOREIGN_COMMENT.code,
            format!("expected `#` at the beginning of a comment, found `{}`", &text[..2]),
            Span::new(node.span().file, node.span().start, node.span().start + 2),
            "comments begin with `#`",
        );
        self.diags.push(match text.strip_prefix("//") {
            Some(rest) => {
                let span = Span::new(node.span().file, node.span().start, node.span().start + 2);
                diag.help(format!("write `# {}`", show(rest))).fix(replace(span, "#", "write `#`"))
            }
            None if text.contains('\n') => diag.help("write `#` in front of each of its lines"),
            None => diag.help(format!("write `# {}` at the end of the line", show(text[2..].trim_end_matches("*/")))),
        });
    }

    fn report_separator(&mut self, place: Place<'t>) {
        let (node, text) = (place.node, place.node.text());
        let garbage = place.next.filter(|next| self.parsed.mistake(*next) == Some(Mistake::Item) && self.same_line(node, *next));
        let broken = place.before.filter(|before| self.same_line(*before, node));
        // The text before it is the mistake, and is already reported.
        if broken.is_some_and(|before| self.parsed.mistake(before) == Some(Mistake::Item) || lacks_value(before)) {
            return;
        }
        if text.starts_with(';') && garbage.is_some() && self.begins_line(node) {
            let rest = garbage.map_or("", |next| next.text());
            let diag = self
                .error(
                    codes::FOREIGN_COMMENT.code,
                    "expected `#` at the beginning of a comment, found `;`".into(),
                    node.span(),
                    "comments begin with `#`",
                )
                .help(format!("write `# {}`", show(rest)))
                .fix(replace(node.span(), "#", "write `#`"));
            return self.diags.push(diag);
        }
        if let (Some(before), Some(garbage), false) = (broken, garbage, text.contains(';')) {
            let rest = node.span().to(garbage.span());
            match before.kind() {
                SyntaxKind::Assertion => return self.report_after_assertion(before, rest),
                SyntaxKind::Attr => return self.report_second_value(before, rest),
                _ => {}
            }
        }
        let diag = self
            .error(
                codes::SEPARATOR.code,
                format!("expected a line end or blanks between items, found {}", quote(text)),
                node.span(),
                "this does not separate items",
            )
            .help(format!("remove the {}; commas are used in lists only", quote(text)))
            .fix(replace(node.span(), if self.is_set_off(node) { "" } else { " " }, "remove it"));
        self.diags.push(diag);
    }

    fn report_equals_before_brace(&mut self, place: Place<'t>) {
        let header = super::missing::header_of(place.parent);
        let diag = self
            .error(
                codes::WRONG_ASSIGNMENT.code,
                format!("expected `{{` after {header}, found `=`"),
                place.node.span(),
                "a block has no `=`",
            )
            .help(format!("write `{} {{`", header.trim_matches('`')))
            .fix(replace(self.with_blank(place.node), "", "remove the `=`"));
        self.diags.push(diag);
    }

    /// The span of a node and one blank behind it, for taking it out.
    pub(super) fn with_blank(&self, node: Node<'t>) -> Span {
        let span = node.span();
        let blank = self.parsed.tree.text()[span.end as usize..].starts_with(' ');
        Span::new(span.file, span.start, span.end + u32::from(blank))
    }

    fn report_header(&mut self, place: Place<'t>) {
        // An invisible character that cuts a name in two is reported as such; a blank or the end of a line is none.
        let cuts = |c: char| is_hidden(c) && !matches!(c, '\t' | '\r' | '\n');
        if self.parsed.tree.text()[..place.node.span().start as usize].ends_with(cuts) {
            return;
        }
        let header = super::missing::header_of(place.parent);
        let (header, found) = (header.trim_matches('`'), place.node.text());
        let bare = found.trim_matches(['"', '\'']);
        if found.starts_with(['"', '\'']) && bare.chars().all(|c| c.is_ascii_alphanumeric() || "_-.[]".contains(c)) {
            let diag = self
                .error(
                    codes::NOT_A_WORD.code,
                    format!("expected the name of a block without quotes, found {}", quote(found)),
                    place.node.span(),
                    "no quotes here",
                )
                .help(format!("write {}", quote(bare)))
                .fix(replace(place.node.span(), bare, "remove the quotes"));
            return self.diags.push(diag);
        }
        let diag = self.error(
            codes::SECOND_VALUE.code,
            format!("expected `{{` after `{header}`, found {}", quote(found)),
            place.node.span(),
            "a block has one name",
        );
        let word = found.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
        self.diags.push(if found.starts_with(',') {
            diag.help(format!(
                "write one block for each name, or a range: `{}[1..2] {{`",
                header.trim_end_matches(|c: char| c.is_ascii_digit())
            ))
        } else if word && header.contains(' ') {
            diag.help(format!("write one word: `{header}_{} {{`", show(found)))
        } else {
            diag.help(format!("write `{header} {{`"))
        });
    }

    fn report_quotes(&mut self, node: Node<'t>) {
        let text = node.text();
        let mark = text.chars().next().unwrap_or_default();
        let inner = text.trim_start_matches(mark).trim_end_matches(|c: char| !c.is_ascii() || c == '"' || c == '`');
        let diag = self.error(
            codes::WRONG_QUOTES.code,
            format!("expected `\"` at the beginning of a string, found `{mark}`"),
            node.span(),
            "these are not the quotes of a string",
        );
        self.diags.push(if inner.contains(['"', '\\']) {
            diag.help("write `\"…\"`, or `'…'` when the text contains `\"` or `\\`")
        } else {
            diag.help(format!("write `\"{}\"`", show(inner))).fix(replace(node.span(), format!("\"{inner}\""), "write `\"`"))
        });
    }

    fn report_parentheses(&mut self, node: Node<'t>) {
        let inner = &node.text()[1..node.text().len() - 1];
        let diag = self
            .error(
                codes::NOT_A_VALUE.code,
                format!("expected a value, found {}", quote(node.text())),
                node.span(),
                "a list is written in brackets",
            )
            .help(format!("write `[{}]`", show(inner)))
            .fix(replace(node.span(), format!("[{inner}]"), "write brackets"));
        self.diags.push(diag);
    }

    fn report_element(&mut self, node: Node<'t>) {
        let text = node.text();
        if text.bytes().all(|b| b == b';') {
            let diag = self
                .error(
                    codes::MISSING_COMMA.code,
                    format!("expected `,` between values, found {}", quote(text)),
                    node.span(),
                    "commas separate values",
                )
                .help("write `,`")
                .fix(replace(node.span(), ",", "write `,`"));
            return self.diags.push(diag);
        }
        let what = if text.ends_with('}') { "a block".to_owned() } else { quote(text) };
        let diag = self
            .error(
                codes::NOT_A_VALUE.code,
                format!("expected a value in the list, found {what}"),
                node.span(),
                "this is not a value",
            )
            .help(match text.chars().next() {
                _ if text.ends_with('}') => "a list has values only: write a separate block outside the list, `KIND NAME { … }`",
                Some('-' | '→') => "an assertion is written on its own line, outside of lists",
                Some('=' | ':' | '(' | ')') => "remove it, or close the list with `]` before it",
                _ => "a list has values only: write a block for each element, `KIND NAME { … }`",
            });
        self.diags.push(diag);
    }

    fn report_arrow(&mut self, node: Node<'t>) {
        let diag = self
            .error(
                codes::ASSERTION.code,
                format!("expected `->`, found {}", quote(node.text())),
                node.span(),
                "the arrow is `->`",
            )
            .help("write `->`")
            .fix(replace(node.span(), "->", "write `->`"));
        self.diags.push(diag);
    }
}

pub(super) fn lacks_value(node: Node<'_>) -> bool {
    node.kind() == SyntaxKind::Attr && node.child(SyntaxKind::MissingValue).is_some()
}
