//! The plan of certificates to files: for each certificate a request for each tool that makes one, all as a table, and the scripts that
//! make all requests of a computer.
//! No private key is created or read here: the files are for the tools that hold keys.

mod calendar;
mod certificates_csv;
mod certreq;
mod cfssl;
mod lcscmd;
mod openssl;
mod renewal_csv;
mod renewal_ics;
mod requests;
mod subject;

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::{Artifact, EmitContext, EmitError, Team};
use crate::artifact::windows_lines;
use crate::catalog::step::System;
use crate::plan::certificate::{Certificate, CertificatePlan};
use crate::plan::renewal::RenewalPlan;
use crate::plan::runbook::FileForm;

/// The table of all certificates.
pub const TABLE: &str = "pki/certificates.csv";

/// All files of the PKI team; none when there are no certificates.
pub fn emit(plan: &CertificatePlan, cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    // A few small files for each of thousands of certificates, independent of each other.
    let requests: Vec<Vec<Artifact>> =
        plan.certificates.par_iter().map(|certificate| requests(certificate, cx)).collect::<Result<_, _>>()?;
    let mut artifacts: Vec<Artifact> = requests.into_iter().flatten().collect();
    if !artifacts.is_empty() {
        let made_from = made_from(&plan.certificates);
        let mut whole = |path: &str, content| {
            artifacts.push(Artifact { path: path.to_owned(), team: Team::Pki, made_from: made_from.clone(), content })
        };
        whole(TABLE, certificates_csv::emit(plan, cx));
        let servers = requests::servers(plan);
        if let Some(first) = servers.first() {
            whole("pki/requests.cmd", windows_lines(&requests::batch(first, cx)?));
            whole("pki/requests.txt", windows_lines(&requests::table(&servers, cx)));
        }
        whole("pki/requests.sh", requests::shell(cx)?);
    }
    Ok(artifacts)
}

/// The table and the calendar of the days on which certificates end.
pub fn emit_renewals(plan: &RenewalPlan<'_>, cx: &EmitContext<'_>) -> Vec<Artifact> {
    let made_from = made_from(plan.renewals.iter().map(|renewal| renewal.certificate));
    let artifact =
        |path: &str, content| Artifact { path: path.to_owned(), team: Team::Pki, made_from: made_from.clone(), content };
    let mut artifacts = vec![artifact("pki/renewal.csv", renewal_csv::emit(plan, cx))];
    // A calendar without an entry is refused by some readers, and no use to others.
    if plan.renewals.iter().any(|renewal| renewal.term.ends().is_some()) {
        artifacts.push(artifact("pki/renewal.ics", renewal_ics::emit(plan, cx)));
    }
    artifacts
}

fn requests(certificate: &Certificate, cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    let mut artifacts = vec![
        artifact(certificate, openssl::ENDING, openssl::emit(certificate, cx)?),
        artifact(certificate, cfssl::ENDING, cfssl::emit(certificate, cx)),
    ];
    for form in certreq::Form::ALL {
        artifacts.push(artifact(certificate, form.ending(), windows_lines(&certreq::emit(certificate, form, cx)?)));
    }
    artifacts.extend(lcscmd::emit(certificate, cx).map(|text| artifact(certificate, lcscmd::ENDING, windows_lines(&text))));
    Ok(artifacts)
}

/// The path of the request of a certificate for certreq of an operating system.
pub fn request_of(certificate: &Certificate, system: System) -> String {
    let form = match system {
        System::Windows2003 => certreq::Form::Attributes,
        System::Windows2008 => certreq::Form::Extension,
    };
    path(certificate, form.ending())
}

/// The request of a certificate for other tools than certreq.
pub fn forms(certificate: &Certificate) -> Vec<FileForm> {
    let lcscmd =
        certificate.lcscmd.map(|_| ("-lcscmd.cmd", "LCSCmd.exe, on the server itself once the files of the product are on it"));
    let all = lcscmd.into_iter().chain([(".cnf", "openssl"), ("-cfssl.json", "cfssl")]);
    all.map(|(ending, reader)| FileForm { path: path(certificate, ending), reader }).collect()
}

/// Files say whose request they are, for they are copied out of their folders.
fn file(certificate: &Certificate, ending: &str) -> String {
    format!("{}{ending}", certificate.slug)
}

fn path(certificate: &Certificate, ending: &str) -> String {
    folder(certificate) + &file(certificate, ending)
}

/// Where all of a certificate is.
fn folder(certificate: &Certificate) -> String {
    format!("pki/{}/", certificate.slug)
}

fn artifact(certificate: &Certificate, ending: &str, content: String) -> Artifact {
    let made_from = made_from([certificate]);
    Artifact { path: path(certificate, ending), team: Team::Pki, made_from, content }
}

fn made_from<'c>(certificates: impl IntoIterator<Item = &'c Certificate>) -> Vec<String> {
    let paths = certificates.into_iter().flat_map(|certificate| {
        let declared = certificate.reason.declared.iter().map(|declared| &declared.path);
        declared.chain(certificate.installs.iter().map(|install| &install.path))
    });
    paths.collect::<BTreeSet<_>>().into_iter().cloned().collect()
}
