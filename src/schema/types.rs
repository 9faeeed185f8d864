//! What a declaration of the vocabulary consists of.

use crate::product::{Choice, Product};

/// The parent of blocks outside all others.
pub const TOP: &str = "";

/// The parent of blocks that are allowed in any other and at the top.
pub const ANYWHERE: &str = "*";

/// The kinds whose blocks are computers: their names become host names.
pub const SERVERS: &[&str] = &[
    "standard_edition",
    "front_end",
    "web_conferencing_server",
    "av_conferencing_server",
    "web_components_server",
    "back_end",
    "director",
    "server",
    "reverse_proxy",
    "mediation_server",
    "media_gateway",
    "exchange_um",
    "archiving_server",
    "monitoring_server",
    "qoe_monitoring_server",
    "group_chat_server",
    "update_server",
    "web_access",
    "domain_controller",
];

/// The type of an attribute's value, with its unit and range.
#[derive(Debug, PartialEq, Eq)]
pub enum Type {
    /// `true` or `false`.
    Bool,
    /// A whole number in a range, `_` between digits allowed; `unit` is for messages ("users", "ports").
    Integer {
        /// Smallest value allowed.
        min: u64,
        /// Largest value allowed.
        max: u64,
        /// What is counted.
        unit: &'static str,
    },
    /// `10%`, from 0 to 100.
    Percent,
    /// `90s`, `20min`, `12h`, `30d`: seconds.
    Duration,
    /// `512MB`, `72GB`, `2TB`: bytes, powers of 1,024.
    Size,
    /// `64kbps`, `10Mbps`, `1Gbps`: bits per second, powers of 1,000.
    Rate,
    /// `2.6GHz`: hertz.
    Frequency,
    /// `2027-03-31`.
    Date,
    /// `01:30`, minutes after midnight.
    TimeOfDay,
    /// Free text in quotes, at most 1,024 characters and without control characters.
    Text,
    /// A regular expression of the product (.NET form), raw in single quotes.
    Regex,
    /// A UNC path such as `'\\fs01\share'`.
    UncPath,
    /// A fully qualified domain name in quotes.
    Fqdn,
    /// A domain name in quotes that may have a single label.
    DomainName,
    /// An IPv4 address.
    Address,
    /// An IPv4 network such as `10.10.0.0/22`.
    Network,
    /// One TCP or UDP port.
    Port,
    /// A word of a closed choice.
    Choice(&'static [Choice]),
    /// A reference to a block of one of these kinds.
    Reference(&'static [&'static str]),
    /// A list in square brackets.
    List(&'static Type),
    /// A value without brackets, or several in square brackets.
    OneOrMore(&'static Type),
}

impl Type {
    /// The kinds of block that a reference, or a list of references, may name; none for other types.
    pub fn reference_kinds(&self) -> &'static [&'static str] {
        match self {
            Type::Reference(kinds) => kinds,
            Type::List(item) | Type::OneOrMore(item) => item.reference_kinds(),
            _ => &[],
        }
    }

    /// What a value of the type is called, with its article: "an address".
    pub fn noun(&self) -> String {
        match self {
            Type::Bool => "`true` or `false`".into(),
            Type::Integer { unit: "", .. } => "a whole number".into(),
            Type::Integer { unit, .. } => format!("a number of {unit}"),
            Type::Percent => "a percentage".into(),
            Type::Duration => "a duration".into(),
            Type::Size => "a size".into(),
            Type::Rate => "a rate".into(),
            Type::Frequency => "a frequency".into(),
            Type::Date => "a date".into(),
            Type::TimeOfDay => "a time of day".into(),
            Type::Text => "a text in quotes".into(),
            Type::Regex => "a regular expression in single quotes".into(),
            Type::UncPath => "a UNC path in single quotes".into(),
            Type::Fqdn | Type::DomainName => "a domain name in quotes".into(),
            Type::Address => "an address".into(),
            Type::Network => "a network".into(),
            Type::Port => "a port".into(),
            Type::Choice(choices) => format!("one of {}", listed(choices.iter().map(|choice| choice.word), "or")),
            Type::Reference(kinds) => format!("the name of {}", a(&listed(kinds.iter().copied(), "or"))),
            Type::List(inner) => format!("a list of {}", inner.plural()),
            Type::OneOrMore(inner) => format!("{}, or several in square brackets", inner.noun()),
        }
    }

    /// What several values of the type are called: "addresses".
    pub fn plural(&self) -> String {
        match self {
            Type::Bool => "`true` and `false`".into(),
            Type::Integer { unit: "", .. } => "whole numbers".into(),
            Type::Integer { unit, .. } => format!("numbers of {unit}"),
            Type::Percent => "percentages".into(),
            Type::Duration => "durations".into(),
            Type::Size => "sizes".into(),
            Type::Rate => "rates".into(),
            Type::Frequency => "frequencies".into(),
            Type::Date => "dates".into(),
            Type::TimeOfDay => "times of day".into(),
            Type::Text => "texts in quotes".into(),
            Type::Regex => "regular expressions in single quotes".into(),
            Type::UncPath => "UNC paths in single quotes".into(),
            Type::Fqdn | Type::DomainName => "domain names in quotes".into(),
            Type::Address => "addresses".into(),
            Type::Network => "networks".into(),
            Type::Port => "ports".into(),
            Type::Choice(_) => "words".into(),
            Type::Reference(kinds) => format!("names of {}", listed(kinds.iter().copied(), "or")),
            Type::List(_) | Type::OneOrMore(_) => "lists".into(),
        }
    }
}

/// Words in backticks with commas and a last "or" or "and" between.
pub fn listed<'a>(words: impl Iterator<Item = &'a str>, last: &str) -> String {
    let words: Vec<String> = words.map(|word| format!("`{word}`")).collect();
    match words.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [front @ .., end] => format!("{} {last} {end}", front.join(", ")),
    }
}

/// A word with its indefinite article: `a pool`, `an edge_array`.
pub fn a(word: &str) -> String {
    let vowel = word.trim_start_matches('`').starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']);
    format!("{} {word}", if vowel { "an" } else { "a" })
}

/// One attribute of a block.
#[derive(Debug)]
pub struct AttrSchema {
    /// The word left of `=`.
    pub name: &'static str,
    /// The type of the value.
    pub ty: Type,
    /// Whether the block is incomplete without it.
    pub required: bool,
    /// The value that counts when it is not written, as it would be written; `None` where there is none.
    pub default: Option<&'static str>,
    /// What it says, in one or two sentences.
    pub doc: &'static str,
    /// The first product release that has it.
    pub since: Product,
}

impl AttrSchema {
    /// A required attribute.
    pub const fn required(name: &'static str, ty: Type, doc: &'static str) -> Self {
        Self { name, ty, required: true, default: None, doc, since: Product::ALL[0] }
    }

    /// An attribute that may be left out and then has no value.
    pub const fn optional(name: &'static str, ty: Type, doc: &'static str) -> Self {
        Self { name, ty, required: false, default: None, doc, since: Product::ALL[0] }
    }

    /// An attribute that has a default.
    pub const fn default(name: &'static str, ty: Type, default: &'static str, doc: &'static str) -> Self {
        Self { name, ty, required: false, default: Some(default), doc, since: Product::ALL[0] }
    }
}

/// Whether a block has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameRule {
    /// It has none.
    None,
    /// It must have one, unique among the blocks of its kind in its parent.
    Required,
    /// It must have one, which may hold one range such as `fe[01..04]`.
    Range,
    /// It must have one, a word or a text in quotes.
    Text,
    /// A diagnostic code: the name of a `waive` block. May repeat.
    Code,
}

/// One kind of block.
#[derive(Debug)]
pub struct BlockSchema {
    /// The word in front.
    pub kind: &'static str,
    /// Its title in documents.
    pub title: &'static str,
    /// The kinds that it is allowed in; [`TOP`] is the top level of a file, [`ANYWHERE`] is every block that may hold others.
    pub parents: &'static [&'static str],
    /// Whether it has a name.
    pub name: NameRule,
    /// Whether several are allowed in one parent.
    pub repeat: bool,
    /// Whether its parent is incomplete without it.
    pub required_in: &'static [&'static str],
    /// Its attributes in canonical order.
    pub attrs: &'static [AttrSchema],
    /// What it describes.
    pub doc: &'static str,
    /// The step of the Planning Guide that decides it, 1 to 12; 0 is the language itself.
    pub step: u8,
    /// An example of its use, as a user would write it (it parses; it need not be complete).
    pub example: &'static str,
    /// The first product release that has it.
    pub since: Product,
}

impl BlockSchema {
    /// Whether it is allowed in `parent`. Waivers and assertions hold no other blocks.
    pub fn is_allowed_in(&self, parent: &str) -> bool {
        let anywhere = self.parents.contains(&ANYWHERE) && !matches!(parent, "waive" | "assert");
        anywhere || self.parents.contains(&parent)
    }

    /// Whether the block is a computer, so that its name becomes a host name unless `fqdn` is written.
    pub fn is_computer(&self) -> bool {
        SERVERS.contains(&self.kind)
    }

    /// The attribute with this name.
    pub fn attr(&self, name: &str) -> Option<&'static AttrSchema> {
        self.attrs.iter().find(|attr| attr.name == name)
    }
}
