//! What a word means, and what follows from it, as Markdown.

use super::cursor::{Cursor, Spot, schema_of};
use super::derived::{Fact, address_facts, derived};
use super::{Place, Snapshot};
use crate::lint;
use crate::product::Choice;
use crate::schema::{AttrSchema, BlockSchema, NameRule, Type, step_title};
use crate::syntax::ast::Block;
use crate::text::Span;

/// An explanation and the word that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// The word.
    pub span: Span,
    /// Markdown.
    pub text: String,
}

/// Explains the word at a place.
pub fn hover(snapshot: &Snapshot, place: Place) -> Option<Hover> {
    let cursor = Cursor::at(snapshot, place)?;
    match cursor.spot {
        Spot::Kind(block, span) => Some(Hover { span, text: kind(schema(&cursor, block)?) }),
        Spot::Name(block) => name(snapshot, &cursor, block),
        Spot::Key(attr, span) => Some(Hover { span, text: attribute(cursor.schema()?, cursor.attr(attr)?) }),
        Spot::Value(attr, span) => value(snapshot, cursor.attr(attr)?, span, place),
        Spot::Item(_) | Spot::Other => None,
    }
}

fn schema(cursor: &Cursor<'_>, block: Block<'_>) -> Option<&'static BlockSchema> {
    let around: Vec<Block<'_>> = cursor.blocks.iter().copied().chain([block]).collect();
    schema_of(&around)
}

fn kind(schema: &BlockSchema) -> String {
    let mut text = format!("**{}** `{}`\n\n{}\n", schema.title, schema.kind, schema.doc);
    if schema.step > 0 {
        text += &format!("\nStep {}: {}\n", schema.step, step_title(schema.step));
    }
    text + &format!("\n```ocstopo\n{}\n```\n", schema.example)
}

fn attribute(block: &BlockSchema, attr: &AttrSchema) -> String {
    let need = match (attr.required, attr.default) {
        (true, _) => "required".to_owned(),
        (false, Some(default)) => format!("`{default}` if it is left out"),
        (false, None) => "optional".to_owned(),
    };
    let mut text = format!("`{}` of `{}`: {}; {need}\n\n{}\n", attr.name, block.kind, type_words(&attr.ty), attr.doc);
    let choices = choices(&attr.ty);
    if !choices.is_empty() {
        text.push('\n');
        choices.iter().for_each(|choice| text += &format!("- `{}`: {}\n", choice.word, choice.doc));
    }
    text
}

/// What a value is called; the words of a choice are listed apart.
fn type_words(ty: &Type) -> String {
    match ty {
        Type::Choice(_) => "a word".to_owned(),
        Type::List(Type::Choice(_)) => "a list of words".to_owned(),
        _ => ty.noun(),
    }
}

/// The words that a value may be, or be made of.
pub(super) fn choices(ty: &Type) -> &'static [Choice] {
    match ty {
        Type::Choice(choices) => choices,
        Type::List(inner) | Type::OneOrMore(inner) => choices(inner),
        _ => &[],
    }
}

fn name(snapshot: &Snapshot, cursor: &Cursor<'_>, block: Block<'_>) -> Option<Hover> {
    let (name, schema) = (block.name()?, schema(cursor, block)?);
    if schema.name == NameRule::Code {
        return Some(Hover { span: name.span, text: lint::explain(name.text)? });
    }
    Some(Hover { span: name.span, text: declared(schema, name.text, &derived(snapshot, name.span)) })
}

fn declared(schema: &BlockSchema, name: &str, facts: &[Fact]) -> String {
    let mut text = format!("**{}** `{name}`\n", schema.title);
    if facts.is_empty() {
        return text + &format!("\n{}\n", schema.doc);
    }
    text.push('\n');
    facts.iter().for_each(|fact| text += &format!("- {}: {}\n", fact.what, fact.is));
    text
}

fn value(snapshot: &Snapshot, attr: &AttrSchema, span: Span, place: Place) -> Option<Hover> {
    let written = snapshot.compiled.sources.text(span);
    if let Some(choice) = choices(&attr.ty).iter().find(|choice| choice.word == written) {
        return Some(Hover { span, text: format!("`{}`: {}\n", choice.word, choice.doc) });
    }
    if !attr.ty.reference_kinds().is_empty() {
        let index = snapshot.index();
        let used = index.at(place.file, place.offset)?;
        let name = &index.names[used.name];
        let facts = derived(snapshot, name.span);
        return Some(Hover { span: used.span, text: declared(name.schema, &index.path(used.name), &facts) });
    }
    let address = written.parse().ok()?;
    let facts = address_facts(&snapshot.compiled.resolved.as_ref()?.topology, address);
    let mut text = format!("`{written}`\n\n");
    facts.iter().for_each(|fact| text += &format!("- {}: {}\n", fact.what, fact.is));
    (!facts.is_empty()).then_some(Hover { span, text })
}
