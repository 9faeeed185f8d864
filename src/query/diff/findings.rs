//! Findings that came and went. A finding is the same when its code and message are: its place moves with every line above it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Version;
use crate::diag::Diag;

/// A finding of one version.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct FindingLine {
    /// Its code.
    pub code: &'static str,
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// What is wrong.
    pub message: String,
    /// `file:line`, in the version that has it.
    pub place: Option<String>,
}

/// Findings that one version has and the other has not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Findings {
    /// Only in the new version.
    pub new: Vec<FindingLine>,
    /// Only in the old version.
    pub gone: Vec<FindingLine>,
}

pub(super) fn compare(old: Version<'_>, new: Version<'_>) -> Findings {
    let only = |version: Version<'_>, other: Version<'_>| {
        let line = |diag: &Diag| FindingLine {
            code: diag.code.0,
            severity: diag.severity.word(),
            message: diag.message.clone(),
            place: Some(version.plans.lines.place(diag.primary.span)),
        };
        only_in(version.findings, other.findings).into_iter().map(line).collect()
    };
    Findings { new: only(new, old), gone: only(old, new) }
}

/// The findings of one version that another does not have.
pub fn only_in<'d>(these: &'d [Diag], those: &'d [Diag]) -> Vec<&'d Diag> {
    let mut left: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for diag in those {
        *left.entry((diag.code.0, &diag.message)).or_default() += 1;
    }
    let is_new = |diag: &&'d Diag| match left.get_mut(&(diag.code.0, diag.message.as_str())) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    these.iter().filter(is_new).collect()
}
