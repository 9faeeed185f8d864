//! `<certificate>.cnf` for `openssl req -new -config`: asks nothing, holds no key. Its head says how the answer and the key become a
//! PFX that the Windows of the product's time reads: 3DES and SHA-1 throughout, for it knows nothing later.

use serde::Serialize;

use super::super::language::OPENSSL;
use super::super::{EmitContext, EmitError};
use super::subject::parts;
use crate::catalog::{ExtendedUse, KeyUse};
use crate::plan::certificate::Certificate;

/// What the name of the file ends in, after that of the certificate.
pub(super) const ENDING: &str = ".cnf";

#[derive(Serialize)]
struct View<'a> {
    note: Option<&'static str>,
    organization: &'a str,
    slug: &'a str,
    purpose: &'a str,
    reason: String,
    key_length: u16,
    digest: &'static str,
    subject: Vec<Part<'a>>,
    key_usage: String,
    ekus: String,
    sans: Vec<&'a str>,
    /// The computers that the PFX goes to, where they keep certificates in the store of Windows.
    windows: Option<Vec<&'a str>>,
}

#[derive(Serialize)]
struct Part<'a> {
    name: &'static str,
    value: &'a str,
}

pub(super) fn emit(certificate: &Certificate, cx: &EmitContext<'_>) -> Result<String, EmitError> {
    let installs = certificate.installs.iter().map(|install| install.path.as_str());
    let view = View {
        note: cx.note(),
        organization: cx.organization,
        slug: &certificate.slug,
        purpose: &certificate.reason.purpose,
        reason: certificate.reason.short(),
        key_length: certificate.form.key_length,
        digest: certificate.form.digest.word(),
        subject: parts(certificate).into_iter().map(|(name, value)| Part { name, value }).collect(),
        key_usage: certificate.form.key_usage.iter().map(|usage| key_use(*usage)).collect::<Vec<_>>().join(", "),
        ekus: certificate.ekus.iter().map(|eku| extended_use(*eku)).collect::<Vec<_>>().join(", "),
        windows: certificate.on_windows().then(|| installs.collect()),
        sans: certificate.sans.iter().map(|name| name.as_str()).collect(),
    };
    cx.templates.render(&OPENSSL, "request", &view)
}

fn key_use(usage: KeyUse) -> &'static str {
    match usage {
        KeyUse::DigitalSignature => "digitalSignature",
        KeyUse::KeyEncipherment => "keyEncipherment",
    }
}

fn extended_use(eku: ExtendedUse) -> &'static str {
    match eku {
        ExtendedUse::ServerAuthentication => "serverAuth",
        ExtendedUse::ClientAuthentication => "clientAuth",
    }
}
