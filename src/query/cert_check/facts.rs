//! What a certificate or a request says, as plain data.

use std::borrow::Cow;

use crate::lower::Date;

/// A certificate, or a request for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A request for a certificate (PKCS #10).
    Request,
    /// A certificate.
    Certificate,
}

impl Kind {
    /// The word in messages.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Request => "request",
            Kind::Certificate => "certificate",
        }
    }
}

/// A certificate or a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Which of both.
    pub kind: Kind,
    /// The parts of its subject, in their order: `CN`, `O`, … or an object identifier, and the value.
    pub subject: Vec<(String, String)>,
    /// The parts of its issuer; none for a request.
    pub issuer: Vec<(String, String)>,
    /// The DNS names among its alternative names, in lower case, in their order.
    pub names: Vec<String>,
    /// The other alternative names, in words.
    pub others: Vec<String>,
    /// Object identifiers of what it may be used for; `None` where it does not say.
    pub extended_uses: Option<Vec<String>>,
    /// What the key may do, a bit each: the first byte of the extension; `None` where it does not say.
    pub key_uses: Option<u8>,
    /// Its key.
    pub key: Key,
    /// From when and until when it is valid; `None` for a request.
    pub valid: Option<(Date, Date)>,
    /// Whether it is the certificate of an authority.
    pub authority: bool,
    /// What it says of templates of a Windows authority.
    pub template: Template,
}

/// A public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// RSA, with its bits.
    Rsa(usize),
    /// Another one, by its name or object identifier.
    Other(String),
}

/// What a certificate says of templates: only authorities of Windows write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Template {
    /// Nothing.
    Absent,
    /// The name of a template of version 1.
    Name(String),
    /// A template of a later version, which has a number.
    Number,
}

impl Facts {
    /// A part of its subject; of several the last, which is the most telling.
    pub fn part(&self, name: &str) -> Option<&str> {
        part(&self.subject, name)
    }

    /// The common name of its issuer.
    pub fn issuer_name(&self) -> Option<&str> {
        part(&self.issuer, "CN")
    }

    /// Whether it is its own issuer.
    pub fn is_self_signed(&self) -> bool {
        self.kind == Kind::Certificate && self.subject == self.issuer
    }

    /// Whether it carries the name of a server, which authorities do not.
    pub fn names_a_server(&self) -> bool {
        !self.names.is_empty() || self.common_name().is_some_and(|name| name.contains('.') && !name.contains(' '))
    }

    /// Its common name, in lower case.
    pub fn common_name(&self) -> Option<String> {
        self.part("CN").map(str::to_ascii_lowercase)
    }

    /// What messages call it: by its common name, else by its first name.
    pub fn title(&self) -> String {
        let word = self.kind.word();
        match self.part("CN").or(self.names.first().map(String::as_str)) {
            Some(name) => format!("the {word} of `{}`", cut(name)),
            None => format!("the {word} without a name"),
        }
    }
}

/// A text of a file as far as messages quote it: no name that is meant is longer.
pub(super) fn cut(text: &str) -> Cow<'_, str> {
    const LONGEST: usize = 120;
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => Cow::Owned(format!("{}…", &text[..at])),
        None => Cow::Borrowed(text),
    }
}

fn part<'p>(parts: &'p [(String, String)], name: &str) -> Option<&'p str> {
    parts.iter().rev().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
}
