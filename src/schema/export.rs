//! The vocabulary as documents: JSON for programs, Markdown for people (`docs/language.md` and the pages of `docs/language/`).

use std::fmt::Write as _;

use serde::Serialize;

use super::blocks::{self, ANYWHERE, TOP};
use super::{AttrSchema, BlockSchema, NameRule, Type, listed, step_title};
use crate::product::{Choice, Product, Releases};

/// The text before the blocks in the language reference.
const INTRO: &str = include_str!("intro.md");

#[derive(Serialize)]
struct JsonSchema {
    blocks: Vec<JsonBlock>,
}

#[derive(Serialize)]
struct JsonBlock {
    kind: &'static str,
    title: &'static str,
    /// `""` is the top of a file, `"*"` every block.
    parents: &'static [&'static str],
    name: &'static str,
    repeat: bool,
    required_in: &'static [&'static str],
    since: Product,
    planning_step: u8,
    doc: &'static str,
    example: &'static str,
    attributes: Vec<JsonAttr>,
}

#[derive(Serialize)]
struct JsonAttr {
    name: &'static str,
    r#type: JsonType,
    required: bool,
    default: Option<&'static str>,
    since: Product,
    doc: &'static str,
}

#[derive(Serialize)]
#[serde(tag = "name", rename_all = "snake_case")]
enum JsonType {
    Boolean,
    Integer { min: u64, max: u64, unit: &'static str },
    Percent,
    Duration,
    Size,
    Rate,
    Frequency,
    Date,
    TimeOfDay,
    Text,
    Regex,
    UncPath,
    Fqdn,
    DomainName,
    Address,
    Network,
    Port,
    Choice { words: Vec<JsonWord> },
    Reference { kinds: &'static [&'static str] },
    List { of: Box<JsonType> },
    OneOrMore { of: Box<JsonType> },
}

#[derive(Serialize)]
struct JsonWord {
    word: &'static str,
    doc: &'static str,
    /// The release that has it, where only one has.
    #[serde(skip_serializing_if = "Option::is_none")]
    only: Option<Product>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<Product>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Product>,
}

/// The vocabulary as JSON, with a line end.
pub fn json() -> String {
    json_of(blocks::ALL.iter().copied())
}

/// The blocks of a kind as JSON, in the form of the whole vocabulary.
pub fn block_json(kind: &str) -> String {
    json_of(blocks::of_kind(kind))
}

fn json_of(blocks: impl Iterator<Item = &'static BlockSchema>) -> String {
    let blocks = blocks.map(json_block).collect();
    // Strings, numbers and lists always have a JSON form.
    let mut text = serde_json::to_string_pretty(&JsonSchema { blocks }).unwrap_or_default();
    text.push('\n');
    text
}

fn json_block(block: &'static BlockSchema) -> JsonBlock {
    JsonBlock {
        kind: block.kind,
        title: block.title,
        parents: block.parents,
        name: match block.name {
            NameRule::None => "none",
            NameRule::Required => "required",
            NameRule::Range => "range",
            NameRule::Text => "text",
            NameRule::Code => "code",
        },
        repeat: block.repeat,
        required_in: block.required_in,
        since: block.since,
        planning_step: block.step,
        doc: block.doc,
        example: block.example,
        attributes: block.attrs.iter().map(json_attr).collect(),
    }
}

fn json_attr(attr: &'static AttrSchema) -> JsonAttr {
    JsonAttr {
        name: attr.name,
        r#type: json_type(&attr.ty),
        required: attr.required,
        default: attr.default,
        since: attr.since,
        doc: attr.doc,
    }
}

fn json_word(choice: &'static Choice) -> JsonWord {
    let only = choice.releases.only();
    let part = |bound: Option<Product>| bound.filter(|_| only.is_none());
    JsonWord {
        word: choice.word,
        doc: choice.doc,
        only,
        since: part(choice.releases.first()),
        until: part(choice.releases.last()),
    }
}

fn json_type(ty: &'static Type) -> JsonType {
    match ty {
        Type::Bool => JsonType::Boolean,
        Type::Integer { min, max, unit } => JsonType::Integer { min: *min, max: *max, unit },
        Type::Percent => JsonType::Percent,
        Type::Duration => JsonType::Duration,
        Type::Size => JsonType::Size,
        Type::Rate => JsonType::Rate,
        Type::Frequency => JsonType::Frequency,
        Type::Date => JsonType::Date,
        Type::TimeOfDay => JsonType::TimeOfDay,
        Type::Text => JsonType::Text,
        Type::Regex => JsonType::Regex,
        Type::UncPath => JsonType::UncPath,
        Type::Fqdn => JsonType::Fqdn,
        Type::DomainName => JsonType::DomainName,
        Type::Address => JsonType::Address,
        Type::Network => JsonType::Network,
        Type::Port => JsonType::Port,
        Type::Choice(choices) => JsonType::Choice { words: choices.iter().map(json_word).collect() },
        Type::Reference(kinds) => JsonType::Reference { kinds },
        Type::List(inner) => JsonType::List { of: Box::new(json_type(inner)) },
        Type::OneOrMore(inner) => JsonType::OneOrMore { of: Box::new(json_type(inner)) },
    }
}

/// The language reference: the introduction, then every block.
pub fn markdown() -> String {
    let mut text = INTRO.to_owned();
    text.push_str("## Blocks\n\n| block | allowed in | is |\n|---|---|---|\n");
    for block in blocks::ALL {
        let _ = writeln!(text, "| [`{}`](#{}) | {} | {} |", block.kind, anchor(block), parents(block), block.title);
    }
    for block in blocks::ALL {
        text.push('\n');
        text += &block_section(block);
    }
    text
}

/// A block in the language reference.
pub(super) fn block_section(block: &'static BlockSchema) -> String {
    let mut text = format!("### {}\n\n{}\n\n", heading(block), block.doc);
    let name = match block.name {
        NameRule::None => "no name",
        NameRule::Required => "a name",
        NameRule::Range => "a name, which may have a range",
        NameRule::Text => "a name, which may be a text in quotes",
        NameRule::Code => "the code or the name of a rule as its name",
    };
    let times = if block.repeat { "" } else { "; at most one" };
    let step = step_title(block.step);
    let step = if block.step == 0 { step.to_owned() } else { format!("planning step {}, {step}", block.step) };
    let _ = writeln!(text, "Allowed in {}{times}. Has {name}. Belongs to {step}.{}", parents(block), since(block.since));
    let inside: Vec<_> = blocks::children_of(block.kind).filter(|inner| !inner.parents.contains(&ANYWHERE)).collect();
    if !inside.is_empty() {
        let _ = writeln!(text, "Contains {}.", listed(inside.iter().map(|inner| inner.kind), "and"));
    }
    let needed: Vec<_> = inside.iter().filter(|inner| inner.required_in.contains(&block.kind)).map(|inner| inner.kind).collect();
    if !needed.is_empty() {
        let _ = writeln!(text, "Needs {}.", listed(needed.into_iter(), "and"));
    }
    let _ = writeln!(text, "\n```ocstopo\n{}\n```", block.example);
    if !block.attrs.is_empty() {
        text.push('\n');
    }
    block.attrs.iter().for_each(|attr| text += &attribute_item(attr));
    text
}

/// An attribute in the language reference, with the words that it takes.
pub(super) fn attribute_item(attr: &AttrSchema) -> String {
    let need = match attr.default {
        Some(default) => format!("default `{default}`"),
        None if attr.required => "**required**".to_owned(),
        None => "optional".to_owned(),
    };
    let mut text = format!("- `{}`: {}; {need}. {}{}\n", attr.name, type_text(&attr.ty), attr.doc, since(attr.since));
    let ty = if let Type::List(inner) | Type::OneOrMore(inner) = &attr.ty { inner } else { &attr.ty };
    if let Type::Choice(choices) = ty {
        for choice in *choices {
            let _ = writeln!(text, "  - `{}`: {}{}", choice.word, choice.doc, releases(choice.releases));
        }
    }
    text
}

/// A type with its range, as the reference names it. Words are listed below the attribute.
fn type_text(ty: &Type) -> String {
    match ty {
        Type::Integer { min, max, .. } => format!("{} from {min} to {max}", ty.noun()),
        Type::Choice(_) => "a word".into(),
        _ => ty.noun(),
    }
}

/// Which releases have something, as a sentence; nothing where all have it.
fn releases(releases: Releases) -> String {
    let title = |product: Option<Product>| product.map(Product::title);
    match (title(releases.only()), title(releases.first()), title(releases.last())) {
        (Some(only), ..) => format!(" {only} only."),
        (None, Some(first), Some(last)) => format!(" From {first} to {last}."),
        (None, Some(first), None) => format!(" Since {first}."),
        (None, None, Some(last)) => format!(" Until {last}."),
        (None, None, None) => String::new(),
    }
}

fn since(first: Product) -> String {
    if first == Product::ALL[0] { String::new() } else { format!(" Since {}.", first.title()) }
}

fn parents(block: &BlockSchema) -> String {
    if block.parents.contains(&ANYWHERE) {
        return "every block and at the top of a file".into();
    }
    let parents = listed(block.parents.iter().copied().filter(|parent| *parent != TOP), "or");
    match (block.parents.contains(&TOP), parents.is_empty()) {
        (true, true) => "no other block".into(),
        (true, false) => format!("no other block, or in {parents}"),
        (false, _) => parents,
    }
}

/// Two blocks may have the same kind; then the heading says where this one is.
fn heading(block: &BlockSchema) -> String {
    if blocks::of_kind(block.kind).count() > 1 {
        format!("`{}` in {}", block.kind, listed(block.parents.iter().copied(), "or"))
    } else {
        format!("`{}`", block.kind)
    }
}

/// The anchor that renderers of Markdown give the heading.
fn anchor(block: &BlockSchema) -> String {
    heading(block).chars().filter(|c| !matches!(c, '`' | ',')).map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::lower::lower;
    use crate::syntax::parse;
    use crate::text::FileId;

    #[test]
    fn json_is_json() {
        let value: serde_json::Value = serde_json::from_str(&json()).unwrap();
        let blocks = value["blocks"].as_array().unwrap();
        assert_eq!(blocks.len(), blocks::ALL.len());
        assert_eq!(blocks[0]["attributes"][0]["type"]["words"][1]["word"], "ocs_2007_r2");
    }

    #[test]
    fn anchors_are_unique() {
        let mut anchors: Vec<_> = blocks::ALL.iter().map(|block| anchor(block)).collect();
        anchors.sort_unstable();
        assert!(anchors.windows(2).all(|pair| pair[0] != pair[1]), "{anchors:?}");
    }

    /// An example is put in its first possible parent, up to the top.
    fn placed(block: &BlockSchema, text: &str) -> String {
        let parent = block.parents[0];
        if parent == TOP || parent == ANYWHERE {
            return text.to_owned();
        }
        let outer = blocks::of_kind(parent).next().unwrap();
        let name = if outer.name == NameRule::None { "" } else { "x" };
        placed(outer, &format!("{parent} {name} {{\n{text}\n}}"))
    }

    #[test]
    fn examples_parse_and_lower() {
        for block in blocks::ALL {
            let text: Arc<str> = placed(block, block.example).into();
            let parsed = parse(FileId(0), text.clone());
            assert!(parsed.diags.is_empty(), "{}: {:?}\n{text}", block.kind, parsed.diags);
            let start = text.find(block.example).unwrap() as u32;
            let end = start + block.example.len() as u32;
            let (_, diags) = lower(&[parsed.tree]);
            let own: Vec<_> = diags
                .iter()
                .filter(|diag| diag.primary.span.start >= start && diag.primary.span.end <= end && diag.primary.span.end > 0)
                .filter(|diag| !["OCS0054", "OCS0060"].contains(&diag.code.0))
                .collect();
            assert!(own.is_empty(), "{}: {own:?}\n{text}", block.kind);
        }
    }

    #[test]
    fn every_block_is_in_the_index_by_task() {
        let missing: Vec<&str> = blocks::ALL
            .iter()
            .map(|block| block.kind)
            .filter(|kind| blocks::of_kind(kind).count() == 1 && !INTRO.contains(&format!("[`{kind}`](#{kind})")))
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn introduction_parses() {
        let examples = INTRO.split("```ocstopo\n").skip(1).map(|rest| rest.split("```").next().unwrap());
        for example in examples {
            let parsed = parse(FileId(0), example.into());
            assert!(parsed.diags.is_empty(), "{:?}\n{example}", parsed.diags);
        }
    }
}
