//! The attributes of one block: known, written once, of the right type; and their values for each block of a range.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use super::context::{Context, Missing};
use super::unknown;
use super::values::{self, Read};
use super::{AddressPattern, Value};
use crate::diag::codes::lowering::{
    DUPLICATE_ATTRIBUTE, MISSING_ATTRIBUTE, RANGE_MISMATCH, RANGE_WITHOUT_NAME, SAME_FOR_ALL, TOO_NEW,
};
use crate::diag::{Diag, Fact, Fix};
use crate::schema::{AttrSchema, BlockSchema, NameRule, Type, a, blocks};
use crate::syntax::ast;
use crate::text::{Span, Spanned, counted};

/// What is written in one block.
#[derive(Debug, Default)]
pub(super) struct Attrs {
    /// In the order of the schema.
    values: Vec<(&'static AttrSchema, Spanned<Read>)>,
    /// Attributes that are written, even if their value was refused.
    written: Vec<(&'static str, Span)>,
    /// Attributes whose value is only proposed.
    pub(super) undecided: Vec<&'static str>,
    /// The attributes that the block needs and that are written nowhere in it.
    lacking: Vec<&'static AttrSchema>,
    /// Blocks that are written as if they were attributes; that is reported, so they are not missing as well.
    pub(super) meant_blocks: Vec<&'static str>,
}

impl Attrs {
    /// No attributes yet of `block`.
    pub(super) fn of(schema: &'static BlockSchema, block: ast::Block<'_>) -> Self {
        let keys: Vec<_> = block
            .items()
            .filter_map(|item| if let ast::Item::Attr(attr) = item { Some(attr.key()?.text) } else { None })
            .collect();
        let lacking = schema.attrs.iter().filter(|attr| attr.required && !keys.contains(&attr.name)).collect();
        Self { lacking, ..Self::default() }
    }

    /// The one attribute that is lacking and could have this value.
    fn fitting(&self, value: ast::Value<'_>) -> Option<&'static str> {
        let fits = |attr: &AttrSchema| {
            let mut wrong = Vec::new();
            !self.is_written(attr.name) && values::read(attr, None, value, false, &mut wrong).is_some() && wrong.is_empty()
        };
        let mut fitting = self.lacking.iter().filter(|attr| fits(attr)).map(|attr| attr.name);
        fitting.next().filter(|_| fitting.next().is_none())
    }

    /// Reads one attribute.
    pub(super) fn read(&mut self, context: &mut Context, schema: &'static BlockSchema, attr: ast::Attr<'_>) {
        let Some(key) = attr.key() else { return };
        let known = schema.attr(key.text).or_else(|| {
            let fits = attr.value().and_then(|value| self.fitting(value));
            let (mut diag, meant) = unknown::attr(key, schema, fits);
            // Spelt correctly, it would be there twice.
            if meant.is_some_and(|name| self.is_written(name)) {
                diag.fix = None;
            }
            // Without its `=` it may be no attribute at all, and that is already reported.
            if attr.has_equals() {
                context.diags.push(diag);
                context.strays.push((key.text.to_owned(), key.span));
            }
            self.meant_blocks.extend(blocks::find(key.text, schema.kind).map(|inner| inner.kind));
            meant.filter(|name| !self.is_written(name)).and_then(|name| schema.attr(name))
        });
        let Some(known) = known else { return };
        if let Some((_, first)) = self.written.iter().find(|(name, _)| *name == known.name) {
            // Two sides of a merge, for example.
            if context.broken.between(*first, key.span) {
                return;
            }
            let message = format!("`{}` is written twice", known.name);
            let diag = Diag::error(DUPLICATE_ATTRIBUTE, message, key.span, "the second one").related(*first, "the first one");
            let diag = diag.help("keep one of the two");
            let same = self.is_repetition(known, attr, context.broken.inside(attr.span()));
            context.diags.push(if same { diag.fix(Fix::remove("remove the second", attr.span())) } else { diag });
            return;
        }
        self.written.push((known.name, key.span));
        if attr.undecided().is_some() {
            self.undecided.push(known.name);
        }
        if let Some(product) = context.product.filter(|product| known.since > *product) {
            let message = format!("`{}` does not exist in {}", known.name, product.title());
            let diag = Diag::error(TOO_NEW, message, key.span, format!("since {}", known.since.title()));
            context.diags.push(diag.help(format!("remove it, or write `product = {}`", known.since.word())));
        }
        if context.broken.is_doubtful(attr.span()) {
            return;
        }
        let broken = context.broken.inside(attr.span());
        if let Some(value) =
            attr.value().and_then(|value| values::read(known, context.product, value, broken, &mut context.diags))
        {
            self.values.push((known, value));
        }
    }

    /// Whether an attribute that is written again says what it has said before.
    fn is_repetition(&self, known: &'static AttrSchema, again: ast::Attr<'_>, broken: bool) -> bool {
        let mut diags = Vec::new();
        let value = again.value().filter(|_| !broken).and_then(|value| values::read(known, None, value, broken, &mut diags));
        let before = self.values.iter().find(|(attr, _)| attr.name == known.name);
        value.zip(before).is_some_and(|(value, (_, before))| diags.is_empty() && value.value.is_same(&before.value))
    }

    /// Notes an attribute that is written as if it were a block; that is reported.
    pub(super) fn note_block(&mut self, attr: &'static str, span: Span) {
        if !self.is_written(attr) {
            self.written.push((attr, span));
        }
    }

    /// Notes attributes of which the parser could read the name only; the parser reports them.
    pub(super) fn note_broken(&mut self, schema: &'static BlockSchema, block: Span, words: &BTreeSet<String>) {
        for attr in schema.attrs.iter().filter(|attr| words.contains(attr.name)) {
            self.note_block(attr.name, block);
        }
    }

    /// The attributes that are written and have no value.
    pub(super) fn refused(&self) -> Vec<&'static str> {
        let has_value = |name: &str| self.values.iter().any(|(attr, _)| attr.name == name);
        self.written.iter().map(|(name, _)| *name).filter(|name| !has_value(name)).collect()
    }

    /// Whether the attribute is written, right or wrong.
    pub(super) fn is_written(&self, name: &str) -> bool {
        self.written.iter().any(|(written, _)| *written == name)
    }

    /// Reports what the block cannot do without.
    pub(super) fn check_complete(
        &self,
        context: &mut Context,
        schema: &'static BlockSchema,
        name: Option<&str>,
        place: Span,
        block: Span,
    ) {
        let whose = name.map_or_else(|| format!("`{}`", schema.kind), |name| format!("{} `{name}`", schema.kind));
        for attr in schema.attrs.iter().filter(|attr| attr.required && !self.is_written(attr.name)) {
            let message = format!("{whose} needs `{}`", attr.name);
            let diag = Diag::error(MISSING_ATTRIBUTE, message, place, format!("`{}` is missing", attr.name));
            let mut diag = diag.help(format!("write it between the braces, as in `{} = {}`", attr.name, example(schema, attr)));
            // What it would refer to is not known to be of no use.
            for kind in attr.ty.reference_kinds() {
                diag = diag.blames(Fact::References(kind, None));
            }
            context.missing.push(Missing { attr: attr.name, block, diag });
        }
    }

    /// Takes the first address of every range, where the name could not be read and so nothing can be compared with it.
    pub(super) fn drop_ranges(&mut self) {
        for (_, read) in &mut self.values {
            if let Read::Series(pattern) = read.value {
                read.value = Read::One(Value::Address(pattern.first));
            }
        }
    }

    /// Compares ranges in addresses with the range in the block's name, which is `count` blocks.
    pub(super) fn check_ranges(&mut self, context: &mut Context, schema: &'static BlockSchema, name: Span, count: Option<usize>) {
        for (attr, read) in &mut self.values {
            let diag = match (&read.value, count) {
                (Read::Series(pattern), None) => {
                    let first = pattern.first;
                    let diag = range_without_name(attr.name, read.span, *pattern, schema, name);
                    read.value = Read::One(Value::Address(first));
                    diag
                }
                (Read::Series(pattern), Some(count)) if pattern.count != count => {
                    mismatch(attr.name, read.span, *pattern, name, count, schema.kind)
                }
                (Read::One(Value::Address(address)), Some(count)) if count > 1 => {
                    same_address(attr.name, read.span, *address, name, count)
                }
                (Read::One(Value::Name(_)), Some(count)) if count > 1 && attr.ty == Type::Fqdn => Diag::error(
                    SAME_FOR_ALL,
                    format!("{count} servers would have the same `{}`", attr.name),
                    read.span,
                    "one name",
                )
                .related(name, format!("these are {count} servers"))
                .help("leave `fqdn` out, so that each is named after its block, or write a block for each server"),
                _ => continue,
            };
            context.diags.push(diag);
        }
    }

    /// Puts the values in the order of the schema.
    pub(super) fn sort(&mut self, schema: &'static BlockSchema) {
        self.values.sort_by_key(|(attr, _)| schema.attrs.iter().position(|other| other.name == attr.name));
    }

    /// The attributes of the block at a position of the range. What cannot be the same for all stays with the first.
    pub(super) fn at(&self, index: usize) -> Vec<(&'static str, Spanned<Value>)> {
        let value = |read: &Read| match read {
            Read::Series(pattern) => (index < pattern.count).then(|| Value::Address(stepped(*pattern, index))),
            Read::One(Value::Address(_) | Value::Name(_)) if index > 0 => None,
            Read::One(value) => Some(value.clone()),
        };
        self.values.iter().filter_map(|(attr, read)| Some((attr.name, Spanned::new(value(&read.value)?, read.span)))).collect()
    }
}

/// A value of the attribute: that of the block's own example for addresses, so that a public one is public.
fn example(schema: &BlockSchema, attr: &AttrSchema) -> String {
    let written = || {
        let value = |line: &'static str| line.trim().strip_prefix(attr.name)?.trim_start().strip_prefix("= ");
        schema.example.lines().find_map(value).map(str::to_owned)
    };
    let own = if attr.ty == Type::Address { written() } else { None };
    own.unwrap_or_else(|| attr.ty.example())
}

fn stepped(pattern: AddressPattern, index: usize) -> Ipv4Addr {
    Ipv4Addr::from(u32::from(pattern.first).wrapping_add(index as u32))
}

/// `10.10.0.[11..14]` for an address and a count, if the last part has room for it.
fn written(first: Ipv4Addr, count: usize) -> Option<String> {
    let [a, b, c, d] = first.octets();
    let last = usize::from(d) + count - 1;
    (last <= 255).then(|| format!("{a}.{b}.{c}.[{d}..{last}]"))
}

fn range_without_name(attr: &str, span: Span, pattern: AddressPattern, schema: &BlockSchema, name: Span) -> Diag {
    let count = pattern.count;
    let message = format!("`{attr}` has a range, but the name of the block has none");
    let diag =
        Diag::error(RANGE_WITHOUT_NAME, message, span, counted(count, "address", "addresses")).related(name, "this is one block");
    if schema.name == NameRule::Range {
        diag.help(format!(
            "write a range of {count} in the name, as in `{} fe[01..{count:02}]`, or one address: `{}`",
            schema.kind, pattern.first
        ))
    } else {
        let text = pattern.first.to_string();
        diag.help(format!("{} is one: write `{attr} = {text}`", a(schema.kind)))
    }
}

/// `these are 4 servers`, of a range in a name.
fn counted_as(count: usize) -> String {
    format!("{} {}", if count == 1 { "this is" } else { "these are" }, crate::text::count(count, "server"))
}

fn mismatch(attr: &str, span: Span, pattern: AddressPattern, name: Span, count: usize, kind: &str) -> Diag {
    let message = format!(
        "`{attr}` has {} for {} `{kind}`",
        counted(pattern.count, "address", "addresses"),
        crate::text::count(count, "block")
    );
    let diag = Diag::error(RANGE_MISMATCH, message, span, counted(pattern.count, "address", "addresses"));
    let diag = diag.related(name, counted_as(count));
    match written(pattern.first, count) {
        Some(text) => diag.help(format!("write `{text}` for {count}, or correct the range in the name")),
        None => diag.help("write as many addresses as there are servers"),
    }
}

fn same_address(attr: &str, span: Span, address: Ipv4Addr, name: Span, count: usize) -> Diag {
    let diag = Diag::error(SAME_FOR_ALL, format!("{count} servers would have the same `{attr}`"), span, "one address");
    let diag = diag.related(name, format!("these are {count} servers"));
    match written(address, count) {
        Some(text) => diag.help(format!("write a range of {count}: `{text}`")),
        None => diag.help(format!("write a range of {count} addresses, as in `10.10.0.[11..14]`")),
    }
}
