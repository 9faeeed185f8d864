//! All codes in one list, those of rules and those that are no rule's, and what is found by a word in it. Everything that reads
//! codes reads them here: `explain`, waivers, `ocstopo.toml`, the formats of findings.

use std::sync::OnceLock;

use super::excerpt::filled;
use super::{Rule, rules};
use crate::diag::{self, CodeRow, Family};
use crate::product::Releases;
use crate::schema::step_title;

/// A code, and its rule if it is one's.
#[derive(Debug, Clone, Copy)]
pub struct CodeEntry {
    /// What every code has.
    pub row: CodeRow,
    /// The rule.
    pub rule: Option<&'static Rule>,
}

/// All codes, in the order of their numbers.
pub fn codes() -> &'static [CodeEntry] {
    static ALL: OnceLock<Vec<CodeEntry>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut all: Vec<CodeEntry> = diag::code_rows().map(|row| CodeEntry { row: *row, rule: None }).collect();
        all.extend(rules().iter().map(|rule| CodeEntry { row: rule.row(), rule: Some(rule) }));
        all.sort_by_key(|entry| entry.row.code);
        all
    })
}

/// The code with this number or name; `_` counts as `-`, for in a `waive` block a name is a word of the language.
pub fn find_code(code: &str) -> Option<&'static CodeEntry> {
    let name = code.replace('_', "-");
    codes().iter().find(|entry| entry.row.code.0.eq_ignore_ascii_case(code) || entry.row.name == name)
}

/// The code or name of the rule that was probably meant by a `waive` block.
pub(super) fn nearest_rule(code: &str) -> Option<&'static str> {
    // Codes are numbers, not words: one with the same number and other zeros is meant, one that differs is near within its step
    // only.
    let number = |code: &str| code.to_ascii_uppercase().strip_prefix("OCS").and_then(|digits| digits.parse::<u32>().ok());
    if let Some(written) = number(code) {
        let same = waivable().find(|known| number(known) == Some(written));
        if same.is_some() {
            return same;
        }
    }
    let step = code.get(..5).unwrap_or(code);
    diag::nearest(code, waivable().filter(|known| !known.starts_with("OCS") || known.starts_with(step)))
}

/// The name of the rule that can only be meant; a code is no misspelling of another.
pub(super) fn meant_rule(name: &str) -> Option<&'static str> {
    diag::unambiguous(name, waivable().filter(|known| !known.starts_with("OCS")))
}

/// The codes and names of the rules that may be waived.
fn waivable() -> impl Iterator<Item = &'static str> {
    rules().iter().filter(|rule| rule.waivable).flat_map(|rule| [rule.code.0, rule.name])
}

impl CodeEntry {
    /// The step of the Planning Guide; 0 is the language itself.
    pub fn step(&self) -> u8 {
        match (self.rule, self.row.family) {
            (Some(rule), _) => rule.step,
            (None, Family::Certificates) => 20,
            (None, _) => 0,
        }
    }

    /// What the step is about.
    pub fn step_title(&self) -> &'static str {
        match self.row.family {
            Family::Zones => "zone files",
            Family::Certificates => "certificate files",
            Family::Language | Family::Rules => step_title(self.step()),
        }
    }

    /// Whether a `waive` block may silence it; the findings of other files than the topology's have no block for one.
    pub fn waivable(&self) -> bool {
        self.row.family == Family::Rules && self.row.waivable
    }

    /// Whether its findings can carry a correction.
    pub fn fixable(&self) -> bool {
        self.rule.is_some_and(|rule| rule.fixable)
    }

    /// The releases that it holds for.
    pub fn releases(&self) -> Releases {
        self.rule.map_or(Releases::ALL, |rule| rule.releases)
    }

    /// The documentation, as Markdown without a title.
    pub fn documentation(&self) -> String {
        match self.rule {
            Some(rule) => rule.markdown().trim().to_owned(),
            None => filled(self.row.doc),
        }
    }

    /// What it is about, in one sentence or two, as Markdown on one line.
    pub fn summary(&self) -> String {
        self.rule.map_or_else(|| first_sentence(self.row.doc), Rule::summary)
    }
}

/// Up to the first full stop outside of code, with all white space as single blanks.
fn first_sentence(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut code = false;
    let end = text.char_indices().find(|(at, c)| {
        code ^= *c == '`';
        !code && *c == '.' && text[at + 1..].chars().next().is_none_or(|next| next == ' ')
    });
    end.map_or(text.clone(), |(at, _)| text[..=at].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_outside_of_code() {
        assert_eq!(first_sentence("Write `a. b` or\nversion 1.5. Then go."), "Write `a. b` or version 1.5.");
        assert_eq!(first_sentence("No end"), "No end");
    }

    #[test]
    fn every_code_is_found_under_its_number_and_its_name() {
        for CodeEntry { row, .. } in codes() {
            for word in [row.code.0, row.name, &row.code.0.to_lowercase(), &row.name.replace('-', "_")] {
                assert_eq!(find_code(word).map(|found| found.row.code), Some(row.code), "{word}");
            }
        }
    }
}
