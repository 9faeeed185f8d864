//! Rows about names: which record is in which view, its purpose and its target.
//! Knows nothing of zones.

use serde::{Deserialize, Serialize};

use crate::catalog::check::Checks;
use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::{fact_row, facts};
use crate::catalog::kind::Kind;
use crate::catalog::{Conflict, Hole, Pattern, Provenance};
use crate::product::{Feature, GroupKind, Product, Role, Side};

/// Who resolves a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DnsView {
    /// Computers inside.
    Internal,
    /// The internet.
    External,
}

impl DnsView {
    /// Both.
    pub const ALL: [DnsView; 2] = [DnsView::Internal, DnsView::External];

    /// Who asks.
    pub fn title(self) -> &'static str {
        match self {
            DnsView::Internal => "Internal computers",
            DnsView::External => "The internet",
        }
    }

    /// `internal` or `external`.
    pub fn word(self) -> &'static str {
        match self {
            DnsView::Internal => "internal",
            DnsView::External => "external",
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
    /// The name of an address; no row makes one, for they follow from the addresses.
    Ptr,
    /// Where a service is.
    Srv,
}

impl RecordType {
    /// All types.
    pub const ALL: [RecordType; 4] = [RecordType::A, RecordType::Cname, RecordType::Ptr, RecordType::Srv];

    /// The word in zone files.
    pub fn word(self) -> &'static str {
        match self {
            RecordType::A => "A",
            RecordType::Cname => "CNAME",
            RecordType::Ptr => "PTR",
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
    /// Each DNS suffix that the topology says DHCP hands to clients and that is no SIP domain, leading to the one endpoint of the
    /// organization.
    ClientDomain,
    /// Each SIP domain, leading to each endpoint that a network of clients names as its time server.
    TimeServer,
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
            Subject::SignIn | Subject::SipDomain | Subject::TimeServer => &[Hole::SipDomain],
            Subject::ClientDomain => &[Hole::ClientDomain],
            Subject::OwnName => &[Hole::InternalWebFarm],
            Subject::PublishedName => &[Hole::ExternalWebFarm, Hole::ExternalFqdn],
        }
    }
}

/// One kind of record.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameRow {
    /// Stable name, such as `N20`; comments show it.
    pub id: String,
    /// The view that it is in.
    pub view: DnsView,
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
    /// The name that people and programs resolve.
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
    /// What does not work without it.
    pub breaks: String,
    /// Where sources differ.
    #[serde(default)]
    pub conflict: Option<Conflict>,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

/// The times of a zone's SOA record, in seconds.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SoaTimes {
    /// `soa`: there is one row.
    pub id: String,
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
    pub provenance: Provenance,
}

/// The service names that are the product's own in the rows of a release, such as `_sip._tls`; others ask for the time too.
pub fn service_names(product: Product) -> Vec<String> {
    let own = |row: &&NameRow| row.record == RecordType::Srv && row.subject != Subject::TimeServer;
    let services = facts::<NameRow>(product).iter().filter(own);
    services.map(|row| row.owner.before.trim_end_matches('.').to_owned()).collect()
}

fact_row!(NameRow, "names.toml", |row, checks| check(checks, row), conflict: conflict, keeps_order: true);

fact_row!(SoaTimes, "zone_times.toml", |row, checks| checks.text(&row.id, "hostmaster", &row.hostmaster));

fn check(checks: &mut Checks<'_>, row: &NameRow) {
    checks.text(&row.id, "purpose", &row.purpose);
    checks.text(&row.id, "breaks", &row.breaks);
    let mut refuse = |problem: &str| checks.refuse(&row.id, problem);
    if row.kinds.is_empty() || row.roles.is_empty() {
        refuse("kinds and roles must name at least one each");
    }
    if !row.subject.holes().contains(&row.owner.hole) {
        refuse(&format!("its subject cannot fill `{{{}}}`", row.owner.hole.word()));
    }
    match row.record {
        RecordType::A if row.target.is_some() || row.port.is_some() => refuse("an A record has neither target nor port"),
        RecordType::Ptr => refuse("PTR records follow from the addresses"),
        RecordType::Cname if row.target.is_none() || row.port.is_some() => refuse("a CNAME record has a target and no port"),
        RecordType::Srv if row.target.is_none() || row.port.is_none() => refuse("a SRV record has a target and a port"),
        _ => {}
    }
    if row.target_outside_domain.is_some() && row.owner.hole != Hole::SipDomain {
        refuse("target_outside_domain needs a SIP domain");
    }
    for target in row.target.iter().chain(&row.target_outside_domain) {
        if !matches!(target.hole, Hole::Fqdn | Hole::SipDomain) && target.hole != row.owner.hole {
            refuse("a target is made of `{fqdn}`, `{sip_domain}` or what its owner is made of");
        }
        if target.hole == Hole::SipDomain && row.owner.hole != Hole::SipDomain {
            refuse("its target needs a SIP domain that its subject has not");
        }
    }
}

const COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("view", &["view"]),
    column("type", &["type"]),
    column("name", &["owner"]),
    column("leads to", &["target", "port"]),
    column("for", &["kinds"]),
    column("roles", &["roles", "side"]),
    column("purpose", &["purpose"]),
    column("without it", &["breaks"]),
    column("when", &["when"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const NAMES: Kind = Kind::of::<NameRow>(
    "names",
    "Names",
    "The DNS records, with their view, owner and target. Placeholders in braces are filled from the topology.",
    COLUMNS,
);

const TIMES_COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("refresh", &["refresh"]),
    column("retry", &["retry"]),
    column("expire", &["expire"]),
    column("minimum", &["minimum"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const TIMES: Kind =
    Kind::of::<SoaTimes>("zone_times", "Times of zones", "The times in the SOA record of every zone, in seconds.", TIMES_COLUMNS);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::catalog;
    use crate::catalog::fact::fact;
    use crate::catalog::fact_file::read;

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
            ("breaks", "\"x\""),
            ("purpose", "\"test\""),
            ("step", "4"),
            ("source", "[\"dns:PG-DNS\"]"),
            ("confidence", "\"high\""),
        ];
        fields.retain(|(key, _)| !changes.iter().any(|(changed, _)| changed == key));
        fields.extend(changes.iter().filter(|(_, value)| !value.is_empty()));
        let lines: Vec<String> = fields.iter().map(|(key, value)| format!("{key} = {value}")).collect();
        format!("[[names]]\n{}\n", lines.join("\n"))
    }

    fn faults(text: &str) -> String {
        let sources = catalog(Product::Ocs2007).sources();
        let errors = read::<NameRow>(text, Some(sources)).err().unwrap_or_default();
        errors.iter().map(|error| error.problem.clone()).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn zone_times_follow_the_rfcs() {
        for product in Product::ALL {
            let times = fact::<SoaTimes>(product, "soa").expect("times");
            // RFC 1912, 2.2; RFC 2308, 5.
            assert!((20 * 60..=12 * 3600).contains(&times.refresh), "{times:?}");
            assert!(times.retry > 0 && times.retry < times.refresh, "{times:?}");
            assert!((14 * 86400..=28 * 86400).contains(&times.expire), "{times:?}");
            assert!((3600..=3 * 3600).contains(&times.minimum), "{times:?}");
            assert!(times.expire > times.minimum + times.retry, "{times:?}");
        }
    }

    #[test]
    fn bad_rows_are_refused() {
        assert_eq!(faults(&row(&[])), "");
        assert_eq!(faults(&(row(&[]) + &row(&[]))), "appears twice");
        assert!(faults(&row(&[("prot", "1")])).contains("unknown field `prot`"));
        assert!(faults(&row(&[("source", "")])).contains("missing field `source`"));
        assert_eq!(faults(&row(&[("source", "[]")])), "no source");
        assert_eq!(faults(&row(&[("source", "[\"dns:X\"]")])), "`dns:X` is not in sources.toml");
        assert!(faults(&row(&[("confidence", "")])).contains("missing field `confidence`"));
        assert!(faults(&row(&[("owner", "\"sip.{sip}\"")])).contains("`{sip}` is no placeholder"));
        assert!(faults(&row(&[("owner", "\"{server_fqdn}\"")])).contains("its subject cannot fill `{server_fqdn}`"));
        assert!(faults(&row(&[("roles", "[\"directer\"]")])).contains("unknown variant `directer`"));
        assert_eq!(faults(&row(&[("port", "")])), "a SRV record has a target and a port");
        assert_eq!(faults(&row(&[("type", "\"A\"")])), "an A record has neither target nor port");
        assert_eq!(faults(&row(&[("condition", "\"partners\"")])), "");
        assert_eq!(faults(&row(&[("condition", "\"partner\"")])), "`partner` is not in conditions.toml");
        let both = row(&[("condition", "\"partners\""), ("when", "[[\"federation\"]]")]);
        assert_eq!(faults(&both), "`when` and `condition` exclude each other");
        assert_eq!(faults(&row(&[("kinds", "[]")])), "kinds and roles must name at least one each");
    }
}
