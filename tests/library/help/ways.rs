//! The ways out that no machine can read off a help, done by hand: `ways.toml` says what a reader makes of the bad example of a
//! rule.

use ocstopo::lint::Rule;
use ocstopo::schema::blocks;
use serde::Deserialize;

use crate::help::advice::alternatives;

/// All ways, and the rules that have none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ways {
    pub way: Vec<Way>,
    pub parsed: Vec<Parsed>,
}

/// One way out.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Way {
    /// The code of the rule.
    pub rule: String,
    /// The part of the help that is followed.
    pub help: String,
    /// What becomes of the example, in order.
    edits: Vec<(String, String)>,
    /// Rules that may have findings then: the edit requires another decision, which is no worse.
    #[serde(default)]
    pub then: Vec<String>,
}

/// A rule whose help cannot be followed in a topology.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parsed {
    /// Its code.
    pub rule: String,
    /// Why.
    pub why: String,
}

impl Ways {
    pub fn read() -> Self {
        toml::from_str(include_str!("ways.toml")).expect("ways.toml can be read")
    }
}

impl Way {
    /// The example after the way out; the obstacle, if there is one.
    pub fn follow(&self, rule: &Rule) -> Result<String, String> {
        let mut text = rule.bad.text();
        for (old, new) in &self.edits {
            if !text.contains(old) {
                return Err(format!("`{old}` is not there"));
            }
            text = text.replacen(old, new, 1);
        }
        self.unsaid().map_or(Ok(text), |word| Err(format!("`{word}` of the help is in no edit")))
    }

    /// A word of the language in the help without a relation to the edits: words to be written, added or removed
    /// are in the example before or after. A place, such as `in standard_edition se01`, need not be.
    fn unsaid(&self) -> Option<&str> {
        // One of the alternatives is used.
        let taken = self.help.split(" or ").next().unwrap_or_default();
        let parts: Vec<&str> = taken.split('`').collect();
        let words = parts.chunks(2).filter_map(|part| match part {
            [before, code] if !before.ends_with(" in ") && !before.ends_with("out of ") => code.split_whitespace().next(),
            _ => None,
        });
        let is_known = |word: &str| blocks::ALL.iter().any(|block| block.kind == word || block.attr(word).is_some());
        let is_edited = |word: &str| self.edits.iter().any(|(old, new)| old.contains(word) || new.contains(word));
        let mut words = words.filter(|word| is_known(word));
        words.find(|word| !is_edited(word))
    }
}

/// Whether some way out of a help is literal.
pub fn is_to_the_letter(help: &str) -> bool {
    !alternatives(help).is_empty()
}
