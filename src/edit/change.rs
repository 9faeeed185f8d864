//! A change as it is typed, and the edit that makes it.

use super::ChangeError;
use super::place::{self, Place, Target, all};
use crate::diag::{Edit, meant};
use crate::product::Feature;
use crate::schema::{BlockSchema, listed};
use crate::syntax::ast::{self, Attr, Item, Value};
use crate::syntax::{SyntaxTree, parse};
use crate::text::{FileId, SourceMap, Span};

/// A change of one attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// `external_access.federation = discovered`
    Set {
        /// Block and attribute.
        path: String,
        /// The value as typed.
        value: String,
    },
    /// `feature +web_conferencing` or `feature -web_conferencing`
    Feature {
        /// The feature.
        word: String,
        /// Whether it comes or goes.
        on: bool,
    },
}

impl Change {
    /// Whether a word of the command line is meant as a change, and not as a path of files.
    pub fn is_meant(text: &str) -> bool {
        text.contains('=') || feature(text).is_some()
    }

    /// Reads a change.
    ///
    /// # Errors
    /// A text that is neither form.
    pub fn read(text: &str) -> Result<Self, String> {
        if let Some(words) = feature(text) {
            let on = words.starts_with('+');
            let word = words.strip_prefix(['+', '-']).map(str::trim).filter(|word| !word.is_empty());
            let word =
                word.ok_or("write `feature +web_conferencing` to add a feature, or `feature -web_conferencing` to remove one")?;
            return Ok(Self::Feature { word: word.to_owned(), on });
        }
        let (path, value) = text.split_once('=').ok_or_else(|| format!("`{text}` is no change: {FORMS}"))?;
        let (path, value) = (path.trim(), value.trim());
        if path.is_empty() || value.is_empty() {
            let lacks = if path.is_empty() { "names no attribute" } else { "has no value" };
            return Err(format!("`{text}` {lacks}: {FORMS}"));
        }
        Ok(Self::Set { path: path.to_owned(), value: value.to_owned() })
    }

    /// The edit that makes the change.
    pub(super) fn edit(&self, trees: &[SyntaxTree]) -> Result<Edit, ChangeError> {
        let places = all(trees);
        match self {
            Self::Set { path, value } => set(&places, trees, path, value),
            Self::Feature { word, on } => feature_edit(&places, trees, word, *on),
        }
    }
}

const FORMS: &str = "write it as in `external_access.federation = discovered` or `feature +web_conferencing`";

/// What follows the word `feature`, if a text begins with it.
fn feature(text: &str) -> Option<&str> {
    let rest = text.trim().strip_prefix("feature")?;
    rest.starts_with([' ', '\t', '+', '-']).then(|| rest.trim()).filter(|rest| !rest.starts_with('='))
}

fn set(places: &[Place<'_>], trees: &[SyntaxTree], path: &str, value: &str) -> Result<Edit, ChangeError> {
    let segments = place::segments(path);
    let Some((name, around)) = segments.split_last() else { return Err(format!("`{path}` names no attribute").into()) };
    let target = place::find(places, if around.is_empty() { &["organization"] } else { around })?;
    let schema = match target {
        Target::Block(place) => place.schema,
        Target::Missing { schema, .. } => schema,
    };
    let Some(known) = schema.attr(name) else { return Err(unknown_attribute(schema, name, around.is_empty()).into()) };
    let value = read_value(known.name, value)?;
    match target {
        Target::Block(place) => match written(place, known.name) {
            Some(attr) => {
                let span = attr.value().map(Value::span);
                let text = if span.is_some() { value } else { format!("{} = {value}", known.name) };
                Ok(Edit { span: span.unwrap_or_else(|| attr.span()), text })
            }
            None => insert(trees, place, &format!("{} = {value}", known.name)),
        },
        Target::Missing { parent, schema } => insert(trees, parent, &format!("{} {{ {} = {value} }}", schema.kind, known.name)),
    }
}

fn unknown_attribute(schema: &BlockSchema, name: &str, alone: bool) -> String {
    let names = || schema.attrs.iter().map(|attr| attr.name);
    let begin = format!("`{}` has no attribute `{name}`", schema.kind);
    match meant(name, names) {
        Some(near) => format!("{begin}: did you mean `{near}`?"),
        None if alone => {
            format!("{begin}; an attribute of another block has its path in front, as in `external_access.federation`")
        }
        None if schema.attrs.is_empty() => format!("`{}` has no attributes", schema.kind),
        None => format!("{begin}: its attributes are {}", listed(names(), "and")),
    }
}

/// The text of the value, if that is what is typed: one value and nothing else.
fn read_value(name: &str, value: &str) -> Result<String, ChangeError> {
    let text = format!("{name} = {value}");
    let sources = SourceMap::new(vec![("the change".to_owned(), text)]);
    let parsed = parse(FileId(0), sources.file(FileId(0)).shared_text());
    if !parsed.diags.is_empty() {
        return Err(ChangeError::Syntax(sources, parsed.diags));
    }
    let items: Vec<Item<'_>> = ast::items(&parsed.tree).collect();
    match items[..] {
        [Item::Attr(attr)] => match attr.value() {
            Some(value) => Ok(sources.text(value.span()).to_owned()),
            None => Err(format!("`{value}` is no value").into()),
        },
        _ => Err(format!("`{value}` is more than one value: write each change as an argument of its own").into()),
    }
}

fn written<'t>(place: &Place<'t>, name: &str) -> Option<Attr<'t>> {
    place.block.items().find_map(|item| match item {
        Item::Attr(attr) if attr.key().is_some_and(|key| key.text == name) => Some(attr),
        _ => None,
    })
}

/// An edit that adds an item in front of the closing brace of a block.
fn insert(trees: &[SyntaxTree], place: &Place<'_>, item: &str) -> Result<Edit, ChangeError> {
    let span = place.block.span();
    let text = trees.iter().find(|tree| tree.file() == span.file).map_or("", SyntaxTree::text);
    let whole = &text[span.start as usize..span.end as usize];
    let Some(inner) = whole.strip_suffix('}') else {
        return Err(format!("the block `{}` has no closing brace", place.path()).into());
    };
    let brace = span.end - 1;
    let begin = inner.trim_end_matches([' ', '\t']);
    let text = if begin.ends_with('\n') {
        // The brace keeps its margin.
        let margin = &inner[begin.len()..];
        format!("  {item}\n{margin}")
    } else {
        format!("  {item} ")
    };
    Ok(Edit { span: Span::new(span.file, brace, brace), text })
}

fn feature_edit(places: &[Place<'_>], trees: &[SyntaxTree], word: &str, on: bool) -> Result<Edit, ChangeError> {
    let known = || Feature::CHOICES.iter().map(|choice| choice.word);
    if !known().any(|choice| choice == word) {
        return Err(unknown_feature(word, known).into());
    }
    let organization = match place::find(places, &["organization"])? {
        Target::Block(place) => place,
        Target::Missing { .. } => return Err("the topology has no organization".to_owned().into()),
    };
    let attr = written(organization, "features");
    let mut words: Vec<&str> = Vec::new();
    if let Some(Value::List(list)) = attr.and_then(Attr::value) {
        words.extend(list.items().filter_map(|item| if let Value::Scalar(word) = item { Some(word.text) } else { None }));
    }
    match (on, words.contains(&word)) {
        (true, true) => return Err(format!("the feature `{word}` is on already").into()),
        (false, false) => return Err(format!("the feature `{word}` is not on").into()),
        (true, false) => words.push(word),
        (false, true) => words.retain(|other| *other != word),
    }
    let value = format!("[{}]", words.join(", "));
    match attr {
        Some(attr) => Ok(Edit { span: attr.value().map_or_else(|| attr.span(), Value::span), text: value }),
        None => insert(trees, organization, &format!("features = {value}")),
    }
}

fn unknown_feature<'a, I: IntoIterator<Item = &'a str>>(word: &str, known: impl Fn() -> I) -> String {
    let of_access = crate::schema::blocks::of_kind("external_access").find_map(|schema| schema.attr(word));
    if let Some(attr) = of_access {
        return format!("`{word}` is an attribute: write `external_access.{word} = {}`", attr.ty.example());
    }
    match meant(word, &known) {
        Some(near) => format!("there is no feature `{word}`: did you mean `{near}`?"),
        None => format!("there is no feature `{word}`: the features are {}", listed(known().into_iter(), "and")),
    }
}
