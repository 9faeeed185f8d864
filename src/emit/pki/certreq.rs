//! `<certificate>-2003.inf` and `<certificate>-2008.inf` for `certreq -new`. The two differ in how they say alternative names:
//! certreq of Windows Server 2003 hands them to the authority beside the request, later ones write them into the request.

use serde::Serialize;

use super::super::language::CERTREQ;
use super::super::{BYTE_ORDER_MARK, EmitContext, EmitError};
use super::subject;
use crate::plan::certificate::{Certificate, IssuerKind};

/// The form of a file, by the certreq that reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Windows Server 2003: names are attributes beside the request.
    Attributes,
    /// Windows Server 2008 and later: names are an extension in the request.
    Extension,
}

impl Form {
    /// All forms.
    pub(super) const ALL: [Form; 2] = [Form::Attributes, Form::Extension];

    /// What the name of the file ends in, after that of the certificate.
    pub(super) fn ending(self) -> &'static str {
        match self {
            Form::Attributes => "-2003.inf",
            Form::Extension => "-2008.inf",
        }
    }

    fn windows(self) -> &'static str {
        match self {
            Form::Attributes => "Windows Server 2003",
            Form::Extension => "Windows Server 2008 and later",
        }
    }

    /// Notes about the names for the operator of certreq.
    fn remarks(self, certificate: &Certificate) -> Vec<String> {
        let issued_by = |kind| certificate.issuer.as_ref().is_some_and(|issuer| issuer.kind == kind);
        let slug = &certificate.slug;
        let lines: Vec<&str> = match (self, certificate.sans.is_empty()) {
            (_, true) => vec!["It has no alternative names, so this file and that of the other Windows ask for the same."],
            (Form::Attributes, false) if issued_by(IssuerKind::Public) => {
                vec!["The alternative names travel beside the request: a public authority takes them from its order form only."]
            }
            (Form::Attributes, false) if issued_by(IssuerKind::Standalone) => vec![
                "The alternative names are sent as an attribute outside the request. A Windows authority accepts them only if EDITF_ATTRIBUTESUBJECTALTNAME2 is set.",
                "RISK: with that flag set, everyone who may request there gets a certificate with any name, unless each request is reviewed before it is issued.",
                "Two other requests contain the names themselves and need no flag: SLUG.cnf for openssl, and on a later Windows SLUG-2008.inf.",
                "Submit either: each request waits until an administrator of the authority issues it.",
            ],
            (Form::Attributes, false) => vec![
                "The alternative names are sent as an attribute outside the request. A Windows authority accepts them only if EDITF_ATTRIBUTESUBJECTALTNAME2 is set.",
                "RISK: with that flag set, every account that may enrol there can get a certificate with any name, including the name of an administrator.",
                "Do not set it on an authority that issues for logon. Two other requests contain the names themselves and need no flag:",
                "SLUG.cnf for openssl, and on a later Windows SLUG-2008.inf. Submit either to a template that takes names from the request",
                "and waits for the approval of a manager.",
            ],
            (Form::Extension, false) => {
                vec![
                    "The alternative names are in the request itself: no flag of the authority is needed. Windows Server 2003 cannot read this form.",
                ]
            }
        };
        lines.into_iter().map(|line| line.replace("SLUG", slug)).collect()
    }
}

#[derive(Serialize)]
struct View<'a> {
    note: Option<&'static str>,
    file: String,
    windows: &'static str,
    organization: &'a str,
    slug: &'a str,
    purpose: &'a str,
    reason: String,
    first: &'a str,
    remarks: Vec<String>,
    subject: String,
    key_length: u16,
    exportable: &'static str,
    provider: &'a str,
    provider_type: u16,
    key_usage: String,
    oids: Vec<&'static str>,
    template: Option<&'a str>,
    /// All names as one attribute.
    sans: Option<String>,
    /// Each name as a piece of the extension's text.
    extension: Vec<String>,
}

pub(super) fn emit(certificate: &Certificate, form: Form, cx: &EmitContext<'_>) -> Result<String, EmitError> {
    let subject = subject::certreq(certificate);
    let names: Vec<String> = certificate.sans.iter().map(|name| format!("dns={name}")).collect();
    let (sans, extension) = match form {
        Form::Attributes => ((!names.is_empty()).then(|| names.join("&")), Vec::new()),
        Form::Extension => (None, names.into_iter().map(|name| name + "&").collect()),
    };
    let mut remarks: Vec<String> = certificate.notes.iter().cloned().chain(form.remarks(certificate)).collect();
    if !subject.is_ascii() {
        remarks.push(
            "The subject has letters outside ASCII: this file is UTF-16 (Unicode, as Windows calls it). Keep it so for certreq."
                .to_owned(),
        );
    }
    let usage = certificate.form.key_usage.iter().fold(0, |bits, usage| bits | usage.bit());
    let view = View {
        note: cx.note(),
        file: super::file(certificate, form.ending()),
        windows: form.windows(),
        organization: cx.organization,
        slug: &certificate.slug,
        purpose: &certificate.reason.purpose,
        reason: certificate.reason.short(),
        first: certificate.installs.first().map_or(certificate.group.as_str(), |install| install.path.as_str()),
        remarks,
        subject,
        key_length: certificate.form.key_length,
        exportable: if certificate.exportable { "TRUE" } else { "FALSE" },
        provider: &certificate.form.provider,
        provider_type: certificate.form.provider_type,
        key_usage: format!("{usage:#x}"),
        oids: certificate.ekus.iter().map(|eku| eku.oid()).collect(),
        template: certificate.template.as_deref(),
        sans,
        extension,
    };
    let content = cx.templates.render(&CERTREQ, "request", &view)?;
    // certreq reads a file without a byte order mark in the code page of the machine.
    Ok(if content.is_ascii() { content } else { format!("{BYTE_ORDER_MARK}{content}") })
}
