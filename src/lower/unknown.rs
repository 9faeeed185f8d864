//! Words that the vocabulary does not have, or not here: what was probably meant.

use crate::diag::codes::lowering::{MISPLACED_BLOCK, UNKNOWN_ATTRIBUTE, UNKNOWN_BLOCK};
use crate::diag::{Diag, Fact, Fix, meant, nearest, unambiguous};
use crate::schema::blocks::{self, ANYWHERE, TOP};
use crate::schema::{BlockSchema, listed};
use crate::syntax::ast::Word;

/// A block with a word that is not allowed here: the finding, and the schema to read it with, if the intention is clear.
pub(super) struct Meant {
    /// The finding.
    pub(super) diag: Diag,
    /// What was meant.
    pub(super) schema: Option<&'static BlockSchema>,
    /// Whether it counts as that block here; otherwise its content is checked and then dropped.
    pub(super) keep: bool,
}

/// Judges the kind of a block that is not allowed in `parent`.
pub(super) fn block(kind: Word<'_>, name: Option<Word<'_>>, parent: Option<&'static BlockSchema>) -> Meant {
    let around = parent.map_or(TOP, |parent| parent.kind);
    let place = parent.map_or("at the top of a file".to_owned(), |parent| format!("in `{}`", parent.kind));
    let known: Vec<&'static BlockSchema> = blocks::of_kind(kind.text).collect();
    if let Some(schema) = known.iter().find(|schema| schema.parents.contains(&ANYWHERE)) {
        let label = format!("`{around}` holds no blocks");
        let diag = Diag::error(MISPLACED_BLOCK, format!("`{}` cannot stand {place}", kind.text), kind.span, label);
        let help = format!("move it out of the braces of `{around}`, into the block that it concerns");
        return Meant { diag: diag.help(help), schema: Some(schema), keep: false };
    }
    if !known.is_empty() {
        let parents = listed(known.iter().flat_map(|schema| schema.parents).copied().filter(|p| *p != TOP), "or");
        let top = known.iter().any(|schema| schema.parents.contains(&TOP));
        let (label, help) = match (parents.is_empty(), top) {
            (true, _) => ("it belongs outside all other blocks".to_owned(), "move it out of all braces".to_owned()),
            (false, true) => (
                format!("it belongs outside all other blocks or in {parents}"),
                format!("move it out of all braces or into those of {parents}"),
            ),
            (false, false) => (format!("it belongs in {parents}"), format!("move it into the braces of {parents}")),
        };
        let diag = Diag::error(MISPLACED_BLOCK, format!("`{}` cannot stand {place}", kind.text), kind.span, label).help(help);
        let diag = diag.needs(Fact::Braces(kind.span.file)).blames(Fact::Placed(known[0].kind));
        let schema = if let [only] = known.as_slice() { Some(*only) } else { None };
        return Meant { diag, schema, keep: false };
    }
    if let Some(attr) = parent.and_then(|parent| parent.attr(kind.text)) {
        let message = format!("`{}` is an attribute, not a block", attr.name);
        let diag = Diag::error(UNKNOWN_BLOCK, message, kind.span, format!("an attribute of `{around}`"));
        let diag = diag.help(format!("write it as in `{} = {}`", attr.name, attr.ty.example()));
        return Meant { diag, schema: None, keep: false };
    }
    let here = || blocks::children_of(around).map(|schema| schema.kind);
    let diag = Diag::error(UNKNOWN_BLOCK, format!("there is no block `{}`", kind.text), kind.span, "not a word of the language");
    let like = kind.text.replace('-', "_");
    if let Some(word) = meant(&like, here) {
        let diag = diag.help(format!("did you mean `{word}`?"));
        return Meant {
            diag: if is_sure(word, &like, here) { diag.fix(Fix::write(kind.span, word)) } else { diag },
            schema: blocks::find(word, around),
            keep: true,
        };
    }
    if let Some(word) = meant(&like, || blocks::ALL.iter().map(|schema| schema.kind)) {
        let parents = listed(blocks::of_kind(word).flat_map(|schema| schema.parents).copied().filter(|p| !p.is_empty()), "or");
        let parents = if parents.is_empty() { String::new() } else { format!(" It belongs in {parents}.") };
        return Meant { diag: diag.help(format!("did you mean `{word}`?{parents}")), schema: None, keep: false };
    }
    if let Some(inner) = name.and_then(|name| blocks::find(name.text.trim_matches(['"', '\'']), around)) {
        let head = inner.example.split(" {").next().unwrap_or(inner.kind);
        return Meant { diag: diag.help(format!("the kind stands first: write `{head} {{`")), schema: None, keep: false };
    }
    let words = listed(here(), "and");
    let help = if words.is_empty() { format!("`{around}` holds no blocks") } else { format!("{place} may stand {words}") };
    Meant { diag: diag.help(help), schema: None, keep: false }
}

/// Whether a suggestion can be the only one: not if it is a slip of the keyboard from another word as well.
fn is_sure<'a, I: IntoIterator<Item = &'a str>>(suggestion: &str, word: &str, candidates: impl Fn() -> I) -> bool {
    nearest(word, candidates()) != Some(suggestion) || unambiguous(word, candidates()).is_some()
}

/// What other tools call attributes.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("addr", "address"),
    ("ip", "address"),
    ("ip_address", "address"),
    ("ipv4", "address"),
    ("dns_name", "fqdn"),
    ("host", "fqdn"),
    ("hostname", "fqdn"),
    ("cidr", "range"),
    ("prefix", "range"),
    ("subnet", "range"),
    ("virtual_ip", "vip"),
    ("lb", "load_balancer"),
    ("comment", "description"),
];

/// Judges an attribute that the block does not have: the finding and the attribute that was probably meant. `fits` is the only
/// attribute that the block misses and that could have the value.
pub(super) fn attr(key: Word<'_>, schema: &'static BlockSchema, fits: Option<&'static str>) -> (Diag, Option<&'static str>) {
    let message = format!("`{}` has no attribute `{}`", schema.kind, key.text);
    let diag = |label: &str| Diag::error(UNKNOWN_ATTRIBUTE, message.clone(), key.span, label);
    if blocks::find(key.text, schema.kind).is_some() {
        return (diag("it is a block").help(format!("write it with braces instead of `=`: `{} {{ … }}`", key.text)), None);
    }
    let names = || schema.attrs.iter().map(|attr| attr.name);
    let like = key.text.replace('-', "_");
    let other = OTHER_NAMES.iter().find(|(other, _)| *other == like).map(|(_, name)| *name);
    let owners = Owners::of(key.text, Some(schema));
    let word = match &owners {
        Some(owners) if owners.close => None,
        Some(_) => fits,
        None => names().find(|name| Some(*name) == other).or_else(|| meant(&like, names)).or(fits),
    };
    if let Some(word) = word {
        let diag = diag("no such attribute").help(format!("did you mean `{word}`?"));
        let sure = other == Some(word) || is_sure(word, &like, names);
        return (if sure { diag.fix(Fix::write(key.span, word)) } else { diag }, Some(word));
    }
    if let Some(Owners { kinds, .. }) = owners {
        let diag = diag(&format!("it belongs in {kinds}")).help(format!("move it into the braces of {kinds}"));
        return (diag.needs(Fact::Braces(key.span.file)), None);
    }
    let all = listed(names(), "and");
    let help =
        if all.is_empty() { format!("`{}` holds no attributes", schema.kind) } else { format!("its attributes are {all}") };
    (diag("no such attribute").help(help), None)
}

/// The blocks that have an attribute of some name.
pub(super) struct Owners {
    /// Their kinds, as a text.
    pub(super) kinds: String,
    /// Whether they are around or inside the block where it was written.
    close: bool,
}

impl Owners {
    /// The blocks around or inside `near` that have an attribute of this name if there are any, else all.
    pub(super) fn of(name: &str, near: Option<&'static BlockSchema>) -> Option<Self> {
        let owners: Vec<_> = blocks::ALL.iter().filter(|schema| schema.attr(name).is_some()).collect();
        let is_close = |schema: &BlockSchema| {
            near.is_some_and(|near| {
                schema.is_allowed_in(near.kind) && !schema.parents.contains(&ANYWHERE) || near.parents.contains(&schema.kind)
            })
        };
        let mut kinds: Vec<_> = owners.iter().filter(|schema| is_close(schema)).map(|schema| schema.kind).collect();
        let close = !kinds.is_empty();
        if !close {
            kinds = owners.iter().map(|schema| schema.kind).collect();
        }
        kinds.dedup();
        (!kinds.is_empty()).then(|| Self { kinds: listed(kinds.into_iter(), "or"), close })
    }
}
