//! Findings and answers for people and for tools. Input: [`Diag`]s and the [`SourceMap`](crate::text::SourceMap), or what a question
//! found. Output: text.
//! Knows nothing of streams and of the environment: colour and width are arguments.

pub mod answer;
mod diff;
mod format;
mod github;
mod human;
mod json;
mod junit;
mod plain;
mod rule_info;
#[cfg(test)]
mod samples;
mod sarif;
mod short;
pub mod table;
mod text;

pub use diff::diff;
pub use format::{Findings, Format};
pub use github::github;
pub use human::human;
pub use json::json;
pub use junit::junit;
pub use rule_info::RuleInfo;
pub use sarif::sarif;
pub use short::short;
pub use text::wrap;

use crate::diag::{Diag, Severity};
pub use crate::text::count;

/// How text is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether colours are written.
    pub color: bool,
    /// How many columns there are.
    pub width: usize,
}

/// How many findings there are of each severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Tally {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
}

impl Tally {
    /// Counts findings.
    pub fn of(diags: &[Diag]) -> Self {
        let count = |severity| diags.iter().filter(|diag| diag.severity == severity).count();
        Self { errors: count(Severity::Error), warnings: count(Severity::Warning), notes: count(Severity::Note) }
    }

    /// How many findings are at least as bad as `severity`.
    pub fn at_least(self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.errors + self.warnings,
            Severity::Note => self.errors + self.warnings + self.notes,
        }
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let parts = [(self.errors, Severity::Error), (self.warnings, Severity::Warning), (self.notes, Severity::Note)];
        let parts: Vec<_> = parts.into_iter().filter(|(n, _)| *n > 0).map(|(n, severity)| count(n, severity.word())).collect();
        f.write_str(if parts.is_empty() { "no findings" } else { "" })?;
        f.write_str(&parts.join(", "))
    }
}

/// The same findings, errors before warnings before notes, for readers that stop at a number.
fn errors_first(diags: &[Diag]) -> Vec<&Diag> {
    let mut diags: Vec<&Diag> = diags.iter().collect();
    diags.sort_by_key(|diag| diag.severity);
    diags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summary_counts_in_words() {
        let tally = |errors, warnings, notes| Tally { errors, warnings, notes }.to_string();
        assert_eq!(tally(2, 1, 0), "2 errors, 1 warning");
        assert_eq!(tally(0, 0, 3), "3 notes");
        assert_eq!(tally(0, 0, 0), "no findings");
    }
}
