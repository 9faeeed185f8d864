//! Domain names.

use std::fmt;

/// The longest label of a domain name (RFC 1035).
const LABEL_MAX: usize = 63;
/// The longest domain name as text (255 octets on the wire, RFC 1035, are 253 characters).
const NAME_MAX: usize = 253;

/// A domain name in lower case, checked: labels of letters, digits, hyphens (and `_`), 63 characters each, 253 in all.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct Fqdn(String);

impl Fqdn {
    /// Checks a name; a single label is allowed here, because whether it is enough depends on the attribute.
    /// The error says what is wrong with the name, as the end of a sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        check(text)?;
        Ok(Self(text.to_ascii_lowercase()))
    }

    /// As text, lower case, without a final dot.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The labels from left to right.
    pub fn labels(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split('.')
    }

    /// Whether it is `domain` or a name below it.
    pub fn is_within(&self, domain: &Fqdn) -> bool {
        self.0.strip_suffix(&domain.0).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    }

    /// The name with one more label in front. The error says what is wrong with the result.
    pub fn child(&self, label: &str) -> Result<Fqdn, String> {
        Fqdn::parse(&format!("{label}.{}", self.0))
    }

    /// The first label: the host's own name.
    pub fn host_label(&self) -> &str {
        self.0.split('.').next().unwrap_or(&self.0)
    }

    /// The name without its first label; `None` for a single label.
    pub fn parent(&self) -> Option<Fqdn> {
        self.0.split_once('.').map(|(_, rest)| Fqdn(rest.to_owned()))
    }

    /// Whether it has one label only.
    pub fn is_single_label(&self) -> bool {
        !self.0.contains('.')
    }
}

impl fmt::Display for Fqdn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn check(text: &str) -> Result<(), String> {
    if text.is_empty() {
        return Err("it is empty".into());
    }
    if text.ends_with('.') {
        return Err("names are written without the final dot".into());
    }
    if let Some(c) = text.chars().find(|c| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | '.')) {
        return Err(match c {
            c if !c.is_ascii() => "it has a character outside ASCII".into(),
            '*' => "a wildcard is not the name of a server".into(),
            ' ' => "it has a blank".into(),
            c => format!("it has `{c}`"),
        });
    }
    if text.len() > NAME_MAX {
        return Err(format!("it has {} characters, and the maximum is {NAME_MAX}", text.len()));
    }
    for label in text.split('.') {
        if label.is_empty() {
            return Err("it has an empty label".into());
        }
        if label.len() > LABEL_MAX {
            return Err(format!("a label has {} characters, and the maximum is {LABEL_MAX}", label.len()));
        }
        if label.starts_with('-') || label.ends_with('-') {
            return Err(format!("the label `{label}` begins or ends with a hyphen"));
        }
    }
    if text.rsplit('.').next().is_some_and(|last| last.bytes().all(|b| b.is_ascii_digit())) {
        return Err("its last label is a number, as in an address".into());
    }
    Ok(())
}
