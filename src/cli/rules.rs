//! Descriptions of codes for the formats of findings, from the registry.

use crate::compile::Compiled;
use crate::diag::Family;
use crate::lint::{CodeEntry, codes};
use crate::report::RuleInfo;

/// The step that files of names and certificates are checked in.
const NAMES_AND_CERTIFICATES: u8 = 4;

/// The codes of the language and all rules, by code, and which of them were applied to a topology.
pub(super) fn of_topology(compiled: &Compiled) -> Vec<RuleInfo> {
    let product = compiled.plans().map(|plans| plans.topology.organization.product);
    let of_topologies = |entry: &&CodeEntry| matches!(entry.row.family, Family::Language | Family::Rules);
    let info = |entry: &CodeEntry| match entry.rule {
        None => of_code(entry, 0),
        Some(rule) => RuleInfo {
            code: rule.code,
            name: rule.name,
            severity: rule.severity,
            summary: rule.summary(),
            doc: rule.markdown(),
            step: rule.step,
            ran: compiled.linted && product.is_some_and(|product| rule.releases.contain(product)),
        },
    };
    codes().iter().filter(of_topologies).map(info).collect()
}

/// The codes of a command that compares other files with a topology.
pub(super) fn of_files(family: Family) -> Vec<RuleInfo> {
    let of_family = codes().iter().filter(|entry| entry.row.family == family);
    of_family.map(|entry| of_code(entry, NAMES_AND_CERTIFICATES)).collect()
}

/// A code that belongs to no rule: it is always checked.
fn of_code(CodeEntry { row, .. }: &CodeEntry, step: u8) -> RuleInfo {
    RuleInfo {
        code: row.code,
        name: row.name,
        severity: row.severity,
        summary: row.doc.split_whitespace().collect::<Vec<_>>().join(" "),
        doc: row.doc.to_owned(),
        step,
        ran: true,
    }
}
