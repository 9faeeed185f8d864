//! The words that fit at a place.

use std::collections::BTreeSet;

use super::cursor::{Cursor, Spot};
use super::{Place, Snapshot};
use crate::model::{Network, NetworkId, Topology};
use crate::product::Product;
use crate::schema::blocks::children_of;
use crate::schema::{AttrSchema, BlockSchema, NameRule, Type};
use crate::syntax::ast::{Item, Value};
use crate::text::Span;

/// A word that fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The word.
    pub label: String,
    /// What it is.
    pub kind: ProposalKind,
    /// A few words about it.
    pub detail: String,
    /// Its documentation, as Markdown.
    pub doc: String,
    /// What is written in place of `span`.
    pub text: String,
    /// The same with numbered places to fill in, as `${1:name}`, where there are any.
    pub snippet: Option<String>,
    /// The word so far.
    pub span: Span,
}

/// What a proposal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProposalKind {
    /// An attribute that the block cannot do without.
    Required,
    /// An attribute.
    Attribute,
    /// A block.
    Block,
    /// A word of a choice.
    Word,
    /// The name of a block.
    Name,
    /// An address.
    Address,
}

/// The most names or addresses that are proposed.
const MOST: usize = 200;
/// The most free addresses of a network that are proposed.
const ADDRESSES: usize = 3;

/// The words that fit at a place, the likeliest first.
pub fn complete(snapshot: &Snapshot, place: Place) -> Vec<Proposal> {
    let Some(cursor) = Cursor::at(snapshot, place) else { return Vec::new() };
    match cursor.spot {
        Spot::Item(span) | Spot::Key(_, span) | Spot::Kind(_, span) => items(snapshot, &cursor, place, span),
        Spot::Value(attr, span) => match cursor.attr(attr) {
            Some(schema) => {
                let taken = attr.value().map_or_else(BTreeSet::new, |value| elements(value, span));
                values(snapshot, &cursor, &schema.ty, span, &taken)
            }
            None => Vec::new(),
        },
        Spot::Name(_) | Spot::Other => Vec::new(),
    }
}

/// The elements of a list beside the one that is written.
fn elements(value: Value<'_>, own: Span) -> BTreeSet<&str> {
    match value {
        Value::List(list) => list
            .items()
            .filter(|item| item.span() != own)
            .filter_map(|item| match item {
                Value::Scalar(word) | Value::Quoted(word) | Value::Raw(word) => Some(word.text),
                Value::List(_) => None,
            })
            .collect(),
        _ => BTreeSet::new(),
    }
}

fn items(snapshot: &Snapshot, cursor: &Cursor<'_>, place: Place, span: Span) -> Vec<Proposal> {
    let product = snapshot.product();
    let items = cursor.items(snapshot, place);
    let own = |other: Span| other.start <= span.start && span.start <= other.end;
    let mut keys = BTreeSet::new();
    let mut kinds = BTreeSet::new();
    for item in items {
        match item {
            Item::Attr(attr) => keys.extend(attr.key().filter(|key| !own(key.span)).map(|key| key.text)),
            Item::Block(block) => kinds.extend(block.kind().filter(|kind| !own(kind.span)).map(|kind| kind.text)),
            Item::Assertion(_) => {}
        }
    }
    let mut proposals = Vec::new();
    if let Some(schema) = cursor.schema() {
        let fits = |attr: &&AttrSchema| !keys.contains(attr.name) && attr.since <= product;
        let mut attrs: Vec<&AttrSchema> = schema.attrs.iter().filter(fits).collect();
        attrs.sort_by_key(|attr| !attr.required);
        proposals.extend(attrs.into_iter().map(|attr| attribute(attr, span)));
    }
    let fits = |block: &&BlockSchema| (block.repeat || !kinds.contains(block.kind)) && block.since <= product;
    proposals.extend(children_of(cursor.parent()).filter(fits).map(|block| self::block(block, product, span)));
    proposals
}

fn attribute(attr: &AttrSchema, span: Span) -> Proposal {
    let value = match &attr.ty {
        Type::List(_) => "[$1]".to_owned(),
        Type::Text | Type::Fqdn | Type::DomainName => "\"$1\"".to_owned(),
        Type::Regex | Type::UncPath => "'$1'".to_owned(),
        _ => "$1".to_owned(),
    };
    Proposal {
        label: attr.name.to_owned(),
        kind: if attr.required { ProposalKind::Required } else { ProposalKind::Attribute },
        detail: attr.default.map_or_else(String::new, |default| format!("default {default}")),
        doc: attr.doc.to_owned(),
        text: format!("{} = ", attr.name),
        snippet: Some(format!("{} = {value}", attr.name)),
        span,
    }
}

/// A block with its required attributes, with numbered places to fill in, as `${1:name}`.
pub fn snippet(block: &BlockSchema, product: Product) -> String {
    let mut hole = 0;
    let mut next = |text: &str| {
        hole += 1;
        format!("${{{hole}:{text}}}")
    };
    let mut snippet = block.kind.to_owned();
    match block.name {
        NameRule::None => {}
        NameRule::Required | NameRule::Range => snippet += &format!(" {}", next("name")),
        NameRule::Text => snippet += &format!(" \"{}\"", next("what it shows")),
        NameRule::Code => snippet += &format!(" {}", next("OCS0000")),
    }
    let required: Vec<&AttrSchema> = block.attrs.iter().filter(|attr| attr.required && attr.since <= product).collect();
    if required.is_empty() {
        snippet += " {\n  $0\n}";
    } else {
        let lines: Vec<String> = required
            .iter()
            .map(|attr| {
                let example = attr.ty.example();
                format!("  {} = {}", attr.name, next(&example.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")))
            })
            .collect();
        snippet += &format!(" {{\n{}\n}}", lines.join("\n"));
    }
    snippet
}

fn block(block: &BlockSchema, product: Product, span: Span) -> Proposal {
    Proposal {
        label: block.kind.to_owned(),
        kind: ProposalKind::Block,
        detail: block.title.to_owned(),
        doc: block.doc.to_owned(),
        text: block.kind.to_owned(),
        snippet: Some(snippet(block, product)),
        span,
    }
}

fn values(snapshot: &Snapshot, cursor: &Cursor<'_>, ty: &Type, span: Span, taken: &BTreeSet<&str>) -> Vec<Proposal> {
    let word = |label: &str, kind, detail: &str, doc: &str| Proposal {
        label: label.to_owned(),
        kind,
        detail: detail.to_owned(),
        doc: doc.to_owned(),
        text: label.to_owned(),
        snippet: None,
        span,
    };
    match ty {
        Type::List(inner) | Type::OneOrMore(inner) => values(snapshot, cursor, inner, span, taken),
        Type::Bool => ["true", "false"].map(|label| word(label, ProposalKind::Word, "", "")).to_vec(),
        Type::Choice(choices) => choices
            .iter()
            .filter(|choice| choice.releases.contain(snapshot.product()) && !taken.contains(choice.word))
            .map(|choice| word(choice.word, ProposalKind::Word, "", choice.doc))
            .collect(),
        Type::Reference(kinds) => names(snapshot, cursor, kinds)
            .into_iter()
            .filter(|(label, _)| !taken.contains(label.as_str()))
            .map(|(label, title)| word(&label, ProposalKind::Name, title, ""))
            .collect(),
        Type::Address => match &snapshot.compiled.resolved {
            Some(resolved) => addresses(&resolved.topology, cursor.site())
                .into_iter()
                .filter(|(address, _)| !taken.contains(address.as_str()))
                .map(|(address, network)| word(&address, ProposalKind::Address, &format!("free in {network}"), ""))
                .collect(),
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// The names of blocks of some kinds as they are written in a site, those of the site first, with what each is.
fn names(snapshot: &Snapshot, cursor: &Cursor<'_>, kinds: &[&str]) -> Vec<(String, &'static str)> {
    let index = snapshot.index();
    let site = cursor.site();
    let mut found: Vec<(bool, String, &'static str)> = Vec::new();
    for (at, name) in index.names.iter().enumerate().filter(|(_, name)| kinds.contains(&name.schema.kind)) {
        let path = index.path(at);
        let own = site.and_then(|site| path.strip_prefix(site)?.strip_prefix('.'));
        found.push((own.is_none(), own.unwrap_or(&path).to_owned(), name.schema.title));
    }
    if kinds.contains(&"network") {
        found.push((true, "internet".to_owned(), "Network"));
    }
    found.sort();
    found.dedup();
    found.truncate(MOST);
    found.into_iter().map(|(_, path, title)| (path, title)).collect()
}

/// The next free addresses of the networks of a site, or of all networks outside a site.
fn addresses(topology: &Topology, site: Option<&str>) -> Vec<(String, String)> {
    let of_site = |id: Option<crate::model::SiteId>| match (site, id) {
        (Some(name), Some(id)) => topology.site(id).name == name,
        (None, _) => true,
        (Some(_), None) => false,
    };
    let own = |network: &&Network| network.id != NetworkId::INTERNET && of_site(network.site);
    let mut networks: Vec<&Network> = topology.networks.iter().filter(own).collect();
    // Servers are seldom where the clients are.
    networks.sort_by_key(|network| network.clients);
    let free = networks.into_iter().flat_map(|network| {
        let addresses = topology.free_addresses(network.id).take(ADDRESSES);
        addresses.map(|address| (address.to_string(), network.path.clone()))
    });
    free.take(MOST).collect()
}
