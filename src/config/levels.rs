//! What the findings of a rule count as. The most exact words win: a code or a name over a beginning, a longer beginning over a
//! shorter one.

use std::collections::BTreeMap;

use crate::diag::{Code, Diag, Severity, handed_in_codes, language_codes};
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

/// A rule, a code of the language or one of a certificate that is handed in, as far as levels go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub(super) code: Code,
    pub(super) name: &'static str,
    pub(super) severity: Severity,
    pub(super) waivable: bool,
}

/// All rules and all codes of the language and of certificates that are handed in. For these `ocstopo.toml` is the only place where a
/// team can say what it accepts.
pub(super) fn known() -> impl Iterator<Item = Known> {
    let language =
        language_codes().map(|row| Known { code: row.code, name: row.name, severity: Severity::Error, waivable: false });
    let handed_in = handed_in_codes().map(|row| Known { code: row.code, name: row.name, severity: row.severity, waivable: true });
    let rules = lint::rules();
    language.chain(handed_in).chain(rules.iter().map(|rule| Known {
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
