//! Domain names.

/// A domain name in lower case, checked: labels of letters, digits, hyphens (and `_`), 63 characters each, 255 in all.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct Fqdn(String);

impl Fqdn {
    /// As text, lower case, without a final dot.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Fqdn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
