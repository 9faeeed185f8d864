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
    doc: "No server, pool, array or service of the topology wants a certificate with these names. It is found by its common name, and where that is \
          nobody's by its alternative names. Write what is missing into the topology, or have the certificate issued for the name that is there; \
          `ocstopo why \"cert NAME\"` shows who carries a name.",
    ..CERTIFICATES
};

/// It names another one first.
pub static COMMON_NAME: CodeRow = CodeRow {
    code: Code("OCS2002"),
    name: "certificate-common-name",
    doc: "The common name is not the one that is planned. The product and public providers of instant messaging compare the common name, whatever \
          the alternative names say, so the first name of the plan must be the common name of the subject.",
    ..CERTIFICATES
};

/// A name that clients require is missing on it.
pub static NAME_MISSING: CodeRow = CodeRow {
    code: Code("OCS2003"),
    name: "certificate-name-missing",
    doc: "A name that DNS or the product leads connections to is not on the certificate; whoever is led there breaks off. Where there are alternative \
          names, clients read only them, so the common name must be repeated there. Where a wildcard stands in its place, OCS2015 says so.",
    ..CERTIFICATES
};

/// A name that is not planned.
pub static NAME_EXTRA: CodeRow = CodeRow {
    code: Code("OCS2004"),
    name: "certificate-name-extra",
    severity: Severity::Warning,
    doc: "The certificate carries a name that the plan does not want there, or one name twice. Whoever holds the key can answer for every name on it: \
          have it issued without, or write into the topology what needs the name. `ignore = [\"OCS2004\"]` in `ocstopo.toml` accepts such names.",
    ..CERTIFICATES
};

/// Other parts of the subject differ.
pub static SUBJECT: CodeRow = CodeRow {
    code: Code("OCS2005"),
    name: "certificate-subject-differs",
    severity: Severity::Warning,
    doc: "A part of the subject beside the common name is not what `certificate_subject` states. In a request that is a warning, for an authority may \
          refuse it; in a certificate it is a note, for authorities write what they have verified, and nothing of the product reads it.",
    ..CERTIFICATES
};

/// It may not be used for what it is there for.
pub static EXTENDED_USE: CodeRow = CodeRow {
    code: Code("OCS2006"),
    name: "certificate-extended-use",
    doc: "The extended key usage lacks a use that the plan wants: server authentication to answer, client authentication to open connections to a \
          provider that asks for it. A use too many is a warning: it lets the key do what nobody needs. A request that does not say leaves it to the \
          authority; a certificate that does not say is a warning.",
    ..CERTIFICATES
};

/// The key may not do what TLS needs.
pub static KEY_USE: CodeRow = CodeRow {
    code: Code("OCS2007"),
    name: "certificate-key-use",
    doc: "The key usage is stated and lacks digital signature or key encipherment. TLS of the product's time exchanges keys by encipherment; without it \
          no session begins.",
    ..CERTIFICATES
};

/// A key that will not do.
pub static KEY: CodeRow = CodeRow {
    code: Code("OCS2008"),
    name: "certificate-key",
    doc: "The key is no RSA key, is shorter than the plan wants, or longer than the product supports. Make a new key with the request of the build: a \
          certificate cannot be issued anew for another key.",
    ..CERTIFICATES
};

/// Issued by another authority.
pub static ISSUER: CodeRow = CodeRow {
    code: Code("OCS2009"),
    name: "certificate-issuer",
    doc: "The certificate is issued by another kind of authority than the plan wants, or by itself. Outsiders trust public authorities only; servers \
          inside trust the authority of the topology. What is compared is the common name of the issuer with `config` of the topology's authorities, and \
          the template that only authorities of Windows write; the signature is not verified, `openssl verify` does that.",
    ..CERTIFICATES
};

/// Not valid on the day.
pub static DATE: CodeRow = CodeRow {
    code: Code("OCS2010"),
    name: "certificate-date",
    doc: "On the day that `--today` names the certificate is not valid yet or no longer. One that ends within 30 days is a warning: order the next \
          one. Without `--today` no date is looked at. Certificates of the chain are looked at too.",
    ..CERTIFICATES
};

/// A certificate that belongs to no chain.
pub static CHAIN: CodeRow = CodeRow {
    code: Code("OCS2011"),
    name: "certificate-chain",
    severity: Severity::Warning,
    doc: "A certificate of an authority stands in the file and is the issuer of no other certificate there. Servers that get this file cannot build the \
          chain with it. Names are compared, not signatures.",
    ..CERTIFICATES
};

/// Made from another template.
pub static TEMPLATE: CodeRow = CodeRow {
    code: Code("OCS2012"),
    name: "certificate-template",
    severity: Severity::Warning,
    doc: "The authority made the certificate from another template than the one that the plan names. A copy of it with other settings may do: then the \
          other findings are silent. Only templates of version 1 write their name.",
    ..CERTIFICATES
};

/// It could issue others.
pub static AUTHORITY: CodeRow = CodeRow {
    code: Code("OCS2013"),
    name: "certificate-of-authority",
    doc: "The certificate of a server says that it belongs to an authority (`CA:TRUE`), as `openssl req -x509` writes it. Whoever trusts it trusts \
          everything that this server's key signs. Have it issued by the authority.",
    ..CERTIFICATES
};

/// The names of several planned certificates.
pub static SHARED: CodeRow = CodeRow {
    code: Code("OCS2014"),
    name: "certificate-shared",
    doc: "The certificate carries names that the plan wants on other certificates. Roles on one computer share a certificate where the plan says so; \
          others must not: A/V authentication has one of its own, the Access Edge and the Web Conferencing Edge each need their own common name, and \
          the inner leg of an edge has another authority than the outer one. Where nothing forbids it, it is a warning: the common name is that of one \
          of them only, and the product compares it. `ocstopo catalog show separate_certificates` has the rows.",
    ..CERTIFICATES
};

/// A wildcard in place of names.
pub static WILDCARD: CodeRow = CodeRow {
    code: Code("OCS2015"),
    name: "certificate-wildcard",
    doc: "The certificate carries a wildcard such as `*.contoso.com`. Servers of the product compare whole names, so the names that it would stand for \
          are not on the certificate. Where it stands for none of them it is a warning: whoever holds the key can answer for every name of the domain. \
          For the listener of a reverse proxy it is a note. `ocstopo catalog show wildcards` has the rows.",
    ..CERTIFICATES
};
