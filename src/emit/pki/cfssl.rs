//! `<certificate>-cfssl.json`: request and signing profile in one file, for `cfssl genkey` and for `cfssl gencert -config`. cfssl
//! reads of a file what it knows and ignores the rest, so the reasons are in it too.

use serde::Serialize;

use super::super::EmitContext;
use super::subject::parts;
use crate::catalog::{ExtendedUse, KeyUse};
use crate::plan::certificate::Certificate;

/// What the name of the file ends in, after that of the certificate.
pub(super) const ENDING: &str = "-cfssl.json";

/// The default validity of a certificate in cfssl. The authority decides.
const EXPIRY: &str = "8760h";

#[derive(Serialize)]
struct View<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'static str>,
    comment: Vec<&'a str>,
    #[serde(rename = "CN")]
    common_name: &'a str,
    hosts: Vec<&'a str>,
    key: Key,
    names: Vec<Names<'a>>,
    signing: Signing,
}

#[derive(Serialize)]
struct Key {
    algo: &'static str,
    size: u16,
}

#[derive(Serialize, Default, PartialEq)]
#[serde(rename_all = "UPPERCASE")]
struct Names<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    c: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    st: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    l: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    o: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ou: Option<&'a str>,
}

#[derive(Serialize)]
struct Signing {
    default: Profile,
}

#[derive(Serialize)]
struct Profile {
    expiry: &'static str,
    usages: Vec<&'static str>,
}

pub(super) fn emit(certificate: &Certificate, cx: &EmitContext<'_>) -> String {
    let file = super::file(certificate, ENDING);
    let comment = [
        format!("Certificate {} of {}: {}", certificate.slug, cx.organization, certificate.reason.purpose),
        certificate.reason.short(),
        "Made by ocstopo; change the topology, not this file. A key and a request for an authority:".to_owned(),
        format!("  cfssl genkey {file}"),
        "The same with the answer of an authority of your own, which says in `expiry` for how long:".to_owned(),
        format!("  cfssl gencert -ca ca.pem -ca-key ca-key.pem -config {file} {file}"),
    ];
    let uses = certificate.form.key_usage.iter().map(|usage| key_use(*usage));
    let view = View {
        note: cx.note(),
        comment: comment.iter().chain(&certificate.notes).map(String::as_str).collect(),
        common_name: certificate.common_name.as_str(),
        hosts: certificate.sans.iter().map(|name| name.as_str()).collect(),
        key: Key { algo: "rsa", size: certificate.form.key_length },
        names: Some(names(certificate)).filter(|names| *names != Names::default()).into_iter().collect(),
        signing: Signing {
            default: Profile {
                expiry: EXPIRY,
                usages: uses.chain(certificate.ekus.iter().map(|eku| extended_use(*eku))).collect(),
            },
        },
    };
    // Plain structs of strings always serialize.
    serde_json::to_string_pretty(&view).unwrap_or_default() + "\n"
}

fn names(certificate: &Certificate) -> Names<'_> {
    let parts = parts(certificate);
    let part = |name: &str| parts.iter().find(|(own, _)| *own == name).map(|(_, value)| *value);
    Names { c: part("C"), st: part("ST"), l: part("L"), o: part("O"), ou: part("OU") }
}

fn key_use(usage: KeyUse) -> &'static str {
    match usage {
        KeyUse::DigitalSignature => "digital signature",
        KeyUse::KeyEncipherment => "key encipherment",
    }
}

fn extended_use(eku: ExtendedUse) -> &'static str {
    match eku {
        ExtendedUse::ServerAuthentication => "server auth",
        ExtendedUse::ClientAuthentication => "client auth",
    }
}
