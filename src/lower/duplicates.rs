//! The blocks of one scope, once all are known: duplicates reported, the rest in an order that does not depend on files.

use std::cmp::Ordering;

use rustc_hash::FxHashSet;

use super::{Decl, Value};
use crate::diag::codes::lowering::DUPLICATE_BLOCK;
use crate::diag::{Diag, Fact};
use crate::schema::NameRule;
use crate::text::Span;

/// Sorts blocks by kind and name. A duplicate is reported, and what it adds is taken over by the first of the two.
pub(super) fn merge_duplicates(mut decls: Vec<Decl>, diags: &mut Vec<Diag>) -> Vec<Decl> {
    decls.sort_by_cached_key(|decl| (key(decl), place(decl)));
    let mut kept: Vec<Decl> = Vec::with_capacity(decls.len());
    let mut reported: FxHashSet<(Span, Span)> = FxHashSet::default();
    for decl in decls {
        match kept.last_mut() {
            Some(first) if is_unique(&decl) && key(first) == key(&decl) => {
                if reported.insert((first.name_span, decl.name_span)) {
                    diags.push(duplicate(first, &decl));
                }
                absorb(first, decl);
            }
            _ => kept.push(decl),
        }
    }
    sort(&mut kept);
    kept
}

/// Waivers may repeat, and so may blocks without a name that say so.
fn is_unique(decl: &Decl) -> bool {
    match decl.schema.name {
        NameRule::Code => false,
        NameRule::None => !decl.schema.repeat,
        NameRule::Required | NameRule::Range | NameRule::Text => true,
    }
}

/// Blocks with the same key are the same block: kind and name, or the kind alone where there is one at most.
fn key(decl: &Decl) -> (&'static str, String) {
    (decl.kind(), if decl.schema.repeat { decl.name.to_ascii_lowercase() } else { String::new() })
}

fn place(decl: &Decl) -> (Span, usize) {
    (decl.name_span, decl.index)
}

fn duplicate(first: &Decl, second: &Decl) -> Diag {
    let kind = first.kind();
    if !first.schema.repeat {
        let diag = Diag::error(DUPLICATE_BLOCK, format!("`{kind}` is declared twice"), second.name_span, "the second one");
        return diag.related(first.name_span, "the first one").help("there is at most one: merge the two blocks");
    }
    let name = &second.name;
    let same = if first.name == *name { "" } else { "; upper and lower case count as the same" };
    Diag::error(
        DUPLICATE_BLOCK,
        format!("two blocks `{kind}` are named `{name}`"),
        second.name_span,
        format!("`{name}` again{same}"),
    )
    .related(first.name_span, format!("`{}` is declared here", first.name))
    .help(if !first.children.is_empty() || !second.children.is_empty() {
        "merge the two blocks, or rename one"
    } else {
        "rename or remove one of the two"
    })
    .needs(Fact::Written(second.name_span))
}

/// Takes over what only the duplicate says, so that references into it do not fail as well.
fn absorb(first: &mut Decl, second: Decl) {
    for (name, value) in second.attrs {
        if first.get(name).is_none() {
            first.attrs.push((name, value));
        }
    }
    let schema = first.schema;
    first.attrs.sort_by_key(|(name, _)| schema.attrs.iter().position(|attr| attr.name == *name));
    let mut children = std::mem::take(&mut first.children);
    children.extend(second.children);
    first.children = merge_duplicates(children, &mut Vec::new());
    first.assertions.extend(second.assertions);
}

fn sort(decls: &mut [Decl]) {
    decls.sort_by(|a, b| a.kind().cmp(b.kind()).then_with(|| a.name.cmp(&b.name)).then_with(|| content(a, b)));
}

/// Orders blocks with the same kind and name by what they say, so that even then the order of files does not show.
fn content(a: &Decl, b: &Decl) -> Ordering {
    fn value(value: &Value) -> String {
        match value {
            Value::List(items) => items.iter().map(|item| format!("{:?},", item.value)).collect(),
            other => format!("{other:?}"),
        }
    }
    fn text(decl: &Decl) -> String {
        let attrs: Vec<_> = decl.attrs.iter().map(|(name, written)| (name, value(&written.value))).collect();
        let lines: Vec<_> =
            decl.assertions.iter().map(|a| (a.kind, &a.from.value, &a.to.value, a.on.as_ref().map(|on| &on.value))).collect();
        format!("{attrs:?} {lines:?}")
    }
    text(a).cmp(&text(b))
}
