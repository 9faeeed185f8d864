//! `certificates.csv`: all certificates as a table, for people, tickets and checks.

use super::super::{EmitContext, csv};
use super::subject;
use crate::plan::certificate::{Certificate, CertificatePlan};

const HEADER: [&str; 27] = [
    "certificate",
    "group",
    "use",
    "subject",
    "common name",
    "alternative names",
    "extended key usage",
    "extended key usage oids",
    "key length",
    "key usage",
    "request digest",
    "issuer",
    "issuer kind",
    "template",
    "key exportable",
    "store",
    "folder",
    "request made on",
    "installs on",
    "serves",
    "notes",
    "reason",
    "declared",
    "guide step",
    "catalogue row",
    "source",
    "confidence",
];

pub(super) fn emit(plan: &CertificatePlan, cx: &EmitContext<'_>) -> String {
    csv::write(cx.note(), &HEADER, plan.certificates.iter().map(row))
}

fn row(certificate: &Certificate) -> [String; HEADER.len()] {
    let reason = &certificate.reason;
    let issuer = certificate.issuer.as_ref();
    [
        certificate.slug.clone(),
        certificate.group.clone(),
        certificate.usage.clone(),
        subject::rfc4514(certificate),
        certificate.common_name.to_string(),
        list(&certificate.sans, ToString::to_string),
        list(&certificate.ekus, |eku| eku.word().to_owned()),
        list(&certificate.ekus, |eku| eku.oid().to_owned()),
        certificate.form.key_length.to_string(),
        list(&certificate.form.key_usage, |usage| usage.word().to_owned()),
        certificate.form.digest.word().to_owned(),
        issuer.map(|issuer| issuer.name.clone()).unwrap_or_default(),
        issuer.map(|issuer| issuer.kind.word().to_owned()).unwrap_or_default(),
        certificate.template.clone().unwrap_or_default(),
        if certificate.exportable { "yes" } else { "no" }.to_owned(),
        certificate.store.to_owned(),
        super::folder(certificate),
        certificate.installs.first().map(|install| install.path.clone()).unwrap_or_default(),
        list(&certificate.installs, |install| match &install.fqdn {
            Some(name) => format!("{} ({name})", install.path),
            None => install.path.clone(),
        }),
        list(&certificate.serves, |served| format!("{} {} {}", served.path, served.role.word(), served.side.word())),
        certificate.notes.join(" "),
        reason.purpose.clone(),
        list(&reason.declared, ToString::to_string),
        reason.step.to_string(),
        reason.row.clone(),
        reason.source.join("; "),
        reason.confidence.word().to_owned(),
    ]
}

fn list<T>(items: &[T], word: impl Fn(&T) -> String) -> String {
    items.iter().map(word).collect::<Vec<_>>().join("; ")
}
