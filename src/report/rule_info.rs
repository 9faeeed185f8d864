//! What formats list of a rule besides its findings. Rules are in other rooms; the caller passes what is to be listed.

use rustc_hash::FxHashMap;

use crate::diag::{Code, Severity};

/// A rule, or a code of the language.
#[derive(Debug, Clone)]
pub struct RuleInfo {
    /// Its code.
    pub code: Code,
    /// Its name in kebab case.
    pub name: &'static str,
    /// The default severity of a finding.
    pub severity: Severity,
    /// What it checks, in one paragraph.
    pub summary: String,
    /// The whole documentation, in Markdown.
    pub doc: String,
    /// The step of the Planning Guide; 0 is the language itself.
    pub step: u8,
    /// Whether it was applied to this topology.
    pub ran: bool,
}

/// The position of each code in a list of rules.
pub(super) fn positions(rules: &[RuleInfo]) -> FxHashMap<Code, usize> {
    rules.iter().enumerate().map(|(index, rule)| (rule.code, index)).collect()
}
