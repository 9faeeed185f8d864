//! The page for a review: the findings of a topology beside its plans.

use super::inputs::PartInputs;
use crate::diag::Diag;
use crate::emit::{self, Artifact, EmitContext, EmitError};
use crate::lint::find_code;
use crate::plan::Lines;
use crate::plan::report::{self, Finding, Inputs, Rule};
use crate::query::diagram::{Style, overview};

/// Writes it.
pub(super) fn report_page(inputs: &PartInputs<'_>, cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    let findings = inputs.findings.iter().map(|diag| finding(inputs.plans.lines, diag)).collect();
    let picture = overview(inputs.plans, Style { note: cx.note(), places: false, links: false, ..Style::default() });
    emit::page::report(&report::plan(Inputs { plans: inputs.plans, findings, rule }), &picture, cx)
}

fn finding<'a>(lines: Lines<'_>, diag: &'a Diag) -> Finding<'a> {
    Finding {
        code: diag.code.0,
        severity: diag.severity.word(),
        message: &diag.message,
        label: &diag.primary.text,
        place: lines.place(diag.primary.span),
        help: diag.help.as_deref(),
        source: diag.source.as_deref(),
    }
}

fn rule(code: &str) -> Option<Rule> {
    let entry = find_code(code)?;
    Some(Rule { code: entry.row.code.0, name: entry.row.name, summary: entry.summary(), step: entry.step() })
}
