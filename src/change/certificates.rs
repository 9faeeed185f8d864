//! Certificates: what is issued anew, goes to further computers, or is retired.

use std::collections::{BTreeMap, BTreeSet};

use super::values::{Named, code, list, notes, setting, text};
use super::{Declarations, Inputs};
use crate::catalog::StepRow;
use crate::plan::Plans;
use crate::plan::certificate::Certificate;
use crate::plan::runbook::{Line, Step, Value};
use crate::query::diff::{CertificateChange, CertificateWork};

/// What steps are about that change certificates; a new one has the steps of the deployment.
pub(super) fn values(inputs: &Inputs<'_>, declared: &Declarations) -> Vec<Named> {
    let (old, new) = (by_slug(inputs.old), by_slug(inputs.new));
    let assigning = assigning(inputs, StepRow::assigns_certificates);
    let changes = inputs.diff.certificates.iter().filter(|change| change.work != CertificateWork::Request);
    let named = |change: &CertificateChange| {
        let certificate = new.get(change.certificate.as_str()).or_else(|| old.get(change.certificate.as_str()))?;
        let steps = assigning.get(certificate.group.as_str()).map(Vec::as_slice).unwrap_or_default();
        let first = steps.iter().map(|step| step.number).min();
        let steps = steps.iter().map(|step| Value::Line(Line([vec![code(&step.id), text(": ")], step.title.0.clone()].concat())));
        Some(values_of(change, certificate, declared).with_some("assigned_by", list("step", steps)).placed(None, first))
    };
    changes.filter_map(named).collect()
}

fn values_of(change: &CertificateChange, certificate: &Certificate, declared: &Declarations) -> Named {
    let is = |work| Value::flag(change.work == work);
    let hosts = |paths: &[String]| list("host", paths.iter().cloned().map(Value::Code));
    let installed = change.work == CertificateWork::Install && !change.install_on.is_empty();
    let mut services: Vec<String> = certificate.serves.iter().map(|end| format!("{}, {}", end.path, end.role.word())).collect();
    services.sort();
    services.dedup();
    Named::new(certificate.thing(), declared.of(&certificate.group))
        .with("slug", Value::Code(change.certificate.clone()))
        .with("common_name", Value::name(&certificate.common_name))
        .with_some("reissued", is(CertificateWork::Reissue))
        .with_some("installed", Value::flag(installed))
        .with_some("retired", is(CertificateWork::Retire))
        .with_some("differences", notes(differences(change)))
        .with_some("services", list("service", services.into_iter().map(Value::Code)))
        .with_some("install_on", hosts(&change.install_on))
        .with_some("remove_from", hosts(&change.remove_from))
}

fn differences(change: &CertificateChange) -> Vec<Line> {
    let one = |word: &str, name: &String| Line(vec![text(format!("{word} ")), code(name)]);
    let mut lines: Vec<Line> = change.names_added.iter().map(|name| one("a further name:", name)).collect();
    lines.extend(change.names_removed.iter().map(|name| one("no longer a name of it:", name)));
    lines.extend(change.settings.iter().map(setting));
    lines
}

fn by_slug<'a>(plans: Plans<'a>) -> BTreeMap<&'a str, &'a Certificate> {
    plans.certificates().certificates.iter().map(|certificate| (certificate.slug.as_str(), certificate)).collect()
}

/// The certificates that are issued anew, as they are then.
pub(super) fn reissued<'a>(inputs: &Inputs<'a>) -> Vec<&'a Certificate> {
    let new = by_slug(inputs.new);
    let changes = inputs.diff.certificates.iter().filter(|change| change.work == CertificateWork::Reissue);
    changes.filter_map(|change| new.get(change.certificate.as_str()).copied()).collect()
}

/// The steps that assign the certificates of each group.
fn assigning<'a>(inputs: &Inputs<'a>, assigns: fn(&StepRow) -> bool) -> BTreeMap<&'a str, Vec<&'a Step>> {
    let rows = inputs.deployment.steps.iter().filter(|row| assigns(row));
    let rows: BTreeSet<&str> = rows.map(|row| row.id.as_str()).collect();
    let mut steps: BTreeMap<&str, Vec<&Step>> = BTreeMap::new();
    for step in inputs.new_runbook.steps().filter(|step| rows.contains(step.row)) {
        steps.entry(&step.about).or_default().push(step);
    }
    steps
}

/// The steps that do nothing but assign a certificate which is issued anew.
pub(super) fn assigned_again<'a>(inputs: &Inputs<'a>) -> BTreeSet<&'a str> {
    let assigning = assigning(inputs, StepRow::only_assigns_certificates);
    let groups = reissued(inputs).into_iter().map(|certificate| certificate.group.as_str());
    groups.flat_map(|group| assigning.get(group).into_iter().flatten()).map(|step| step.id.as_str()).collect()
}
