//! An example of a value of each type. Separate from the types, because the name of a block comes from an example of that block.

use super::{Type, blocks};

impl Type {
    /// A value of the type, as it is written.
    pub fn example(&self) -> String {
        match self {
            Type::Bool => "true".into(),
            Type::Integer { min, max, .. } => 10.clamp(*min, *max).to_string(),
            Type::Percent => "10%".into(),
            Type::Duration => "20min".into(),
            Type::Size => "72GB".into(),
            Type::Rate => "10Mbps".into(),
            Type::Frequency => "2.6GHz".into(),
            Type::Date => "2027-03-31".into(),
            Type::TimeOfDay => "01:30".into(),
            Type::Text => "\"text\"".into(),
            Type::Regex => r"'^(\d{4})$'".into(),
            Type::UncPath => r"'\\fs01.corp.contoso.com\ocs'".into(),
            Type::Fqdn => "\"pool01.corp.contoso.com\"".into(),
            Type::DomainName => "\"corp.contoso.com\"".into(),
            Type::Address => "10.10.0.11".into(),
            Type::Network => "10.10.0.0/22".into(),
            Type::Port => "5061".into(),
            Type::Choice(choices) => choices.first().map_or_else(String::new, |choice| choice.word.into()),
            Type::Reference(kinds) => {
                let example = kinds.first().and_then(|kind| blocks::of_kind(kind).next()).map(|block| block.example);
                example.and_then(|text| text.split_whitespace().nth(1)).unwrap_or("name").to_owned()
            }
            // The names in lists are those of domains and of name servers, not of pools.
            Type::List(Type::Fqdn) => "[\"contoso.com\"]".into(),
            Type::List(inner) => format!("[{}]", inner.example()),
            Type::OneOrMore(inner) => inner.example(),
        }
    }
}
