//! `request.inf` for `certreq -new` of Windows Server 2003.

use serde::Serialize;

use super::super::{BYTE_ORDER_MARK, EmitContext, EmitError, Language};
use super::subject;
use crate::plan::certificate::Certificate;

#[derive(Serialize)]
struct View<'a> {
    note: Option<&'static str>,
    organization: &'a str,
    slug: &'a str,
    purpose: &'a str,
    reason: String,
    first: &'a str,
    remarks: Vec<&'a str>,
    subject: String,
    key_length: u16,
    exportable: &'static str,
    provider: &'a str,
    provider_type: u16,
    key_usage: String,
    oids: Vec<&'static str>,
    template: Option<&'a str>,
    sans: Option<String>,
}

pub(super) fn emit(certificate: &Certificate, cx: &EmitContext<'_>) -> Result<String, EmitError> {
    let subject = subject::certreq(certificate);
    let names: Vec<String> = certificate.sans.iter().map(|name| format!("dns={name}")).collect();
    let sans = (!names.is_empty()).then(|| names.join("&"));
    let mut remarks: Vec<&str> = certificate.notes.iter().map(String::as_str).collect();
    if sans.is_some() {
        remarks.push("A Windows authority takes the alternative names from here only with EDITF_ATTRIBUTESUBJECTALTNAME2 set.");
    }
    if !subject.is_ascii() {
        remarks.push("The subject holds letters outside ASCII: this file is UTF-16 (Unicode, as Windows calls it). Keep it so for certreq.");
    }
    let usage = certificate.key_usage.iter().fold(0, |bits, usage| bits | usage.bit());
    let view = View {
        note: cx.note(),
        organization: cx.organization,
        slug: &certificate.slug,
        purpose: &certificate.reason.purpose,
        reason: certificate.reason.short(),
        first: certificate.installs.first().map_or(certificate.group.as_str(), |install| install.path.as_str()),
        remarks,
        subject,
        key_length: certificate.key_length,
        exportable: if certificate.exportable { "TRUE" } else { "FALSE" },
        provider: &certificate.provider,
        provider_type: certificate.provider_type,
        key_usage: format!("{usage:#x}"),
        oids: certificate.ekus.iter().map(|eku| eku.oid()).collect(),
        template: certificate.template.as_deref(),
        sans,
    };
    let content = cx.templates.render(Language::CertreqInf, "request", &view)?;
    // certreq reads a file without a byte order mark in the code page of the machine.
    Ok(if content.is_ascii() { content } else { format!("{BYTE_ORDER_MARK}{content}") })
}
