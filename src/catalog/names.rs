//! Rows about names: which record stands in which view, made for what, leading where.
//! The rows are `names.toml` of a release. Knows the model's words; nothing of zones or of any topology.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::{Hole, Pattern, Provenance};
use crate::model::{Feature, GroupKind, Role, Side};
use crate::schema::Product;

/// Who asks for a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// Computers inside.
    Internal,
    /// The internet.
    External,
}

impl View {
    /// Both.
    pub const ALL: [View; 2] = [View::Internal, View::External];

    /// `internal` or `external`.
    pub fn word(self) -> &'static str {
        match self {
            View::Internal => "internal",
            View::External => "external",
        }
    }
}

/// The type of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum RecordType {
    /// A name's address.
    A,
    /// A name's other name.
    Cname,
    /// Where a service is.
    Srv,
}

impl RecordType {
    /// The word in zone files.
    pub fn word(self) -> &'static str {
        match self {
            RecordType::A => "A",
            RecordType::Cname => "CNAME",
            RecordType::Srv => "SRV",
        }
    }
}

/// What a row makes one record for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// Each endpoint: its name leads to its virtual address, or to its only server.
    Endpoint,
    /// Each server of each endpoint: its own name leads to its own address.
    Server,
    /// Each SIP domain, leading to the one endpoint where clients sign in by DNS.
    SignIn,
    /// Each SIP domain, leading to the one endpoint of the organization.
    SipDomain,
    /// Each group that has the name, leading to its endpoint.
    OwnName,
    /// Each group that has the name, leading to the endpoint of what publishes it.
    PublishedName,
}

impl Subject {
    /// The holes that this subject can fill.
    pub fn holes(self) -> &'static [Hole] {
        match self {
            Subject::Endpoint => &[Hole::Fqdn],
            Subject::Server => &[Hole::ServerFqdn],
            Subject::SignIn | Subject::SipDomain => &[Hole::SipDomain],
            Subject::OwnName => &[Hole::InternalWebFarm],
            Subject::PublishedName => &[Hole::ExternalWebFarm, Hole::ExternalFqdn],
        }
    }
}

/// Two pages that say different things, and what the catalogue makes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conflict {
    /// What each side says, with its source.
    pub claims: Vec<String>,
    /// What the row does, and why.
    pub choice: String,
}

/// One kind of record.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameRow {
    /// Stable name, such as `N20`; comments show it.
    pub id: String,
    /// The view that it stands in.
    pub view: View,
    /// The type of record.
    #[serde(rename = "type")]
    pub record: RecordType,
    /// What it is made for.
    pub subject: Subject,
    /// The groups that it is made for.
    pub kinds: Vec<GroupKind>,
    /// The roles of the endpoints that it leads to.
    pub roles: Vec<Role>,
    /// The side of these endpoints.
    pub side: Side,
    /// The name that people and programs ask for.
    pub owner: Pattern,
    /// The name that a SRV or CNAME record leads to; an A record leads to an address.
    #[serde(default)]
    pub target: Option<Pattern>,
    /// The target in place of `target` where that one is not directly within the SIP domain, which strict clients refuse.
    #[serde(default)]
    pub target_outside_domain: Option<Pattern>,
    /// The port of a SRV record.
    #[serde(default)]
    pub port: Option<u16>,
    /// The priority of a SRV record.
    #[serde(default)]
    pub priority: u16,
    /// The weight of a SRV record.
    #[serde(default)]
    pub weight: u16,
    /// Needed when all features of one inner list are on; an empty outer list means always.
    #[serde(default)]
    pub when: Vec<Vec<Feature>>,
    /// Whether a missing name is a fault: others cannot do without it.
    #[serde(default)]
    pub required: bool,
    /// What it is for, for people.
    pub purpose: String,
    /// Where sources differ.
    #[serde(default)]
    pub conflict: Option<Conflict>,
    /// Step, source, confidence.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// The times of a zone's SOA record, in seconds.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SoaTimes {
    /// Between two looks of a secondary server.
    pub refresh: u32,
    /// After a look that failed.
    pub retry: u32,
    /// Until a secondary server gives up.
    pub expire: u32,
    /// For answers that there is no such name.
    pub minimum: u32,
    /// The first label of the mailbox when the organization names none.
    pub hostmaster: String,
    /// Step, source, confidence.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// The names of a release.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NameFile {
    soa: SoaTimes,
    #[serde(rename = "name")]
    names: Vec<NameRow>,
}

/// The name rows of a release; `None` for a release without a catalogue.
pub fn name_rows(product: Product) -> Option<&'static [NameRow]> {
    file(product).map(|file| file.names.as_slice())
}

/// The times of SOA records of a release.
pub fn soa_times(product: Product) -> Option<&'static SoaTimes> {
    file(product).map(|file| &file.soa)
}

fn file(product: Product) -> Option<&'static NameFile> {
    static OCS_2007: LazyLock<NameFile> = LazyLock::new(|| {
        // The text is part of the program and a test reads it, so a fault in it never meets a user.
        read(include_str!("ocs_2007/names.toml")).unwrap_or_else(|faults| panic!("names.toml: {}", faults.join("; ")))
    });
    match product {
        Product::Ocs2007 => Some(&OCS_2007),
        Product::Ocs2007R2 => None,
    }
}

fn read(text: &str) -> Result<NameFile, Vec<String>> {
    let file: NameFile = toml::from_str(text).map_err(|error| vec![error.to_string()])?;
    let mut faults = super::provenance_faults("soa", &file.soa.provenance);
    let mut seen = BTreeSet::new();
    for row in &file.names {
        if !seen.insert(&row.id) {
            faults.push(format!("`{}` is there twice", row.id));
        }
        faults.extend(row_faults(row));
    }
    if faults.is_empty() { Ok(file) } else { Err(faults) }
}

fn row_faults(row: &NameRow) -> Vec<String> {
    let mut faults = super::provenance_faults(&row.id, &row.provenance);
    let mut fault = |what: &str| faults.push(format!("`{}`: {what}", row.id));
    if row.kinds.is_empty() || row.roles.is_empty() {
        fault("kinds and roles must name at least one each");
    }
    if row.purpose.is_empty() {
        fault("no purpose");
    }
    if !row.subject.holes().contains(&row.owner.hole) {
        fault(&format!("its subject cannot fill `{{{}}}`", row.owner.hole.word()));
    }
    match row.record {
        RecordType::A if row.target.is_some() || row.port.is_some() => fault("an A record has neither target nor port"),
        RecordType::Cname if row.target.is_none() || row.port.is_some() => fault("a CNAME record has a target and no port"),
        RecordType::Srv if row.target.is_none() || row.port.is_none() => fault("a SRV record has a target and a port"),
        _ => {}
    }
    if row.target_outside_domain.is_some() && row.owner.hole != Hole::SipDomain {
        fault("target_outside_domain needs a SIP domain");
    }
    for target in row.target.iter().chain(&row.target_outside_domain) {
        if !matches!(target.hole, Hole::Fqdn | Hole::SipDomain) {
            fault("a target is made of `{fqdn}` or `{sip_domain}`");
        }
        if target.hole == Hole::SipDomain && row.owner.hole != Hole::SipDomain {
            fault("its target needs a SIP domain that its subject has not");
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOA: &str = "[soa]\nrefresh = 1\nretry = 1\nexpire = 1\nminimum = 1\nhostmaster = \"h\"\nstep = 4\nsource = [\"a\"]\nconfidence = \"low\"\n";

    fn row(changes: &[(&str, &str)]) -> String {
        let mut fields = vec![
            ("id", "\"N1\""),
            ("view", "\"internal\""),
            ("type", "\"SRV\""),
            ("subject", "\"sign_in\""),
            ("kinds", "[\"director\"]"),
            ("roles", "[\"director\"]"),
            ("side", "\"inside\""),
            ("owner", "\"_x._tcp.{sip_domain}\""),
            ("target", "\"{fqdn}\""),
            ("port", "5061"),
            ("purpose", "\"test\""),
            ("step", "4"),
            ("source", "[\"dns:PG-DNS\"]"),
            ("confidence", "\"high\""),
        ];
        fields.retain(|(key, _)| !changes.iter().any(|(changed, _)| changed == key));
        fields.extend(changes.iter().filter(|(_, value)| !value.is_empty()));
        let lines: Vec<String> = fields.iter().map(|(key, value)| format!("{key} = {value}")).collect();
        format!("[[name]]\n{}\n", lines.join("\n"))
    }

    fn faults(text: &str) -> String {
        read(&format!("{SOA}{text}")).err().unwrap_or_default().join("; ")
    }

    #[test]
    fn shipped_rows_are_sound() {
        assert_eq!(read(include_str!("ocs_2007/names.toml")).err().unwrap_or_default().join("\n"), "");
        assert!(name_rows(Product::Ocs2007).is_some_and(|rows| rows.len() > 20));
    }

    #[test]
    fn bad_rows_are_refused() {
        assert_eq!(faults(&row(&[])), "");
        assert_eq!(faults(&(row(&[]) + &row(&[]))), "`N1` is there twice");
        assert!(faults(&row(&[("prot", "1")])).contains("unknown field `prot`"));
        assert!(faults(&row(&[("source", "")])).contains("missing field `source`"));
        assert_eq!(faults(&row(&[("source", "[]")])), "`N1`: no source");
        assert!(faults(&row(&[("confidence", "")])).contains("missing field `confidence`"));
        assert_eq!(faults(&row(&[("step", "13")])), "`N1`: step 13 is none of the guide's twelve");
        assert!(faults(&row(&[("owner", "\"sip.{sip}\"")])).contains("`{sip}` is no placeholder"));
        assert!(faults(&row(&[("owner", "\"{server_fqdn}\"")])).contains("its subject cannot fill `{server_fqdn}`"));
        assert!(faults(&row(&[("roles", "[\"directer\"]")])).contains("unknown variant `directer`"));
        assert_eq!(faults(&row(&[("port", "")])), "`N1`: a SRV record has a target and a port");
        assert_eq!(faults(&row(&[("type", "\"A\"")])), "`N1`: an A record has neither target nor port");
        assert_eq!(faults(&row(&[("kinds", "[]")])), "`N1`: kinds and roles must name at least one each");
    }
}
