//! Texts of the catalogue with places for real values: ``Open `{server}` and type {fqdn}.``
//! Text between backticks, and every value that is a name, is shown as code. A brace that is text is written twice: `{{`, `}}`.

use serde::{Deserialize, Deserializer, Serialize};

/// A text with places for values. People write it as a text, and it is stored as its parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pattern(Vec<Piece>);

/// One part of a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Piece {
    /// Text of the catalogue.
    Text {
        /// The text.
        text: String,
        /// Whether it was between backticks.
        code: bool,
    },
    /// A value, by its name in the vocabulary.
    Value {
        /// The name, such as `fqdn` or `item.address`.
        name: String,
        /// Whether it was between backticks.
        code: bool,
    },
}

impl Pattern {
    /// Its parts from left to right.
    pub fn pieces(&self) -> &[Piece] {
        &self.0
    }

    /// The names of its values.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Value { name, .. } => Some(name.as_str()),
            Piece::Text { .. } => None,
        })
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.is_human_readable() {
            true => String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom),
            false => Vec::deserialize(deserializer).map(Self),
        }
    }
}

impl std::str::FromStr for Pattern {
    type Err = String;

    fn from_str(source: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let (mut rest, mut code) = (source, false);
        while let Some(at) = rest.find(['`', '{', '}', '\n']) {
            let (before, from) = rest.split_at(at);
            push_text(&mut pieces, before, code);
            rest = &from[1..];
            if from.starts_with("{{") || from.starts_with("}}") {
                push_text(&mut pieces, &from[..1], code);
                rest = &from[2..];
                continue;
            }
            match from.as_bytes()[0] {
                b'`' => code = !code,
                b'{' => {
                    let (name, after) = rest.split_once('}').ok_or_else(|| format!("`{source}`: a `{{` is never closed"))?;
                    if name.is_empty() || !name.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'_' | b'.')) {
                        return Err(format!("`{source}`: `{{{name}}}` is no placeholder"));
                    }
                    pieces.push(Piece::Value { name: name.to_owned(), code });
                    rest = after;
                }
                b'}' => return Err(format!("`{source}`: a `}}` without its `{{`")),
                _ => return Err(format!("`{source}`: a text is one line")),
            }
        }
        push_text(&mut pieces, rest, code);
        if code {
            return Err(format!("`{source}`: a backtick is never closed"));
        }
        if pieces.is_empty() {
            return Err("a text is empty".into());
        }
        Ok(Self(pieces))
    }
}

fn push_text(pieces: &mut Vec<Piece>, text: &str, code: bool) {
    if text.is_empty() {
        return;
    }
    match pieces.last_mut() {
        Some(Piece::Text { text: last, code: same }) if *same == code => last.push_str(text),
        _ => pieces.push(Piece::Text { text: text.to_owned(), code }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Pattern, String> {
        text.parse()
    }

    #[test]
    fn parts_are_found() {
        let pattern = parse("Run `ping {fqdn}` on {server}.").expect("sound");
        assert_eq!(pattern.names().collect::<Vec<_>>(), ["fqdn", "server"]);
        assert_eq!(pattern.pieces()[1], Piece::Text { text: "ping ".into(), code: true });
        assert_eq!(pattern.pieces()[2], Piece::Value { name: "fqdn".into(), code: true });
        assert_eq!(pattern.pieces()[4], Piece::Value { name: "server".into(), code: false });
    }

    #[test]
    fn a_doubled_brace_is_text() {
        let pattern = parse("modify {pool} {{ {member} {{ up }} }}").expect("sound");
        assert_eq!(pattern.names().collect::<Vec<_>>(), ["pool", "member"]);
        assert_eq!(pattern.pieces()[2], Piece::Text { text: " { ".into(), code: false });
        assert_eq!(pattern.pieces()[4], Piece::Text { text: " { up } }".into(), code: false });
    }

    #[test]
    fn slips_are_refused() {
        for slip in ["", "a {fqdn", "a } b", "a {Fqdn} b", "a {} b", "a `b", "a\nb"] {
            assert!(parse(slip).is_err(), "{slip:?}");
        }
    }
}
