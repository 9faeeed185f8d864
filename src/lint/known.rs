//! All codes in one list, the language's and the rules', with what is known of each: for `explain --all`, the reference and programs.
//! Knows no output but JSON.

use serde_json::{Value, json};

use super::explain::{doc_of, excerpts};
use super::{Example, Rule, rules};
use crate::catalog::Confidence;
use crate::diag::{HandedInCode, LanguageCode, Severity, handed_in_codes, language_codes};
use crate::product::Releases;
use crate::schema::step_title;

/// A code of the language or of a rule.
#[derive(Debug, Clone, Copy)]
pub enum Known {
    /// An error of the language: always an error, of every product, never waived.
    Language(&'static LanguageCode),
    /// A rule.
    Rule(&'static Rule),
    /// A finding of a certificate that is handed in: of every product, never waived in a topology.
    HandedIn(&'static HandedInCode),
}

/// What stands for the step of certificates that are handed in, which is none of the guide's.
pub(super) const HANDED_IN: u8 = 20;

/// What the title of that step would be.
pub(super) const HANDED_IN_TITLE: &str = "certificates that are handed in";

/// All codes, in the order of their numbers.
pub fn known() -> Vec<Known> {
    let mut all: Vec<Known> = language_codes().map(Known::Language).collect();
    all.extend(rules().iter().copied().map(Known::Rule));
    all.extend(handed_in_codes().map(Known::HandedIn));
    all.sort_by_key(Known::code);
    all
}

/// The code with this number or name; `_` counts as `-`.
pub fn find_known(code: &str) -> Option<Known> {
    let name = code.replace('_', "-");
    known().into_iter().find(|known| known.code().eq_ignore_ascii_case(code) || known.name() == name)
}

impl Known {
    /// Such as `OCS0201`.
    pub fn code(&self) -> &'static str {
        match self {
            Known::Language(row) => row.code.0,
            Known::HandedIn(row) => row.code.0,
            Known::Rule(rule) => rule.code.0,
        }
    }

    /// Such as `standard-edition-users`.
    pub fn name(&self) -> &'static str {
        match self {
            Known::Language(row) => row.name,
            Known::HandedIn(row) => row.name,
            Known::Rule(rule) => rule.name,
        }
    }

    /// The step of the Planning Guide; 0 is the language itself.
    pub fn step(&self) -> u8 {
        match self {
            Known::Language(_) => 0,
            Known::Rule(rule) => rule.step,
            Known::HandedIn(_) => HANDED_IN,
        }
    }

    /// What the step is about.
    pub fn step_title(&self) -> &'static str {
        match self {
            Known::HandedIn(_) => HANDED_IN_TITLE,
            other => step_title(other.step()),
        }
    }

    /// How bad a finding is.
    pub fn severity(&self) -> Severity {
        match self {
            Known::Language(_) => Severity::Error,
            Known::Rule(rule) => rule.severity,
            Known::HandedIn(row) => row.severity,
        }
    }

    /// Whether a `waive` block may silence it.
    pub fn waivable(&self) -> bool {
        matches!(self, Known::Rule(rule) if rule.waivable)
    }

    /// Whether its findings can carry a correction.
    pub fn fixable(&self) -> bool {
        matches!(self, Known::Rule(rule) if rule.fixable)
    }

    /// The releases that it holds for.
    pub fn releases(&self) -> Releases {
        match self {
            Known::Language(_) | Known::HandedIn(_) => Releases::ALL,
            Known::Rule(rule) => rule.releases,
        }
    }

    /// The documentation, as Markdown without a title.
    pub fn documentation(&self) -> String {
        match self {
            Known::Language(row) => doc_of(row.doc),
            Known::HandedIn(row) => doc_of(row.doc),
            Known::Rule(rule) => rule.markdown().trim().to_owned(),
        }
    }

    /// What it is about, in one sentence or two, as Markdown on one line.
    pub fn summary(&self) -> String {
        match self {
            Known::Language(row) => first_sentence(row.doc),
            Known::HandedIn(row) => first_sentence(row.doc),
            Known::Rule(rule) => rule.summary(),
        }
    }

    /// All that is known, for programs. The examples are complete topologies; an excerpt shows what differs between them.
    pub fn json(&self) -> Value {
        let (source, confidence, examples) = match self {
            Known::Language(_) | Known::HandedIn(_) => (Value::Null, Confidence::High, Value::Null),
            Known::Rule(rule) => {
                let (bad, good) = (rule.bad.text(), rule.good.text());
                let (wrong, right) = excerpts(&bad, &good);
                let day = |example: &Example| example.today.map(|today| today.to_string());
                let examples = json!({
                    "bad": { "excerpt": wrong, "text": bad, "today": day(&rule.bad) },
                    "good": { "excerpt": right, "text": good, "today": day(&rule.good) },
                });
                (rule.source.into(), rule.confidence, examples)
            }
        };
        json!({
            "code": self.code(),
            "name": self.name(),
            "step": self.step(),
            "step_title": self.step_title(),
            "severity": self.severity().word(),
            "confidence": confidence.word(),
            "products": self.releases().iter().map(|product| product.word()).collect::<Vec<_>>(),
            "waivable": self.waivable(),
            "fixable": self.fixable(),
            "source": source,
            "summary": self.summary(),
            "documentation": self.documentation(),
            "examples": examples,
        })
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
        for entry in known() {
            for word in [entry.code(), entry.name(), &entry.code().to_lowercase(), &entry.name().replace('-', "_")] {
                assert_eq!(find_known(word).map(|found| found.code()), Some(entry.code()), "{word}");
            }
        }
    }

    #[test]
    fn a_rule_for_programs() {
        let entry = find_known("OCS0201").expect("a rule").json();
        let mut shown = entry.clone();
        for example in ["bad", "good"] {
            let text = shown["examples"][example]["text"].take();
            assert!(text.as_str().is_some_and(|text| text.contains("organization ")), "{example} is no whole topology");
        }
        insta::assert_snapshot!(format!("{shown:#}"));
    }

    #[test]
    fn an_error_of_the_language_for_programs() {
        insta::assert_snapshot!(format!("{:#}", find_known("no-organization").expect("a code").json()));
    }
}
