//! Words in front of `=` and `{`, and letters outside ASCII.

use super::missing::key_of;
use super::show::{is_hidden, name, quote, show};
use super::{Finder, Place, codes, replace};
use crate::diag::{Diag, Edit, Fix};
use crate::syntax::ast::is_word;
use crate::syntax::{Node, SyntaxKind};

impl<'t> Finder<'t> {
    /// The key of an attribute, or the kind of a block.
    pub(super) fn report_head(&mut self, node: Node<'t>) {
        let block = node.kind() == SyntaxKind::Block;
        let mut words = node
            .children()
            .take_while(|child| !matches!(child.kind(), SyntaxKind::LeftBrace | SyntaxKind::Equals | SyntaxKind::MissingEquals))
            .filter(|child| matches!(child.kind(), SyntaxKind::Scalar | SyntaxKind::Quoted | SyntaxKind::Raw));
        let Some(head) = words.next() else { return };
        let diag = match head.kind() {
            SyntaxKind::Scalar if is_word(head.text()) => None,
            SyntaxKind::Scalar if !head.text().is_ascii() => Some(self.not_ascii(head, false)),
            SyntaxKind::Scalar => Some(self.not_a_word(node, head)),
            _ => Some(self.in_quotes(head, if block { "the kind of a block" } else { "the name of an attribute" })),
        };
        self.diags.extend(diag);
    }

    /// Letters outside ASCII in a value. What a block's name may be is checked where names are.
    pub(super) fn report_letters(&mut self, place: Place<'t>) {
        let value = match place.parent.kind() {
            SyntaxKind::Attr => place.before.is_some(),
            SyntaxKind::Block => false,
            _ => true,
        };
        if value && !place.node.text().is_ascii() {
            let diag = self.not_ascii(place.node, place.parent.kind() != SyntaxKind::Assertion);
            self.diags.push(diag);
        }
    }

    fn not_ascii(&self, word: Node<'t>, quotable: bool) -> Diag {
        let text = word.text();
        let letter = text.chars().find(|c| !c.is_ascii()).unwrap_or_default();
        let number = format!("`{letter}` (U+{:04X})", u32::from(letter));
        let diag = self.error(
            codes::NOT_ASCII.code,
            format!("expected ASCII letters outside strings, found {number} in {}", quote(text)),
            word.span(),
            "not all of this is ASCII",
        );
        let plain: String = text.chars().map(|c| look_alike(c).unwrap_or(c)).collect();
        if plain.is_ascii() {
            diag.help(format!("{number} only looks like ASCII: write {}", quote(&plain))).fix(replace(
                word.span(),
                plain,
                "write it in ASCII letters",
            ))
        } else if quotable {
            diag.help(format!("put text in quotes, `\"{}\"`; names and references use the letters `a` to `z`", show(text)))
        } else {
            diag.help("use the letters `a` to `z`, digits, `_` and `-`")
        }
    }

    fn in_quotes(&self, word: Node<'t>, what: &str) -> Diag {
        let inner = &word.text()[1..word.text().len() - 1];
        let diag = self.error(
            codes::NOT_A_WORD.code,
            format!("expected {what} without quotes, found {}", quote(word.text())),
            word.span(),
            "no quotes here",
        );
        if !inner.is_empty() && inner.chars().all(|c| c.is_ascii_alphanumeric() || "_-.[]".contains(c)) {
            diag.help(format!("write {}", quote(inner))).fix(replace(word.span(), inner, "remove the quotes"))
        } else {
            diag.help("a name is a word: a letter, then letters, digits, `_` and `-`")
        }
    }

    fn not_a_word(&self, node: Node<'t>, head: Node<'t>) -> Diag {
        let text = head.text();
        let number = text.starts_with(|c: char| c.is_ascii_digit());
        let found = if number { format!("the number {}", quote(text)) } else { quote(text) };
        if node.kind() == SyntaxKind::Block {
            let diag = self.error(
                codes::NOT_A_WORD.code,
                format!("expected the kind of a block before `{{`, found {found}"),
                head.span(),
                "this is not the kind of a block",
            );
            return diag.help(format!(
                "a block begins with its kind; if this is its name, write the kind in front: `KIND {} {{`",
                show(text)
            ));
        }
        let diag = self.error(
            codes::NOT_A_WORD.code,
            format!("expected the name of an attribute before `=`, found {found}"),
            head.span(),
            "this is not a name",
        );
        match text.split_once('.') {
            Some((outer, inner)) if is_word(outer) && is_word(inner) => {
                diag.help(format!("an attribute is written in its block: `{outer} {{ {inner} = … }}`"))
            }
            _ => diag.help(format!("a name is a letter, then letters, digits, `_` and `-`: `NAME = {}`", show(text))),
        }
    }

    /// Notes invisible characters; they are reported once per character.
    pub(super) fn note_hidden(&mut self, node: Node<'t>) {
        let start = node.span().start;
        for (at, c) in node.text().char_indices() {
            let at = start + at as u32;
            let span = crate::text::Span::new(node.span().file, at, at + c.len_utf8() as u32);
            match self.hidden.iter_mut().find(|(known, _)| *known == c) {
                Some((_, spans)) => spans.push(span),
                None => self.hidden.push((c, vec![span])),
            }
        }
    }

    /// One finding for each invisible character, at its first place.
    pub(super) fn report_hidden(&mut self) {
        for (c, spans) in std::mem::take(&mut self.hidden) {
            let Some(first) = spans.first() else { continue };
            let label = match spans.len() {
                1 => "it is here".to_owned(),
                2 => "it is here and in one more place".to_owned(),
                many => format!("it is here and in {} more places", many - 1),
            };
            let with = match c {
                '\r' => "\n",
                c if c.is_whitespace() => " ",
                _ => "",
            };
            let help = match with {
                "\n" => "end lines with a line feed",
                " " => "write a blank",
                _ => "remove it",
            };
            let edits = spans.iter().map(|span| Edit { span: *span, text: with.to_owned() }).collect();
            let diag = self
                .error(codes::NOT_ASCII.code, format!("expected visible text, found a {}", name(c)), *first, &label)
                .help(format!("{help}; in a string it is written `\\u{{{:x}}}`", u32::from(c)))
                .fix(Fix { title: help.to_owned(), edits });
            debug_assert!(is_hidden(c));
            self.diags.push(diag);
        }
    }

    /// `users: 28_000`, `inside: {`
    pub(super) fn report_assign(&mut self, place: Place<'t>) {
        let found = place.node.text();
        let diag = if place.parent.kind() == SyntaxKind::Block {
            let header = super::missing::header_of(place.parent);
            self.error(
                codes::WRONG_ASSIGNMENT.code,
                format!("expected `{{` after {header}, found `{found}`"),
                place.node.span(),
                "a block has no sign before its brace",
            )
            .help(format!("write `{} {{`", header.trim_matches('`')))
            .fix(replace(place.node.span(), "", format!("remove the `{found}`")))
        } else {
            let key = key_of(place.parent);
            let value = place.next.filter(|next| !next.span().is_empty()).map_or("VALUE".into(), |value| show(value.text()));
            let glued = self.parsed.tree.text()[..place.node.span().start as usize].ends_with([' ', '\t']);
            let tight = self.parsed.tree.text()[place.node.span().end as usize..].starts_with([' ', '\t']);
            let text = format!("{}={}", if glued { "" } else { " " }, if tight { "" } else { " " });
            self.error(
                codes::WRONG_ASSIGNMENT.code,
                format!("expected `=` after `{key}`, found `{found}`"),
                place.node.span(),
                "an attribute is written with `=`",
            )
            .help(format!("write `{key} = {value}`"))
            .fix(replace(place.node.span(), text, "write `=`"))
        };
        self.diags.push(diag);
    }
}

/// The ASCII character that a letter or mark is easily taken for.
fn look_alike(c: char) -> Option<char> {
    Some(match c {
        'а' => 'a',
        'е' => 'e',
        'о' => 'o',
        'р' => 'p',
        'с' => 'c',
        'у' => 'y',
        'х' => 'x',
        'і' => 'i',
        'ѕ' => 's',
        'ј' => 'j',
        'ο' => 'o',
        'ν' => 'v',
        'А' | 'Α' => 'A',
        'В' | 'Β' => 'B',
        'Е' | 'Ε' => 'E',
        'К' | 'Κ' => 'K',
        'М' | 'Μ' => 'M',
        'Н' | 'Η' => 'H',
        'О' | 'Ο' => 'O',
        'Р' | 'Ρ' => 'P',
        'С' => 'C',
        'Т' | 'Τ' => 'T',
        'Х' | 'Χ' => 'X',
        '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0)?,
        _ => return None,
    })
}
