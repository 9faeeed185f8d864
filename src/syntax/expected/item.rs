//! Text that is no item: what it most likely was meant to be.

use super::bad::lacks_value;
use super::missing::key_of;
use super::show::{quote, show};
use super::{Finder, Place, codes, replace};
use crate::diag::Diag;
use crate::syntax::ast::is_word;
use crate::syntax::parser::Mistake;
use crate::syntax::{Node, SyntaxKind, units};
use crate::text::Span;

const CONFLICT: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

impl<'t> Finder<'t> {
    pub(super) fn report_item(&mut self, place: Place<'t>) {
        let (node, text) = (place.node, place.node.text());
        if CONFLICT.iter().any(|marker| text.starts_with(marker)) && self.begins_line(node) {
            return self.report_conflict(node);
        }
        let before = place.before.filter(|before| self.same_line(*before, node));
        match before.map(|before| (before, before.kind())) {
            Some((attr, SyntaxKind::Attr)) if lacks_value(attr) => {
                let key = key_of(attr);
                if let Some(rest) = text.strip_prefix('=') {
                    let diag = self.second_equals(node.span(), &key, rest);
                    return self.diags.push(diag);
                }
                let diag = self
                    .error(
                        codes::MISSING_VALUE.code,
                        format!("expected a value after `{key} =`, found {}", quote(text)),
                        node.span(),
                        "this is no value",
                    )
                    .help(format!("write one word, number or list, or put text in quotes: `{key} = \"{}\"`", show(&plain(text))));
                self.diags.push(diag);
            }
            // A whole block is lost with an unmatched brace, so that is reported whatever is before it.
            Some((before, _))
                if is_broken(before) && !self.ends_item(before) && !(text.starts_with('{') && text.contains('\n')) => {}
            Some((attr, SyntaxKind::Attr)) if !text.starts_with('=') => self.report_second_value(attr, node.span()),
            Some((assertion, SyntaxKind::Assertion)) => self.report_after_assertion(assertion, node.span()),
            _ => {
                let diag = self.no_item(node, place.next);
                self.diags.push(diag);
            }
        }
    }

    /// `zone = = internal`, and the text behind it on its line.
    fn second_equals(&self, span: Span, key: &str, rest: &str) -> Diag {
        let mark = Span::new(span.file, span.start, span.start + 1);
        let message = format!("expected a value after `{key} =`, found a second `=`");
        let diag = self.error(codes::MISSING_VALUE.code, message, mark, "one `=` too many");
        let words: Vec<&str> = rest.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
        match words.as_slice() {
            [value, next, after @ ..] if is_word(next) && !after.is_empty() => diag.help(format!(
                "remove the second `=`: `{key} = {}`; and write `=` after {}: `{} = {}`",
                show(value),
                quote(next),
                show(next),
                show(&after.join(" "))
            )),
            [_, _, ..] | [] => diag.help("remove the second `=`"),
            [value] => {
                diag.help(format!("remove the second `=`: `{key} = {}`", show(value))).fix(replace(mark, "", "remove the `=`"))
            }
        }
    }

    /// A `;` ends the item before it, so the text behind it is a mistake of its own.
    fn ends_item(&self, before: Node<'t>) -> bool {
        self.parsed.mistake(before) == Some(Mistake::Separator) && before.text().contains(';') && !self.begins_line(before)
    }

    /// `users = 28 000`: more than one value behind an attribute.
    pub(super) fn report_second_value(&mut self, attr: Node<'t>, rest: Span) {
        let source = self.parsed.tree.text();
        let found = &source[rest.start as usize..rest.end as usize];
        let more = found.trim_start_matches([',', ' ', '\t']);
        let key = key_of(attr);
        let Some(value) = attr.children().last() else { return };
        if value.kind() == SyntaxKind::MissingQuote || attr.kind() != SyntaxKind::Attr {
            return;
        }
        let diag = self.error(
            codes::SECOND_VALUE.code,
            format!("expected one value for `{key}`, found {} after it", quote(found)),
            rest,
            "this does not belong to the value",
        );
        let one = value.text();
        let gap = Span::new(rest.file, value.span().end, rest.start);
        let number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b'_');
        let grouped =
            |text: &str| text.split([',', ' ']).all(|group| group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit()));
        let word = !more.is_empty() && more.bytes().all(|b| b.is_ascii_alphabetic());
        let whole = gap.to(rest);
        self.diags.push(if let (true, Some(unit)) = (digits(one) && found == more, units::meant(more)) {
            diag.help(format!("write a unit without a blank: `{key} = {one}{unit}`")).fix(replace(
                whole,
                unit,
                "write the unit without a blank",
            ))
        } else if digits(one) && word && found == more {
            diag.help(format!("write the number alone: `{key} = {one}`")).fix(replace(whole, "", format!("remove `{more}`")))
        } else if digits(one) && one.len() <= 3 && grouped(more) {
            let groups = more.replace([',', ' '], "_");
            diag.help(format!("group digits with `_`: `{key} = {one}_{groups}`")).fix(replace(
                whole,
                format!("_{groups}"),
                "group digits with `_`",
            ))
        } else if let Some(fraction) = fraction(one, found, &digits) {
            diag.help(format!("a fraction has a dot: `{key} = {one}.{fraction}`")).fix(replace(
                whole,
                format!(".{fraction}"),
                "write a dot",
            ))
        } else if one.starts_with("<<") {
            diag.help(format!("a text stands in quotes, on one line: `{key} = \"…\"`"))
        } else if number(one) && (more.starts_with("..") || more.starts_with("- ") || more.starts_with("to ")) {
            diag.help("a range stands in brackets and glued to what comes before it, as in `10.10.0.[11..14]`")
        } else if matches!(value.kind(), SyntaxKind::Scalar) {
            let words: Vec<&str> = more.split([',', ' ', '\t']).filter(|word| !word.is_empty()).collect();
            let text = show(&plain(&source[value.span().start as usize..rest.end as usize]));
            if !words.iter().all(|word| is_name(word) && word.starts_with(|c: char| c.is_ascii_alphanumeric())) {
                return self.diags.push(diag.help(format!("put text in quotes: `{key} = \"{text}\"`")));
            }
            let list = words.join(", ");
            diag.help(format!("write several values as a list, `[{one}, {}]`, or text in quotes, `\"{}\"`", show(&list), text))
        } else {
            diag.help(format!("remove {}, or write it as an item of its own", quote(found)))
        });
    }

    /// `never a -> b tcp/5061`
    pub(super) fn report_after_assertion(&mut self, assertion: Node<'t>, rest: Span) {
        let text = &self.parsed.tree.text()[rest.start as usize..rest.end as usize];
        let has_on = assertion.children().filter(|child| child.kind() == SyntaxKind::Scalar).count() > 3;
        let diag = self.error(
            codes::ASSERTION.code,
            format!(
                "expected {}, found {}",
                if has_on { "the end of the assertion" } else { "`on` or the end of the assertion" },
                quote(text)
            ),
            rest,
            "an assertion does not go on like this",
        );
        self.diags.push(if has_on {
            diag.help("write one assertion for each transport and port")
        } else {
            diag.help(format!("write `{} on {}`", show(assertion.text()), show(text)))
        });
    }

    fn report_conflict(&mut self, node: Node<'t>) {
        match self.conflict {
            Some(index) if !node.text().starts_with('<') => {
                self.diags[index].related.push(crate::diag::Label { span: node.span(), text: "and here".into() });
            }
            _ => {
                self.conflict = Some(self.diags.len());
                let diag = self
                    .error(
                        codes::NO_ITEM.code,
                        "expected a block or an attribute, found a mark of an unresolved merge".into(),
                        node.span(),
                        "git left this here",
                    )
                    .help("decide for one side, and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`");
                self.diags.push(diag);
            }
        }
    }

    pub(super) fn no_item(&self, node: Node<'t>, next: Option<Node<'t>>) -> Diag {
        let text = node.text();
        let words: Vec<&str> = text.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
        let first = words.first().copied().unwrap_or_default();
        let span = node.span();
        let found = |what: &str| {
            self.error(codes::NO_ITEM.code, format!("expected a block or an attribute, found {what}"), span, "this is no item")
        };
        let line = text.lines().next().unwrap_or_default();
        if matches!(first, "never" | "allow") || line.contains("->") || line.contains('→') {
            return self.no_assertion(span, text, &words);
        }
        if text.starts_with('{') {
            let head = Span::new(span.file, span.start, span.start + 1);
            let diag = self.error(
                codes::NO_ITEM.code,
                "expected the kind of a block before `{`".into(),
                head,
                "no kind stands before it",
            );
            return diag.help("write the kind, and the name if it has one, in front, `KIND NAME {`, or remove this brace");
        }
        if let Some(value) = text.strip_prefix('=') {
            let value = value.trim();
            let diag = self.error(
                codes::NO_ITEM.code,
                "expected the name of an attribute before `=`".into(),
                span,
                "no name stands before it",
            );
            return diag.help(format!("write `NAME = {}`", if value.is_empty() { "VALUE".into() } else { show(value) }));
        }
        if text.starts_with(['"', '\'']) && !text[1..].contains(&text[..1]) {
            let mark = &text[..1];
            return self
                .error(
                    codes::MISSING_QUOTE.code,
                    format!("expected `{mark}` at the end of the string"),
                    span,
                    "this string has no end on its line",
                )
                .help(format!(
                    "remove the `{mark}` if no string was meant; a string stands behind a name and `=`: `NAME = {mark}…{mark}`"
                ));
        }
        if text.starts_with(['"', '\'']) {
            return found(&format!("the string {}", quote(first_string(text))))
                .help(format!("a value stands behind a name and `=`: `NAME = {}`", show(first_string(text))));
        }
        if text.starts_with('[') {
            return found("a list").help(format!("a list stands behind a name and `=`: `NAME = {}`", show(text)));
        }
        if matches!(first, "-" | "*" | "+") {
            let list = words[1..].join(" ");
            return found(&quote(text)).help(format!("several values are written as a list: `NAME = [{}, …]`", show(&list)));
        }
        if !is_word(first) {
            return match first.is_ascii() {
                true => found(&quote(text)).help("write an attribute, `NAME = VALUE`, or a block, `KIND NAME { … }`"),
                false => {
                    found(&quote(text)).help("names begin with a letter from `a` to `z`; text stands in quotes behind `NAME =`")
                }
            };
        }
        let after = |words: &str| Span::new(span.file, span.start, span.start + words.len() as u32);
        match words.as_slice() {
            [key] if next.is_some_and(|next| next.kind() == SyntaxKind::Attr && self.same_line(node, next)) => {
                let next = next.map_or(String::new(), |next| show(next.text()));
                self.error(
                    codes::NO_ITEM.code,
                    format!("expected `=` or `{{` after {}, found `{next}`", quote(key)),
                    span,
                    "neither `=` nor `{` follows",
                )
                .help(format!(
                    "an attribute has one name: write `{0}_{next}`, or remove {1}",
                    show(key),
                    quote(key)
                ))
            }
            [key] => self
                .error(
                    codes::NO_ITEM.code,
                    format!("expected `=` or `{{` after {}", quote(key)),
                    span,
                    "neither `=` nor `{` follows",
                )
                .help(format!("write `{0} = VALUE` for an attribute, or `{0} {{ … }}` for a block", show(key))),
            [key, second] if is_name(second) => self
                .error(
                    codes::NO_ITEM.code,
                    format!("expected `=` after {}, or `{{` after {}", quote(key), quote(text)),
                    span,
                    "neither `=` nor `{` stands here",
                )
                .help(format!("write `{0} = {1}` for an attribute, or `{0} {1} {{ … }}` for a block", show(key), show(second))),
            [key, rest @ ..] => {
                let rest = rest.join(" ");
                self.error(
                    codes::NO_ITEM.code,
                    format!("expected `=` or `{{` after {}, found {}", quote(key), quote(&rest)),
                    after(key),
                    "neither `=` nor `{` follows",
                )
                .help(format!(
                    "write `{0} = \"{1}\"` for text, or `{0} {{ … }}` for a block",
                    show(key),
                    show(&plain(&rest))
                ))
            }
            [] => found(&quote(text)).help("write an attribute, `NAME = VALUE`, or a block, `KIND NAME { … }`"),
        }
    }

    /// `internet -> a`, `never a b`
    fn no_assertion(&self, span: Span, text: &str, words: &[&str]) -> Diag {
        let names: Vec<String> = text
            .split([' ', '\t', '>', '→'])
            .map(|word| word.trim_end_matches('-'))
            .filter(|word| !matches!(*word, "" | "never" | "allow" | "on" | "to"))
            .map(show)
            .collect();
        let from = names.first().map_or("FROM", String::as_str);
        let to = names.get(1).map_or("TO", String::as_str);
        let verb = words.first().copied().unwrap_or_default();
        if matches!(verb, "never" | "allow") {
            self.error(
                codes::ASSERTION.code,
                format!("expected `{verb} FROM -> TO`, found {}", quote(text)),
                span,
                "this is no complete assertion",
            )
            .help(format!("write `{verb} {from} -> {to}`, and `on tcp/5061` behind it to speak of some ports only"))
        } else {
            self.error(
                codes::ASSERTION.code,
                format!("expected `never` or `allow` before `->`, found {}", quote(text)),
                span,
                "an assertion begins with what it demands",
            )
            .help(format!("write `never {from} -> {to}` or `allow {from} -> {to}` in an `assert` block"))
        }
    }
}

fn is_broken(node: Node<'_>) -> bool {
    node.subtree().any(|node| node.kind().is_error())
}

/// A second word that could be a block's name or an attribute's value.
fn is_name(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_alphanumeric() || "_-.[]/:%".contains(c))
}

/// Without quotes, so that it can be shown between quotes.
fn plain(text: &str) -> String {
    text.replace(['"', '\\'], "")
}

/// The string at the beginning of `text`.
fn first_string(text: &str) -> &str {
    let mark = &text[..1];
    text[1..].find(mark).map_or(text, |end| &text[..end + 2])
}

/// The fraction and unit of `2,6GHz`, given `2` and `,6GHz`.
fn fraction<'a>(whole: &str, rest: &'a str, digits: &impl Fn(&str) -> bool) -> Option<&'a str> {
    let fraction = rest.strip_prefix(',')?;
    let unit = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
    let right = digits(whole) && fraction.len() > unit.len() && (unit.is_empty() || units::meant(unit) == Some(unit));
    right.then_some(fraction)
}
