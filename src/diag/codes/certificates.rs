//! Codes of `cert check`, about the files of certificates and requests: `OCS20..`, which is no step of the guide. A wrong plan is
//! a finding of a rule; a file that does not match the plan is one of these.

use super::{CERTIFICATES, CodeRow};
use crate::diag::{Code, Severity};

/// The rows, by number.
pub static CODES: &[&CodeRow] = &[
    &FOR_NOTHING,
    &COMMON_NAME,
    &NAME_MISSING,
    &NAME_EXTRA,
    &SUBJECT,
    &EXTENDED_USE,
    &KEY_USE,
    &KEY,
    &ISSUER,
    &DATE,
    &CHAIN,
    &TEMPLATE,
    &AUTHORITY,
    &SHARED,
    &WILDCARD,
];

/// No declaration of the topology needs it.
pub static FOR_NOTHING: CodeRow = CodeRow {
    code: Code("OCS2001"),
    name: "certificate-for-nothing",
    doc: "No server, pool, array or service of the topology needs a certificate with these names. The planned certificate is found by its common name, or by its alternative names if the common name is unknown. Add what is missing to the topology, or have the certificate issued for the existing name; \
          `ocstopo why \"cert NAME\"` shows which certificates have a name.",
    ..CERTIFICATES
};

/// It names another one first.
pub static COMMON_NAME: CodeRow = CodeRow {
    code: Code("OCS2002"),
    name: "certificate-common-name",
    doc: "The common name is not the planned one. The product and public providers of instant messaging compare the common name and ignore the alternative names, so the first name of the plan must be the common name of the subject.",
    ..CERTIFICATES
};

/// A name that clients require is missing on it.
pub static NAME_MISSING: CodeRow = CodeRow {
    code: Code("OCS2003"),
    name: "certificate-name-missing",
    doc: "The certificate lacks a name that clients or servers connect to; they refuse the connection. When a certificate has alternative names, clients read only these, so the common name must be repeated there. A wildcard in place of the name is reported as OCS2015.",
    ..CERTIFICATES
};

/// A name that is not planned.
pub static NAME_EXTRA: CodeRow = CodeRow {
    code: Code("OCS2004"),
    name: "certificate-name-extra",
    severity: Severity::Warning,
    doc: "The certificate has a name that is not planned for it, or one name twice. The owner of the key can impersonate every name on it: have it issued without the name, or add the user of the name to the topology. `ignore = [\"OCS2004\"]` in `ocstopo.toml` accepts such names.",
    ..CERTIFICATES
};

/// Other parts of the subject differ.
pub static SUBJECT: CodeRow = CodeRow {
    code: Code("OCS2005"),
    name: "certificate-subject-differs",
    severity: Severity::Warning,
    doc: "A part of the subject other than the common name differs from `certificate_subject`. In a request this is a warning, because an authority may refuse it; in a certificate it is a note, because authorities write what they have verified, and the product does not read it.",
    ..CERTIFICATES
};

/// It may not be used for what it is there for.
pub static EXTENDED_USE: CodeRow = CodeRow {
    code: Code("OCS2006"),
    name: "certificate-extended-use",
    doc: "The extended key usage lacks a planned use: server authentication for incoming connections, or client authentication for connections to a provider that requires it. An additional use is a warning, because it is not needed. A request without the extension leaves the choice to the authority; a certificate without it is a warning.",
    ..CERTIFICATES
};

/// The key may not do what TLS needs.
pub static KEY_USE: CodeRow = CodeRow {
    code: Code("OCS2007"),
    name: "certificate-key-use",
    doc: "The key usage lacks digital signature or key encipherment. The TLS versions of the product exchange keys by encipherment; without it no session can be established.",
    ..CERTIFICATES
};

/// A key that will not do.
pub static KEY: CodeRow = CodeRow {
    code: Code("OCS2008"),
    name: "certificate-key",
    doc: "The key is not an RSA key, is shorter than planned, or is longer than the product supports. Create a new key with the request of the build: a certificate cannot be reissued for another key.",
    ..CERTIFICATES
};

/// Issued by another authority.
pub static ISSUER: CodeRow = CodeRow {
    code: Code("OCS2009"),
    name: "certificate-issuer",
    doc: "The certificate is self-signed, or its issuer is not the planned kind of authority. Outsiders trust public authorities only; internal servers trust the authority of the topology. The check compares the common name of the issuer with `config` of the topology's authorities, and looks for the template that only Windows authorities write. It does not verify the signature; `openssl verify` does that.",
    ..CERTIFICATES
};

/// Not valid on the day.
pub static DATE: CodeRow = CodeRow {
    code: Code("OCS2010"),
    name: "certificate-date",
    doc: "The certificate is not valid on the day of `--today`: not yet, or no longer. A certificate that expires within 30 days is a warning: order the next one. Without `--today` dates are not checked. Certificates of the chain are checked too.",
    ..CERTIFICATES
};

/// A certificate that belongs to no chain.
pub static CHAIN: CodeRow = CodeRow {
    code: Code("OCS2011"),
    name: "certificate-chain",
    severity: Severity::Warning,
    doc: "The file has a certificate of an authority that did not issue any other certificate in the file. Servers cannot build the chain with this file. The check compares names, not signatures.",
    ..CERTIFICATES
};

/// Made from another template.
pub static TEMPLATE: CodeRow = CodeRow {
    code: Code("OCS2012"),
    name: "certificate-template",
    severity: Severity::Warning,
    doc: "The certificate was issued from another template than the planned one. A copy of the planned template with other settings may be sufficient; then there are no other findings. Only templates of version 1 write their name into the certificate.",
    ..CERTIFICATES
};

/// It could issue others.
pub static AUTHORITY: CodeRow = CodeRow {
    code: Code("OCS2013"),
    name: "certificate-of-authority",
    doc: "The certificate of a server says that it belongs to an authority (`CA:TRUE`), as `openssl req -x509` writes it. A computer that trusts it trusts every certificate that this server's key signs. Have it issued by the authority.",
    ..CERTIFICATES
};

/// The names of several planned certificates.
pub static SHARED: CodeRow = CodeRow {
    code: Code("OCS2014"),
    name: "certificate-shared",
    doc: "The certificate has names that are planned on other certificates. Roles on one computer share a certificate where the plan says so; others must not: A/V authentication has its own, the Access Edge and the Web Conferencing Edge each need their own common name, and the inner leg of an edge has another authority than the outer one. Where sharing is not forbidden, it is a warning: the common name can belong to only one of them, and the product compares it. `ocstopo catalog show separate_certificates` has the rows.",
    ..CERTIFICATES
};

/// A wildcard in place of names.
pub static WILDCARD: CodeRow = CodeRow {
    code: Code("OCS2015"),
    name: "certificate-wildcard",
    doc: "The certificate has a wildcard such as `*.contoso.com`. Servers of the product compare whole names, so the wildcard matches none of the planned names. A wildcard that replaces no planned name is a warning: the owner of the key can impersonate every name of the domain. \
          For the listener of a reverse proxy it is a note. `ocstopo catalog show wildcards` has the rows.",
    ..CERTIFICATES
};
