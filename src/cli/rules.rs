//! What formats of findings tell of the rules, from the registries.

use crate::compile::Compiled;
use crate::diag::{HandedInCode, Severity, handed_in_codes, language_codes};
use crate::lint;
use crate::report::RuleInfo;

/// The codes of the language and all rules, by code, and which of them were applied to a topology.
pub(super) fn told_of(compiled: &Compiled) -> Vec<RuleInfo> {
    let product = compiled.topology.as_ref().map(|topology| topology.organization.product);
    let mut infos: Vec<RuleInfo> = language_codes()
        .map(|row| RuleInfo {
            code: row.code,
            name: row.name,
            severity: Severity::Error,
            summary: words(row.doc),
            doc: row.doc.to_owned(),
            step: 0,
            ran: true,
        })
        .collect();
    infos.extend(lint::rules().iter().map(|rule| RuleInfo {
        code: rule.code,
        name: rule.name,
        severity: rule.severity,
        summary: rule.summary(),
        doc: rule.markdown(),
        step: rule.step,
        ran: compiled.linted && product.is_some_and(|product| rule.releases.contain(product)),
    }));
    infos.sort_by_key(|info| info.code);
    infos
}

/// The codes of certificates that are handed in.
pub(super) fn of_certificates() -> Vec<RuleInfo> {
    let info = |row: &HandedInCode| RuleInfo {
        code: row.code,
        name: row.name,
        severity: row.severity,
        summary: words(row.doc),
        doc: row.doc.to_owned(),
        // Certificates are of this step.
        step: 4,
        ran: true,
    };
    handed_in_codes().map(info).collect()
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
