//! What the findings of a rule count as. The most exact words win: a code or a name over a beginning, a longer beginning over a
//! shorter one.

use std::collections::BTreeMap;

use crate::diag::{Code, CodeRow, Diag, Severity};

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

/// Whether a code may have this level: what cannot be waived can only become worse.
pub(super) fn may_be(row: &CodeRow, level: Level) -> bool {
    row.waivable || matches!(level, Level::Found(severity) if severity <= row.severity)
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
