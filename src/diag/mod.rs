//! Findings as plain data: what is wrong, where, why there, and the way out. Drawing them is the work of `report`.

mod bound;
mod causes;
pub mod codes;
mod effort;

pub use bound::{MOST, bound, push};
pub use causes::{Fact, Ties, hold_back};
pub use codes::{CodeRow, Family, code_rows};
pub use effort::Effort;

use crate::text::Span;

/// A stable code such as `OCS0401`: two digits of the planning step and two of the rule; `OCS00..` is the language itself, and
/// `OCS20..` and `OCS097.` are about files that are compared with the topology.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It cannot work, or artifacts would be wrong.
    Error,
    /// Outside the guide, or probably not meant.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// `error`, `warning` or `note`.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// A place and what to say there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// Why here; may be empty.
    pub text: String,
}

/// One change of the text: the span is replaced.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// What is replaced; an empty span inserts.
    pub span: Span,
    /// The new text.
    pub text: String,
}

/// A correction with one right answer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fix {
    /// What it does, as an imperative.
    pub title: String,
    /// The changes, not overlapping.
    pub edits: Vec<Edit>,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diag {
    /// The smallest thing that can be changed.
    pub primary: Label,
    /// Its code.
    pub code: Code,
    /// How bad.
    pub severity: Severity,
    /// What is wrong: lower case, no final dot, expected before actual.
    pub message: String,
    /// The other parties: the first declaration, the origin of a limit.
    pub related: Vec<Label>,
    /// The way out, with concrete text.
    pub help: Option<String>,
    /// The source of the rule: a guide step, a page.
    pub source: Option<String>,
    /// The edit, where there is one right answer.
    pub fix: Option<Fix>,
    /// The facts that it doubts and those that it rests on.
    pub ties: Ties,
}

impl Fix {
    /// Puts `text` in place of a span.
    pub fn replace(title: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        Self { title: title.into(), edits: vec![Edit { span, text: text.into() }] }
    }

    /// Writes `text` in place of a span, and says so.
    pub fn write(span: Span, text: impl Into<String>) -> Self {
        let text = text.into();
        Self::replace(format!("write `{text}`"), span, text)
    }

    /// Takes a span out. For a whole block, attribute or assertion `fix` removes its line too.
    pub fn remove(title: impl Into<String>, span: Span) -> Self {
        Self::replace(title, span, "")
    }
}

impl Diag {
    /// An error with `label` at `span`.
    pub fn error(code: Code, message: impl Into<String>, span: Span, label: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message, span, label)
    }

    /// A finding of any severity.
    pub fn new(severity: Severity, code: Code, message: impl Into<String>, span: Span, label: impl Into<String>) -> Self {
        Self {
            primary: Label { span, text: label.into() },
            code,
            severity,
            message: message.into(),
            related: Vec::new(),
            help: None,
            source: None,
            fix: None,
            ties: Ties::default(),
        }
    }

    /// Adds another place.
    #[must_use]
    pub fn related(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related.push(Label { span, text: text.into() });
        self
    }

    /// Sets the way out.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Sets the help, if there is one.
    #[must_use]
    pub fn help_opt(mut self, text: Option<String>) -> Self {
        self.help = text.or(self.help);
        self
    }

    /// Names the source of the rule.
    #[must_use]
    pub fn source(mut self, text: impl Into<String>) -> Self {
        self.source = Some(text.into());
        self
    }

    /// Attaches the correction.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// Puts a fact in doubt, beside what is written at the primary place.
    #[must_use]
    pub fn blames(mut self, fact: Fact) -> Self {
        self.ties.blame(fact);
        self
    }

    /// Rests on a fact: another finding that puts it in doubt silences this one.
    #[must_use]
    pub fn needs(self, fact: Fact) -> Self {
        self.needs_one_of([fact])
    }

    /// Rests on any of some facts: only when all of them are in doubt it is silent.
    #[must_use]
    pub fn needs_one_of(mut self, facts: impl IntoIterator<Item = Fact>) -> Self {
        self.ties.need_one_of(facts);
        self
    }
}

/// Sorts by place, then code, and drops exact repetitions.
pub fn sort(diags: &mut Vec<Diag>) {
    diags.sort();
    diags.dedup();
}

/// The candidate that a word was probably meant to be: the nearest to a misspelt one, else the only one that the word begins.
pub fn meant<'a, I: IntoIterator<Item = &'a str>>(word: &str, candidates: impl Fn() -> I) -> Option<&'a str> {
    let begun = || {
        let beginning = format!("{}_", word.to_lowercase());
        let mut longer = candidates().into_iter().filter(|candidate| candidate.to_lowercase().starts_with(&beginning));
        longer.next().filter(|only| longer.all(|other| other == *only))
    };
    nearest(word, candidates()).or_else(begun)
}

/// No name is longer; a longer word is not compared with any.
const LONGEST_NAME: usize = 255;

/// A quick test whether the distance can be within the limit: each step adds or takes one character at most, and so each
/// step brings one letter at most that the word does not have.
fn near_enough(word: &str, length: usize, candidate: &str, limit: usize) -> bool {
    if !candidate.is_ascii() {
        return true;
    }
    let letters = |text: &str| text.bytes().fold(0_u64, |set, byte| set | 1 << (byte.to_ascii_lowercase() & 63));
    candidate.len().abs_diff(length) <= limit && (letters(candidate) & !letters(word)).count_ones() as usize <= limit
}

/// The candidate nearest to a misspelt word, if it is near enough to be what was meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let length = lower.chars().count();
    if length > LONGEST_NAME {
        return None;
    }
    let limit = (length / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| near_enough(&lower, length, candidate, limit))
        .map(|candidate| (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// The candidate that a misspelt word can only mean: none other is as near, and what counts is the same, digits and single
/// letters at the end. Who writes `fe03` where there are `fe01` and `fe02`, or `pool_b` where there is `pool_a`, has not slipped
/// on the keyboard.
pub fn unambiguous<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let candidates: Vec<&str> = candidates.into_iter().collect();
    let near = nearest(word, candidates.iter().copied())?;
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let others = candidates.into_iter().filter(|candidate| *candidate != near);
    let distance = |candidate: &str| strsim::damerau_levenshtein(&word.to_lowercase(), &candidate.to_lowercase());
    let alone = others.map(distance).min().is_none_or(|other| other > distance(near));
    let letter = |text: &str| {
        let last = text.rsplit(['_', '-']).next().unwrap_or_default();
        if last.len() == 1 && last.len() < text.len() { last.to_lowercase() } else { String::new() }
    };
    (alone && digits(near) == digits(word) && letter(near) == letter(word)).then_some(near)
}

#[cfg(test)]
mod tests {
    use super::{meant, nearest, unambiguous};

    #[test]
    fn one_near_word_is_unambiguous() {
        assert_eq!(unambiguous("adress", ["address", "users"]), Some("address"));
        assert_eq!(unambiguous("lan", ["lan1", "wan", "man"]), None);
        assert_eq!(unambiguous("fe03", ["fe01"]), None);
        assert_eq!(unambiguous("pool_b", ["pool_a"]), None);
        assert_eq!(unambiguous("pol_b", ["pool_b"]), Some("pool_b"));
        assert_eq!(unambiguous("fee01", ["fe01", "fe02"]), Some("fe01"));
    }

    #[test]
    fn a_unique_prefix_means_its_word() {
        let words = || ["edge_array", "site", "standard_edition", "media_gateway", "media_port"];
        assert_eq!(meant("edge", words), Some("edge_array"));
        assert_eq!(meant("sit", words), Some("site"));
        assert_eq!(meant("media", words), None, "two words begin so");
        assert_eq!(meant("stand", words), None, "no part of a word");
    }

    #[test]
    fn skipped_words_are_far() {
        let words = ["redmond.pool01", "pool01", "Pool1", "redmnod.polo01", "edge", "x", "été", "internal-network-a", "internet"];
        for word in words {
            let length = word.to_lowercase().chars().count();
            for candidate in words {
                let distance = strsim::damerau_levenshtein(&word.to_lowercase(), &candidate.to_lowercase());
                let limit = (length / 3).max(1);
                assert!(
                    super::near_enough(&word.to_lowercase(), length, candidate, limit) || distance > limit,
                    "{word} {candidate}"
                );
            }
        }
    }

    #[test]
    fn nearest_word_is_near() {
        assert_eq!(nearest("adress", ["address", "users"]), Some("address"));
        assert_eq!(nearest("colour", ["address", "users"]), None);
        assert_eq!(nearest("vpi", ["vip", "fqdn"]), Some("vip"));
    }
}
