//! `renewal.csv`: when each certificate ends, as a table for tickets and planners.

use super::super::{EmitContext, csv};
use crate::plan::certificate::Install;
use crate::plan::renewal::{Renewal, RenewalPlan, Term};

const HEADER: [&str; 20] = [
    "ends",
    "begins",
    "dates from",
    "certificate",
    "common name",
    "alternative names",
    "issuer",
    "team",
    "rights",
    "runbook step",
    "installs on",
    "services",
    "restart",
    "breaks when it ends",
    "flows",
    "reason",
    "declared",
    "guide step",
    "source",
    "confidence",
];

pub(super) fn emit(plan: &RenewalPlan<'_>, cx: &EmitContext<'_>) -> String {
    csv::write(cx.note(), &HEADER, plan.renewals.iter().map(row))
}

fn row(renewal: &Renewal<'_>) -> [String; HEADER.len()] {
    let certificate = renewal.certificate;
    let reason = renewal.reason();
    let (begins, ends, origin) = match &renewal.term {
        Term::Known { begins, ends, origin } => (begins.to_string(), ends.to_string(), origin.clone()),
        Term::Unknown(why) => (String::new(), String::new(), format!("unknown: {why}")),
    };
    [
        ends,
        begins,
        origin,
        certificate.slug.clone(),
        certificate.common_name.to_string(),
        list(certificate.sans.iter()),
        renewal.authority().unwrap_or_default(),
        renewal.team.title().to_owned(),
        renewal.rights.clone().unwrap_or_default(),
        renewal.step.clone().unwrap_or_default(),
        list(certificate.installs.iter().map(computer)),
        list(renewal.services.iter()),
        renewal.restart(),
        list(renewal.breaks.iter()),
        list(renewal.rows.iter()),
        reason.purpose.clone(),
        list(reason.declared.iter()),
        reason.step.to_string(),
        reason.source.join("; "),
        reason.confidence.word().to_owned(),
    ]
}

/// A computer, by its name where it has one.
pub(super) fn computer(install: &Install) -> String {
    match &install.fqdn {
        Some(name) => format!("{} ({name})", install.path),
        None => install.path.clone(),
    }
}

fn list<T: ToString>(items: impl Iterator<Item = T>) -> String {
    items.map(|item| item.to_string()).collect::<Vec<_>>().join("; ")
}
