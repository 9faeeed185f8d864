//! What one word of the language means, as the sections of the language reference that are about it.

use std::collections::{BTreeMap, BTreeSet};

use super::blocks;
use super::export::{attribute_item, block_section};
use super::{AttrSchema, BlockSchema, Type, listed};
use crate::product::Choice;

/// Every word that has a meaning here: kinds of blocks, attributes, and words that values may be.
pub fn vocabulary() -> BTreeSet<&'static str> {
    let mut words = BTreeSet::new();
    for block in blocks::ALL {
        words.insert(block.kind);
        for attr in block.attrs {
            words.insert(attr.name);
            words.extend(choices(&attr.ty).iter().map(|choice| choice.word));
        }
    }
    words
}

/// The kinds of blocks.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    blocks::ALL.iter().map(|block| block.kind)
}

/// The names of the attributes of a kind of block.
pub fn attributes(kind: &str) -> impl Iterator<Item = &'static str> {
    blocks::of_kind(kind).flat_map(|block| block.attrs).map(|attr| attr.name)
}

/// The sections of the blocks of a kind, as Markdown; nothing if there is no such kind.
pub fn block_text(kind: &str) -> Option<String> {
    let sections: Vec<String> = blocks::of_kind(kind).map(block_section).collect();
    (!sections.is_empty()).then(|| sections.join("\n"))
}

/// What an attribute of a kind of block is, as Markdown; nothing if the block has no such attribute.
pub fn attribute_text(kind: &str, name: &str) -> Option<String> {
    grouped(blocks::of_kind(kind).filter_map(|block| Some((block, block.attr(name)?))))
}

/// Everything that a word is, each as Markdown with a heading: a kind of block, an attribute, a word of values.
pub fn meanings(word: &str) -> Vec<String> {
    let of_all = blocks::ALL.iter().filter_map(|block| Some((*block, block.attr(word)?)));
    [block_text(word), grouped(of_all), choice_text(word)].into_iter().flatten().collect()
}

/// Attributes that say the same, under one heading with all of their blocks.
fn grouped(attrs: impl Iterator<Item = (&'static BlockSchema, &'static AttrSchema)>) -> Option<String> {
    let mut places: Vec<(String, &str, Vec<&str>)> = Vec::new();
    for (block, attr) in attrs {
        let item = attribute_item(attr);
        match places.iter_mut().find(|(known, ..)| *known == item) {
            Some((.., kinds)) if kinds.contains(&block.kind) => {}
            Some((.., kinds)) => kinds.push(block.kind),
            None => places.push((item, attr.name, vec![block.kind])),
        }
    }
    let section = |(item, name, kinds): &(String, &str, Vec<&str>)| {
        format!("### `{name}` in {}\n\n{item}", listed(kinds.iter().copied(), "and"))
    };
    (!places.is_empty()).then(|| places.iter().map(section).collect::<Vec<_>>().join("\n"))
}

/// A word that values may be, with the attributes that take it.
fn choice_text(word: &str) -> Option<String> {
    let mut places: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for block in blocks::ALL {
        for attr in block.attrs {
            for choice in choices(&attr.ty).iter().filter(|choice| choice.word == word) {
                let place = format!("`{}.{}`", block.kind, attr.name);
                let known = places.entry(choice.doc).or_default();
                if !known.contains(&place) {
                    known.push(place);
                }
            }
        }
    }
    let places: Vec<String> = places.iter().map(|(doc, places)| format!("- {}: {doc}\n", places.join(", "))).collect();
    (!places.is_empty()).then(|| format!("### The word `{word}`\n\n{}", places.concat()))
}

/// The words that a value may be, or be made of.
fn choices(ty: &Type) -> &'static [Choice] {
    match ty {
        Type::Choice(choices) => choices,
        Type::List(inner) | Type::OneOrMore(inner) => choices(inner),
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_a_meaning() {
        for word in vocabulary() {
            assert!(!meanings(word).is_empty(), "{word}");
        }
        assert!(meanings("no_such_word").is_empty());
    }

    #[test]
    fn an_attribute_of_many_blocks_is_told_once_for_each_meaning() {
        let text = attribute_text("network", "zone").expect("an attribute");
        assert!(text.starts_with("### `zone` in `network`\n\n- `zone`: "), "{text}");
        assert!(attribute_text("network", "users").is_none() && attribute_text("nothing", "zone").is_none());
        let shape = meanings("load_balancer");
        assert_eq!(shape.len(), 2, "a block and an attribute: {shape:?}");
    }
}
