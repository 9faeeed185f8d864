//! Declarations: what the files say, typed and complete, before names are resolved.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::Fqdn;
use crate::schema::BlockSchema;
use crate::text::{Span, Spanned};

/// A calendar date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Year, four digits.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, from 1.
    pub day: u8,
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A typed value; the variant of an attribute is decided by its [`Type`](crate::schema::Type).
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(u64),
    /// Percent, 0 to 100, in hundredths of a percent.
    Percent(u32),
    /// Seconds.
    Duration(u64),
    /// Bytes.
    Size(u64),
    /// Bits per second.
    Rate(u64),
    /// Hertz.
    Frequency(u64),
    /// A date.
    Date(Date),
    /// Minutes after midnight.
    TimeOfDay(u16),
    /// Text, a regular expression or a UNC path.
    Text(String),
    /// A domain name.
    Name(Fqdn),
    /// An address.
    Address(Ipv4Addr),
    /// A network.
    Network(Ipv4Net),
    /// A port.
    Port(u16),
    /// A word of a closed choice.
    Choice(&'static str),
    /// A reference, not yet resolved: the words between the dots.
    Reference(Vec<String>),
    /// A list.
    List(Vec<Spanned<Value>>),
}

/// One attribute as written; defaults are not among these, see [`Decl::value`].
pub type Attr = (&'static str, Spanned<Value>);

/// One block.
#[derive(Debug, Clone)]
pub struct Decl {
    /// Its schema.
    pub schema: &'static BlockSchema,
    /// Its name after expansion of a range; empty for a block without a name.
    pub name: String,
    /// The place of the name (of the kind, when there is no name): the place of findings about the block as a whole.
    pub name_span: Span,
    /// The whole block.
    pub span: Span,
    /// The position in the range that it was expanded from, 0 for the first or only one.
    pub index: usize,
    /// Attributes in the order of the schema.
    pub attrs: Vec<Attr>,
    /// Attributes that are written, but whose value was refused; that is reported, so they are not missing as well.
    pub refused: Vec<&'static str>,
    /// Attributes whose value is only proposed: `?=`.
    pub undecided: Vec<&'static str>,
    /// Blocks inside, sorted by kind and name, so that order in files never shows.
    pub children: Vec<Decl>,
    /// Assertions inside (only in `assert`).
    pub assertions: Vec<Assertion>,
}

impl Decl {
    /// The block's kind.
    pub fn kind(&self) -> &'static str {
        self.schema.kind
    }

    /// The attribute as written.
    pub fn get(&self, name: &str) -> Option<&Spanned<Value>> {
        self.attrs.iter().find(|(attr, _)| *attr == name).map(|(_, value)| value)
    }

    /// The blocks of one kind inside.
    pub fn blocks<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Decl> {
        self.children.iter().filter(move |child| child.kind() == kind)
    }

    /// The first block of one kind inside.
    pub fn block(&self, kind: &str) -> Option<&Decl> {
        self.children.iter().find(|child| child.kind() == kind)
    }

    /// The place to blame for an attribute: its value, or the block's name when it is not written.
    pub fn place(&self, name: &str) -> Span {
        self.get(name).map_or(self.name_span, |value| value.span)
    }
}

/// `never` or `allow`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AssertionKind {
    /// No flow may do this.
    Never,
    /// The flows must do this.
    Allow,
}

/// Transport and ports of an assertion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortSpec {
    /// `tcp` or `udp`.
    pub transport: &'static str,
    /// First port.
    pub first: u16,
    /// Last port.
    pub last: u16,
}

/// `never a -> b on tcp/5061`.
#[derive(Debug, Clone)]
pub struct Assertion {
    /// What it demands.
    pub kind: AssertionKind,
    /// The party that opens the connection.
    pub from: Spanned<Vec<String>>,
    /// The party that listens.
    pub to: Spanned<Vec<String>>,
    /// On which ports; all when absent.
    pub on: Option<Spanned<PortSpec>>,
    /// The whole line.
    pub span: Span,
}

/// An address with an optional range in its last part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AddressPattern {
    /// The address of the first block of the range.
    pub first: Ipv4Addr,
    /// How many addresses the pattern has.
    pub count: usize,
}

/// All top-level blocks of a topology, sorted by kind and name.
#[derive(Debug, Clone, Default)]
pub struct Decls {
    /// The blocks.
    pub blocks: Vec<Decl>,
    /// Words that may be names of blocks which could not be read: that is reported, so what refers to them is not.
    pub unread: BTreeSet<String>,
}

impl Decls {
    /// The top-level blocks of one kind.
    pub fn blocks<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Decl> {
        self.blocks.iter().filter(move |block| block.kind() == kind)
    }

    /// All waivers, each once: the blocks of a range hold copies of one.
    pub fn waivers(&self) -> Vec<Waiver<'_>> {
        let mut waivers = Vec::new();
        let mut seen = BTreeSet::new();
        let mut waiting: Vec<(&Decl, Option<String>)> = self.blocks.iter().map(|decl| (decl, None)).rev().collect();
        while let Some((decl, within)) = waiting.pop() {
            if decl.kind() == "waive" {
                if seen.insert(decl.span) {
                    waivers.push(Waiver { decl, within });
                }
                continue;
            }
            let own = if decl.name.is_empty() { decl.kind() } else { &decl.name };
            let path = within.map_or_else(|| own.to_owned(), |above| format!("{above}.{own}"));
            waiting.extend(decl.children.iter().map(|child| (child, Some(path.clone()))).rev());
        }
        waivers
    }
}

/// A `waive` block.
#[derive(Debug, Clone)]
pub struct Waiver<'d> {
    /// It.
    pub decl: &'d Decl,
    /// The path of the block that it is in; `None` at the top of a file.
    pub within: Option<String>,
}
