//! What the findings of a rule count as. The most exact words win: a code or a name over a beginning, a longer beginning over a
//! shorter one.

use std::collections::BTreeMap;

use crate::diag::{Code, Diag, Severity, language_codes};
use crate::lint;

/// What findings count as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Findings of this severity.
    Found(Severity),
    /// No findings.
    Ignored,
}

/// The levels that differ from the rules' own.
#[derive(Debug, Clone, Default)]
pub struct Levels {
    /// With how many characters of the code were written.
    of: BTreeMap<Code, (usize, Level)>,
}

/// A rule or a code of the language, as far as levels go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub(super) code: Code,
    pub(super) name: &'static str,
    pub(super) severity: Severity,
    pub(super) waivable: bool,
}

/// All rules and all codes of the language.
pub(super) fn known() -> impl Iterator<Item = Known> {
    let language =
        language_codes().map(|row| Known { code: row.code, name: row.name, severity: Severity::Error, waivable: false });
    let rules = lint::rules();
    language.chain(rules.iter().map(|rule| Known {
        code: rule.code,
        name: rule.name,
        severity: rule.severity,
        waivable: rule.waivable,
    }))
}

impl Known {
    /// Whether it may have this level: what cannot be waived can only become worse.
    pub(super) fn may_be(self, level: Level) -> bool {
        self.waivable || matches!(level, Level::Found(severity) if severity <= self.severity)
    }
}

impl Levels {
    /// Sets the level of a code that `length` characters were written of, unless more were written before.
    pub(super) fn set(&mut self, code: Code, length: usize, level: Level) {
        if self.of.get(&code).is_none_or(|(before, _)| *before < length) {
            self.of.insert(code, (length, level));
        }
    }

    /// Gives findings their levels, and takes out those that are ignored.
    pub fn apply(&self, diags: &mut Vec<Diag>) {
        diags.retain_mut(|diag| match self.of.get(&diag.code) {
            Some((_, Level::Ignored)) => false,
            Some((_, Level::Found(severity))) => {
                diag.severity = *severity;
                true
            }
            None => true,
        });
    }
}
