//! Rows about certificates: which roles present one, with which names, from which authority, installed where.
//! The rows are `certificates.toml` of a release. Knows the model's words; nothing of any topology or of request files.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::check::{CatalogError, Checks, parse};
use super::files::{self, PerProduct};
use super::raw::{Conditions, resolve};
use super::{Conflict, Hole, LeftOut, Pattern, Provenance, Source};
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

/// How LcsCmd asks for and installs the certificate.
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
    /// Alternative names, in order. Where there are any, the common name stands before them.
    #[serde(default)]
    pub san: Vec<SanRule>,
    /// What it may be used for.
    pub eku: Vec<ExtendedUse>,
    /// Public providers that it must open connections to as a client.
    #[serde(default)]
    pub client_eku_for: Vec<String>,
    /// Who issues it.
    pub issuer: IssuerKind,
    /// The features for which no other kind of authority will do; absent where any authority that is trusted does.
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
    /// The name of a shared condition in place of `when`; the loader takes it away.
    #[serde(default, skip_serializing)]
    pub(super) condition: Option<String>,
    /// What it is for, for people.
    pub purpose: String,
    /// What whoever installs it must know.
    #[serde(default)]
    pub notes: Vec<String>,
    /// The same, where several computers share the certificate and its key.
    #[serde(default)]
    pub array_notes: Vec<String>,
    /// Where sources differ.
    #[serde(default)]
    pub conflict: Option<Conflict>,
    /// Step, source, confidence.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// What all requests of a release have in common.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateForm {
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
    #[serde(flatten)]
    pub provenance: Provenance,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CertificateFile {
    form: CertificateForm,
    #[serde(rename = "certificate")]
    certificates: Vec<CertificateRow>,
    #[serde(default)]
    left_out: Vec<LeftOut>,
}

/// Certificates that one may look for in vain, because there are none.
pub(super) fn left_out_certificates(product: Product) -> &'static [LeftOut] {
    file(product).map_or(&[], |file| file.left_out.as_slice())
}

/// The certificate rows of a release; `None` for a release without a catalogue.
pub fn certificate_rows(product: Product) -> Option<&'static [CertificateRow]> {
    file(product).map(|file| file.certificates.as_slice())
}

/// What all requests of a release have in common.
pub fn certificate_form(product: Product) -> Option<&'static CertificateForm> {
    file(product).map(|file| &file.form)
}

fn file(product: Product) -> Option<&'static CertificateFile> {
    static READ: PerProduct<CertificateFile> = PerProduct::new();
    READ.get(product, || read(files::file(product, "certificates.toml")?, None, &files::conditions(product).ok()?).ok())
}

fn read(
    text: &str,
    sources: Option<&BTreeMap<String, Source>>,
    conditions: &Conditions,
) -> Result<CertificateFile, Vec<CatalogError>> {
    let mut file: CertificateFile = parse("certificates.toml", text).map_err(|error| vec![error])?;
    let mut errors = Vec::new();
    let mut checks = Checks::new("certificates.toml", sources, &mut errors);
    checks.provenance("form", &file.form.provenance);
    for conflict in &file.form.conflicts {
        checks.conflict("form", Some(conflict));
    }
    checks.unique(file.certificates.iter().map(|row| row.id.as_str()));
    let mut folders = BTreeSet::new();
    for row in &mut file.certificates {
        let (when, problem) = resolve(&mut row.when, row.condition.take().as_deref(), conditions);
        checks.refuse_if(&row.id, problem);
        row.when = when;
        for kind in &row.kinds {
            if !folders.insert((*kind, &row.usage)) {
                checks.refuse(&row.id, format!("another row has the use `{}` for `{}`", row.usage, kind.word()));
            }
        }
        check(&mut checks, row);
    }
    checks.left_out(&file.left_out);
    if errors.is_empty() { Ok(file) } else { Err(errors) }
}

fn check(checks: &mut Checks<'_>, row: &CertificateRow) {
    checks.id(&row.id);
    checks.provenance(&row.id, &row.provenance);
    checks.conflict(&row.id, row.conflict.as_ref());
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
        refuse("one certificate for all computers cannot bear the name of each as its subject");
    }
    if row.issuer == IssuerKind::Public && row.template.is_some() {
        refuse("a public authority has no templates");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources() -> BTreeMap<String, Source> {
        files::sources(Product::Ocs2007).expect("readable sources")
    }

    #[test]
    fn shipped_rows_are_sound() {
        for product in Product::ALL {
            let text = files::file(product, "certificates.toml").expect("a file");
            let sources = files::sources(product).expect("readable sources");
            let conditions = files::conditions(product).expect("readable conditions");
            assert_eq!(read(text, Some(&sources), &conditions).err().unwrap_or_default(), []);
            assert!(certificate_rows(product).is_some_and(|rows| rows.len() > 12));
        }
    }

    #[test]
    fn all_edge_certificates_of_one_computer_have_their_own_component() {
        let rows = certificate_rows(Product::Ocs2007).expect("a catalogue");
        for usage in ["access-edge", "web-conferencing-edge", "av-authentication"] {
            let row = rows.iter().find(|row| row.usage == usage).expect("a row");
            assert!(row.lcscmd.is_some_and(|lcscmd| lcscmd.component().is_some()), "{usage}");
        }
    }

    #[test]
    fn bad_rows_are_refused() {
        let good = include_str!("ocs_2007/certificates.toml");
        let sources = sources();
        let faults = |from: &str, to: &str| {
            assert!(good.contains(from), "{from}");
            let errors = read(
                &good.replacen(from, to, 1),
                Some(&sources),
                &files::conditions(Product::Ocs2007).expect("readable conditions"),
            )
            .err()
            .unwrap_or_default();
            errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
        };
        assert!(faults("id = \"C02\"", "id = \"C01\"").contains("row `C01`: stands twice"));
        assert!(faults("scope = \"group\"", "scope = \"group\"\nscoop = 1").contains("unknown field `scoop`"));
        assert!(
            faults("subject = \"{fqdn}\"", "subject = \"{fqnd}\"").contains("`{fqnd}` is no placeholder; there are `{fqdn}`")
        );
        assert!(faults("subject = \"{fqdn}\"", "subject = \"{server_fqdn}\"").contains("cannot bear the name of each"));
        assert!(faults("use = \"pool\"", "use = \"../pool\"").contains("names a folder"));
        assert!(faults("role = \"front_end\"", "role = \"frontend\"").contains("unknown variant `frontend`"));
    }
}
