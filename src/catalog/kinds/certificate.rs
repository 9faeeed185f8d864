//! Rows about certificates: which roles present one, with which names, from which authority, installed where.
//! Knows nothing of request files.

use serde::{Deserialize, Serialize};

use crate::catalog::check::Checks;
use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::{fact, fact_row};
use crate::catalog::kind::Kind;
use crate::catalog::{Conflict, Hole, Pattern, Provenance};
use crate::product::{Feature, GroupKind, IssuerKind, Product, Role, Side};

/// What a certificate may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExtendedUse {
    /// To answer connections.
    ServerAuthentication,
    /// To open connections.
    ClientAuthentication,
}

impl ExtendedUse {
    /// The word in tables.
    pub fn word(self) -> &'static str {
        match self {
            ExtendedUse::ServerAuthentication => "server_authentication",
            ExtendedUse::ClientAuthentication => "client_authentication",
        }
    }

    /// The object identifier.
    pub fn oid(self) -> &'static str {
        match self {
            ExtendedUse::ServerAuthentication => "1.3.6.1.5.5.7.3.1",
            ExtendedUse::ClientAuthentication => "1.3.6.1.5.5.7.3.2",
        }
    }
}

/// What the key may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyUse {
    /// Sign what both sides agree on.
    DigitalSignature,
    /// Encrypt the session's key.
    KeyEncipherment,
}

impl KeyUse {
    /// The word in tables.
    pub fn word(self) -> &'static str {
        match self {
            KeyUse::DigitalSignature => "digital_signature",
            KeyUse::KeyEncipherment => "key_encipherment",
        }
    }

    /// The bit in the first byte of the extension, as certreq writes it.
    pub fn bit(self) -> u8 {
        match self {
            KeyUse::DigitalSignature => 0x80,
            KeyUse::KeyEncipherment => 0x20,
        }
    }
}

/// How the requester signs the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Digest {
    /// SHA-1.
    Sha1,
    /// SHA-256.
    Sha256,
}

impl Digest {
    /// `sha1` or `sha256`.
    pub fn word(self) -> &'static str {
        match self {
            Digest::Sha1 => "sha1",
            Digest::Sha256 => "sha256",
        }
    }
}

/// Whether the private key may leave the computer that made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exportable {
    /// It stays.
    Never,
    /// It may, when the same certificate is installed on several computers.
    Array,
}

/// What one certificate covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// All computers of the group that have the role.
    Group,
    /// One computer.
    Server,
}

/// How LcsCmd requests and installs the certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum LcsCmd {
    /// Without a component: a server inside.
    Server,
    /// The external interface of the Access Edge.
    Ap,
    /// The external interface of the Web Conferencing Edge.
    Dp,
    /// A/V authentication.
    Mr,
    /// The internal interface of an edge server.
    Internal,
}

impl LcsCmd {
    /// The value of `/Components:`.
    pub fn component(self) -> Option<&'static str> {
        match self {
            LcsCmd::Server => None,
            LcsCmd::Ap => Some("AP"),
            LcsCmd::Dp => Some("DP"),
            LcsCmd::Mr => Some("MR"),
            LcsCmd::Internal => Some("INTERNAL"),
        }
    }
}

/// One more name of a certificate.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SanRule {
    /// The name.
    pub name: Pattern,
    /// Only where clients of the group sign in by DNS.
    #[serde(default)]
    pub sign_in: bool,
    /// Only where the computers of the certificate play this role too; `{fqdn}` is then the name of that role.
    #[serde(default)]
    pub serving: Option<Role>,
    /// Only with these features, as in a flow row.
    #[serde(default)]
    pub when: Vec<Vec<Feature>>,
}

/// An endpoint in the catalogue's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Serves {
    /// The role.
    pub role: Role,
    /// The side.
    pub side: Side,
}

/// One kind of certificate.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateRow {
    /// Stable name, such as `C01`.
    pub id: String,
    /// The last part of its folder's name, unique among the certificates of a group.
    #[serde(rename = "use")]
    pub usage: String,
    /// The groups that need it.
    pub kinds: Vec<GroupKind>,
    /// The role whose computers get it.
    pub role: Role,
    /// The side of that role.
    pub side: Side,
    /// Computers that play one of these roles too are left out: another row gives them theirs.
    #[serde(default)]
    pub apart_from: Vec<Role>,
    /// Only where the telephone gateway speaks TLS.
    #[serde(default)]
    pub gateway_tls: bool,
    /// One for all computers, or one for each.
    pub scope: Scope,
    /// The common name; a pattern that gives several names gives the first, and the others become alternative names.
    pub subject: Pattern,
    /// Alternative names, in order. Where there are any, the common name is the first of them.
    #[serde(default)]
    pub san: Vec<SanRule>,
    /// What it may be used for.
    pub eku: Vec<ExtendedUse>,
    /// Public providers that it must open connections to as a client.
    #[serde(default)]
    pub client_eku_for: Vec<String>,
    /// Its kind of issuer.
    pub issuer: IssuerKind,
    /// The features that require this kind of authority; absent where any trusted authority is enough.
    #[serde(default)]
    pub issuer_strict: Option<Vec<Vec<Feature>>>,
    /// Whether the key may be copied.
    pub exportable: Exportable,
    /// The template of an Enterprise CA.
    #[serde(default)]
    pub template: Option<String>,
    /// Where it is kept, if not in the store that the form names.
    #[serde(default)]
    pub store: Option<String>,
    /// How LcsCmd deals with it; absent where another tool installs it.
    #[serde(default)]
    pub lcscmd: Option<LcsCmd>,
    /// The endpoints that present it, as far as its computers play them.
    pub serves: Vec<Serves>,
    /// Needed when all features of one inner list are on; an empty outer list means always.
    #[serde(default)]
    pub when: Vec<Vec<Feature>>,
    /// What it is for, for people.
    pub purpose: String,
    /// Notes for the installation.
    #[serde(default)]
    pub notes: Vec<String>,
    /// The same, where several computers share the certificate and its key.
    #[serde(default)]
    pub array_notes: Vec<String>,
    /// Where sources differ.
    #[serde(default)]
    pub conflict: Option<Conflict>,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

/// What all requests of a release have in common.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateForm {
    /// `form`: there is one row.
    pub id: String,
    /// Bits of the RSA key.
    pub key_length: u16,
    /// How the request is signed.
    pub digest: Digest,
    /// What the key may do.
    pub key_usage: Vec<KeyUse>,
    /// The cryptographic provider of Windows.
    pub provider: String,
    /// Its type.
    pub provider_type: u16,
    /// The store of Windows that certificates and keys are kept in.
    pub store: String,
    /// The longest key that the product supports, in bits.
    pub longest_key: u16,
    /// The longest common name, organization and unit (X.520 upper bounds).
    pub longest_common_name: usize,
    /// The longest locality and state.
    pub longest_locality: usize,
    /// Where sources differ.
    pub conflicts: Vec<Conflict>,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

/// What all requests of a release have in common.
pub fn certificate_form(product: Product) -> Option<&'static CertificateForm> {
    fact(product, "form")
}

fact_row!(CertificateRow, "certificates.toml", |row, checks| check(checks, row), conflict: conflict, keeps_order: true);

fact_row!(CertificateForm, "certificate_form.toml", |row, checks| {
    checks.text(&row.id, "provider", &row.provider);
    checks.text(&row.id, "store", &row.store);
}, conflict: conflicts);

fn check(checks: &mut Checks<'_>, row: &CertificateRow) {
    checks.text(&row.id, "purpose", &row.purpose);
    if let Some(store) = &row.store {
        checks.text(&row.id, "store", store);
    }
    for note in row.notes.iter().chain(&row.array_notes) {
        checks.text(&row.id, "notes", note);
    }
    let mut refuse = |problem: &str| checks.refuse(&row.id, problem);
    if row.kinds.is_empty() || row.serves.is_empty() || row.eku.is_empty() {
        refuse("kinds, serves and eku must name at least one each");
    }
    if row.usage.is_empty() || !row.usage.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') {
        refuse("its use names a folder: lower-case letters and hyphens");
    }
    if row.subject.hole == Hole::SipDomain {
        refuse("its subject is a computer's or a service's name, not a SIP domain");
    }
    if row.subject.hole == Hole::ServerFqdn && row.scope == Scope::Group {
        refuse("one certificate for all computers cannot have the name of each as its subject");
    }
    if row.issuer == IssuerKind::Standalone {
        refuse("a certificate of the organization's own authority has the issuer `enterprise`; a standalone one serves too");
    }
    if row.issuer == IssuerKind::Public && row.template.is_some() {
        refuse("a public authority has no templates");
    }
}

const COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("for", &["kinds"]),
    column("role", &["role", "side"]),
    column("use", &["use"]),
    column("subject", &["subject"]),
    column("alternative names", &["san"]),
    column("issuer", &["issuer"]),
    column("may be used for", &["eku"]),
    column("key may be copied", &["exportable"]),
    column("purpose", &["purpose"]),
    column("when", &["when"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const CERTIFICATES: Kind = Kind::of::<CertificateRow>(
    "certificates",
    "Certificates",
    "Which computers get which certificate, with which names, from which authority.",
    COLUMNS,
);

const FORM_COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("key length", &["key_length"]),
    column("digest", &["digest"]),
    column("key usage", &["key_usage"]),
    column("provider", &["provider", "provider_type"]),
    column("store", &["store"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const FORM: Kind = Kind::of::<CertificateForm>(
    "certificate_form",
    "Form of certificate requests",
    "What all requests have in common.",
    FORM_COLUMNS,
);

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::catalog::catalog;
    use crate::catalog::fact::facts;
    use crate::catalog::fact_file::read;

    #[test]
    fn no_group_has_two_certificates_of_one_use() {
        for product in Product::ALL {
            let mut folders = BTreeSet::new();
            for row in facts::<CertificateRow>(product) {
                for kind in &row.kinds {
                    assert!(folders.insert((*kind, &row.usage)), "another row has the use `{}` for `{}`", row.usage, kind.word());
                }
            }
        }
    }

    #[test]
    fn all_edge_certificates_of_one_computer_have_their_own_component() {
        let rows = facts::<CertificateRow>(Product::Ocs2007);
        for usage in ["access-edge", "web-conferencing-edge", "av-authentication"] {
            let row = rows.iter().find(|row| row.usage == usage).expect("a row");
            assert!(row.lcscmd.is_some_and(|lcscmd| lcscmd.component().is_some()), "{usage}");
        }
    }

    #[test]
    fn bad_rows_are_refused() {
        let good = include_str!("../ocs_2007/certificates.toml");
        let sources = catalog(Product::Ocs2007).sources();
        let faults = |from: &str, to: &str| {
            assert!(good.contains(from), "{from}");
            let text = good.replacen(from, to, 1);
            let errors = read::<CertificateRow>(&text, Some(sources)).err().unwrap_or_default();
            errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
        };
        assert!(faults("id = \"C02\"", "id = \"C01\"").contains("row `C01`: appears twice"));
        assert!(faults("scope = \"group\"", "scope = \"group\"\nscoop = 1").contains("unknown field `scoop`"));
        assert!(
            faults("subject = \"{fqdn}\"", "subject = \"{fqnd}\"").contains("`{fqnd}` is no placeholder; there are `{fqdn}`")
        );
        assert!(faults("subject = \"{fqdn}\"", "subject = \"{server_fqdn}\"").contains("cannot have the name of each"));
        assert!(faults("use = \"pool\"", "use = \"../pool\"").contains("names a folder"));
        assert!(faults("role = \"front_end\"", "role = \"frontend\"").contains("unknown variant `frontend`"));
    }
}
