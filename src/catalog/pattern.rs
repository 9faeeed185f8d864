//! Names with one hole, such as `sip.{sip_domain}`: how rows of the catalogue write names that a topology fills.
//! Knows the holes and their words; what fills them is the planner's business.

use serde::{Deserialize, Serialize};

macro_rules! holes {
    ($($(#[$doc:meta])* $variant:ident = $word:literal;)*) => {
        /// The name in the braces of a [`Pattern`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Hole {
            $($(#[$doc])* $variant,)*
        }

        impl Hole {
            /// All holes.
            pub const ALL: &'static [Hole] = &[$(Hole::$variant),*];

            /// The word in the braces.
            pub fn word(self) -> &'static str {
                match self { $(Hole::$variant => $word,)* }
            }
        }
    };
}

holes! {
    /// The name of the endpoint: a pool's, an array's, an edge service's, or the only server's.
    Fqdn = "fqdn";
    /// The own name of each server.
    ServerFqdn = "server_fqdn";
    /// Each SIP domain.
    SipDomain = "sip_domain";
    /// The name of the web farm inside, where it differs from the pool's.
    InternalWebFarm = "internal_web_farm";
    /// The name that Web Components answer to inside: the web farm's, or else the pool's.
    WebFarm = "web_farm";
    /// The name of the web farm for outsiders: a pool's own, or those that a reverse proxy publishes.
    ExternalWebFarm = "external_web_farm";
    /// The name of Communicator Web Access for outsiders: its own, or those that a reverse proxy publishes.
    ExternalFqdn = "external_fqdn";
    /// The domain that clients of a network add to names, as DHCP hands it out.
    ClientDomain = "client_domain";
}

/// A name with exactly one hole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// The text before the hole.
    pub before: String,
    /// The hole.
    pub hole: Hole,
    /// The text after it.
    pub after: String,
}

impl Pattern {
    /// The pattern with its hole filled.
    pub fn fill(&self, value: &str) -> String {
        format!("{}{value}{}", self.before, self.after)
    }
}

impl std::fmt::Display for Pattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{{{}}}{}", self.before, self.hole.word(), self.after)
    }
}

impl std::str::FromStr for Pattern {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let one_hole = || format!("`{text}` must hold one placeholder, such as `{{fqdn}}`");
        let (before, rest) = text.split_once('{').ok_or_else(one_hole)?;
        let (word, after) = rest.split_once('}').ok_or_else(one_hole)?;
        if [before, after].iter().any(|part| part.contains(['{', '}'])) {
            return Err(one_hole());
        }
        let hole = Hole::ALL.iter().find(|hole| hole.word() == word).ok_or_else(|| {
            let words: Vec<String> = Hole::ALL.iter().map(|hole| format!("`{{{}}}`", hole.word())).collect();
            format!("`{{{word}}}` is no placeholder; there are {}", words.join(", "))
        })?;
        Ok(Self { before: before.to_owned(), hole: *hole, after: after.to_owned() })
    }
}

impl Serialize for Pattern {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_hole_is_read_and_filled() {
        let pattern: Pattern = "_sip._tls.{sip_domain}".parse().expect("a pattern");
        assert_eq!(pattern.hole, Hole::SipDomain);
        assert_eq!(pattern.fill("contoso.com"), "_sip._tls.contoso.com");
        assert_eq!(pattern.to_string(), "_sip._tls.{sip_domain}");
    }

    #[test]
    fn other_texts_are_refused() {
        let error = |text: &str| text.parse::<Pattern>().expect_err("a bad pattern");
        insta::assert_snapshot!(error("sip.{sip_domian}"), @"`{sip_domian}` is no placeholder; there are `{fqdn}`, `{server_fqdn}`, `{sip_domain}`, `{internal_web_farm}`, `{web_farm}`, `{external_web_farm}`, `{external_fqdn}`, `{client_domain}`");
        for text in ["sip.contoso.com", "{fqdn", "{fqdn}.{fqdn}", "a}b{fqdn}", ""] {
            assert!(error(text).contains("must hold one placeholder"), "{text}");
        }
    }
}
