//! Topologies from bytes: an example, changed at places and in ways that the bytes choose. Most of them are near to what people
//! write, so they reach the rules and the emitters.

use ocstopo::schema::blocks::ALL;
use ocstopo::schema::{AttrSchema, BlockSchema, Type};
use ocstopo::text::SourceMap;

/// Two sites with all features.
pub const CONTOSO: &[(&str, &str)] = &[
    ("dublin.ocstopo", include_str!("../../examples/contoso/dublin.ocstopo")),
    ("organization.ocstopo", include_str!("../../examples/contoso/organization.ocstopo")),
    ("redmond.ocstopo", include_str!("../../examples/contoso/redmond.ocstopo")),
    ("voice.ocstopo", include_str!("../../examples/contoso/voice.ocstopo")),
];

/// The files that changes begin with.
const EXAMPLES: &[&[(&str, &str)]] =
    &[&[("fabrikam.ocstopo", include_str!("../../examples/fabrikam/fabrikam.ocstopo"))], CONTOSO];

/// Values that some attribute takes.
const VALUES: &[&str] = &[
    "true",
    "false",
    "0",
    "1",
    "65_535",
    "18446744073709551616",
    "10%",
    "30d",
    "01:30",
    "72GB",
    "10Mbps",
    "2.6GHz",
    "2027-02-29",
    "\"x.example.com\"",
    "\"\"",
    "'^(\\d{4})$'",
    "'(?<=a)(b*)*$'",
    "'\\\\fs01\\share'",
    "10.10.0.11",
    "131.107.155.31",
    "0.0.0.0/0",
    "10.10.0.0/22",
    "10.10.0.[1..254]",
    "[]",
    "[internet, redmond]",
    "redmond.pool01",
    "a[1..3]",
    "\"\u{1f600} \u{e9}\u{202e}\"",
    "\"{{ x }} ${x} `x` <b> & ]]> | ;\"",
];

/// The bytes that are left, taken one number at a time; zeros when none are left.
pub struct Choices<'d>(&'d [u8]);

impl<'d> Choices<'d> {
    pub fn new(data: &'d [u8]) -> Self {
        Self(data)
    }

    /// The next number below 256.
    pub fn byte(&mut self) -> usize {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        usize::from(*first)
    }

    /// A number below another one.
    pub fn below(&mut self, end: usize) -> usize {
        (self.byte() << 8 | self.byte()) % end.max(1)
    }

    /// One of these.
    pub fn one<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// A yes or no.
    pub fn is_even(&mut self) -> bool {
        self.byte().is_multiple_of(2)
    }

    /// Whether there are no more.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// So many bytes as text, or those that are left.
    pub fn typed(&mut self, most: usize) -> String {
        let (typed, rest) = self.0.split_at(most.min(self.0.len()));
        self.0 = rest;
        String::from_utf8_lossy(typed).into_owned()
    }

    /// A text that has a meaning somewhere in the language, or any.
    pub fn text(&mut self) -> String {
        match self.byte() % 5 {
            0 => attribute(self),
            1 => block(self),
            2 => (*self.one(VALUES)).to_owned(),
            3 => self.one::<&BlockSchema>(ALL).kind.to_owned(),
            _ => {
                let most = self.byte() % 32;
                self.typed(most)
            }
        }
    }
}

/// A topology.
pub fn topology(choices: &mut Choices<'_>) -> SourceMap {
    let mut files: Vec<(String, String)> =
        choices.one(EXAMPLES).iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    for _ in 0..=choices.byte() % 6 {
        let file = choices.below(files.len());
        files[file].1 = changed(&files[file].1, choices);
        if choices.is_empty() {
            break;
        }
    }
    SourceMap::new(files)
}

/// The text with one line changed.
fn changed(text: &str, choices: &mut Choices<'_>) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let at = choices.below(lines.len());
    let other = choices.below(lines.len());
    match choices.byte() % 8 {
        0 => {
            lines.remove(at);
        }
        1 => lines.insert(at, lines[other].clone()),
        2 => lines.swap(at, other),
        3 => lines.insert(at, attribute(choices)),
        4 => lines.insert(at, block(choices)),
        5 | 6 => lines[at] = with_value(&lines[at], choices),
        _ => lines[at] = with_word(&lines[at], choices),
    }
    lines.join("\n") + "\n"
}

/// The line with another value after its first `=`.
fn with_value(line: &str, choices: &mut Choices<'_>) -> String {
    match line.split_once('=') {
        Some((name, _)) => format!("{name}= {}", choices.one(VALUES)),
        None => attribute(choices),
    }
}

/// The line with one of its words replaced by a word of the language.
fn with_word(line: &str, choices: &mut Choices<'_>) -> String {
    let words: Vec<&str> = line.split(' ').collect();
    let at = choices.below(words.len());
    let block = *choices.one(ALL);
    let word = match choices.byte() % 2 {
        0 => block.kind,
        _ => block.attrs.get(choices.below(block.attrs.len())).map_or(block.kind, |attr| attr.name),
    };
    let replaced = words.iter().enumerate().map(|(n, own)| if n == at { word } else { own });
    replaced.collect::<Vec<_>>().join(" ")
}

fn attribute(choices: &mut Choices<'_>) -> String {
    let block = *choices.one(ALL);
    block.attrs.get(choices.below(block.attrs.len())).map_or_else(String::new, |attr| of(attr, choices))
}

/// An attribute with a value that it may take, or any.
fn of(attr: &AttrSchema, choices: &mut Choices<'_>) -> String {
    let words = match &attr.ty {
        Type::Choice(words) => *words,
        Type::List(Type::Choice(words)) | Type::OneOrMore(Type::Choice(words)) => *words,
        _ => &[],
    };
    match choices.byte() % 3 {
        0 if !words.is_empty() => format!("{} = {}", attr.name, choices.one(words).word),
        _ => format!("{} = {}", attr.name, choices.one(VALUES)),
    }
}

/// A block of the language: its documented example, or some of its attributes with any values.
fn block(choices: &mut Choices<'_>) -> String {
    let block = choices.one::<&BlockSchema>(ALL);
    if choices.is_even() {
        return block.example.to_owned();
    }
    let mut attrs = String::new();
    for attr in block.attrs {
        if choices.is_even() {
            attrs += &of(attr, choices);
            attrs.push('\n');
        }
    }
    let name = ["x", "redmond", "pool01", "a[1..3]", ""][choices.below(5)];
    format!("{} {name} {{\n{attrs}}}", block.kind)
}
