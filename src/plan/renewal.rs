//! The renewal of certificates: when each ends, who renews it, which services use it, and what stops without it.
//! Input: the certificates, the traffic, the catalogue, and dates that are told. Output: a [`RenewalPlan`]. Knows no clock and no files.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::certificate::{Certificate, Issuer};
use super::{Plans, Reason};
use crate::catalog::step::{Pattern, Piece, Scope};
use crate::catalog::{CertificateRestart, Confidence, FlowRow, StepRow, Tls, facts, step_rows};
pub use crate::lower::Date;
use crate::model::EndpointId;
use crate::product::{IssuerKind, Product, Team};

/// What a build was told of dates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RenewalDates {
    /// The day on which every certificate is issued that was not handed in.
    pub issued: Option<Date>,
    /// The certificates that were handed in, by the name of the planned one.
    pub handed_in: BTreeMap<String, HandedIn>,
}

/// A certificate that was handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedIn {
    /// Its first day.
    pub begins: Date,
    /// Its last day.
    pub ends: Date,
    /// Its file, and the line in it.
    pub place: String,
}

/// The renewals of all certificates.
#[derive(Debug)]
pub struct RenewalPlan<'a> {
    /// By end, then by name; those without an end are last.
    pub renewals: Vec<Renewal<'a>>,
    /// The first of the SIP domains, which distinguishes calendars.
    pub domain: Option<&'a str>,
}

/// The renewal of a certificate.
#[derive(Debug)]
pub struct Renewal<'a> {
    /// The certificate.
    pub certificate: &'a Certificate,
    /// When it begins and ends.
    pub term: Term,
    /// Who renews it.
    pub team: Team,
    /// The rights that this needs.
    pub rights: Option<String>,
    /// The id of the runbook's step that tells how.
    pub step: Option<String>,
    /// The services that use it, with their groups.
    pub services: Vec<String>,
    /// What is known of the services and a renewed certificate.
    pub restarts: Vec<&'a CertificateRestart>,
    /// What stops when it ends, each thing once.
    pub breaks: BTreeSet<&'a str>,
    /// The rows of the traffic that stops.
    pub rows: BTreeSet<&'a str>,
}

/// When a certificate begins and ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// It is known.
    Known {
        /// The first day.
        begins: Date,
        /// The last day.
        ends: Date,
        /// What says so.
        origin: String,
    },
    /// It is not known, and why.
    Unknown(String),
}

impl Term {
    /// The last day.
    pub fn ends(&self) -> Option<Date> {
        match self {
            Term::Known { ends, .. } => Some(*ends),
            Term::Unknown(_) => None,
        }
    }
}

impl Renewal<'_> {
    /// Why the certificate is there.
    pub fn reason(&self) -> &Reason {
        &self.certificate.reason
    }

    /// Who issues it, in words.
    pub fn authority(&self) -> Option<String> {
        self.certificate.issuer.as_ref().map(|Issuer { name, kind, config }| {
            let kind = match kind {
                IssuerKind::Enterprise => "enterprise authority",
                IssuerKind::Standalone => "standalone authority",
                IssuerKind::Public => "public authority",
            };
            match config {
                Some(config) => format!("{name} ({kind}, {config})"),
                None => format!("{name} ({kind})"),
            }
        })
    }

    /// What is known of a restart, in words.
    pub fn restart(&self) -> String {
        let known: Vec<&str> = self.restarts.iter().map(|row| row.what.as_str()).collect();
        let others = "plan a restart of the services: no page says that they use a renewed certificate without one";
        match known.is_empty() {
            true => others.to_owned(),
            false if known.len() < self.services.len() => format!("{}; for the others {others}", known.join("; ")),
            false => known.join("; "),
        }
    }
}

/// Plans the renewals.
pub fn plan<'a>(plans: Plans<'a>, dates: &RenewalDates) -> RenewalPlan<'a> {
    let organization = &plans.topology.organization;
    let product = organization.product;
    let traffic = traffic(plans);
    let restarts = facts::<CertificateRestart>(product);
    let mut renewals: Vec<Renewal<'_>> = plans
        .certificates()
        .certificates
        .iter()
        .map(|certificate| {
            let stops = certificate.serves.iter().filter_map(|served| traffic.get(&served.endpoint)).flatten();
            let step = certificate.issuer.as_ref().and_then(|issuer| first_step(product, issuer.kind));
            let served = |row: &&CertificateRestart| {
                row.provenance.confidence > Confidence::Low && certificate.serves.iter().any(|served| served.role == row.role)
            };
            Renewal {
                certificate,
                term: term(plans, certificate, dates),
                team: step.map_or(Team::Pki, |step| step.team),
                rights: step.and_then(|step| plain(&step.who)),
                step: step.map(|step| format!("{}.{}", step.id, certificate.thing())),
                services: services(certificate, product),
                restarts: restarts.iter().filter(served).collect(),
                breaks: stops.clone().map(|(_, breaks)| *breaks).collect(),
                rows: stops.map(|(row, _)| *row).collect(),
            }
        })
        .collect();
    let key = |renewal: &Renewal<'_>| (renewal.term.ends().is_none(), renewal.term.ends());
    renewals.sort_by(|a, b| (key(a), &a.certificate.slug).cmp(&(key(b), &b.certificate.slug)));
    RenewalPlan { renewals, domain: organization.sip_domains.first().map(|domain| domain.value.as_str()) }
}

/// The certificates without dates, and why.
pub fn undated(plans: Plans<'_>, dates: &RenewalDates) -> Vec<(String, String)> {
    let certificates = plans.certificates().certificates.iter();
    let unknown = |certificate: &Certificate| match term(plans, certificate, dates) {
        Term::Unknown(why) => Some((certificate.slug.clone(), why)),
        Term::Known { .. } => None,
    };
    certificates.filter_map(unknown).collect()
}

/// The services that present a certificate, each with its group.
fn services(certificate: &Certificate, product: Product) -> Vec<String> {
    let named = |path: &str, role: crate::product::Role| format!("{} of {path}", role.title_in(product));
    let services: BTreeSet<String> = certificate.serves.iter().map(|served| named(&served.path, served.role)).collect();
    services.into_iter().collect()
}

/// Rows of traffic, and what stops without it.
type Stops<'a> = BTreeSet<(&'a str, &'a str)>;

/// What stops when an endpoint has no certificate: what connects to it by TLS, and what it opens where both sides present one.
fn traffic<'a>(plans: Plans<'a>) -> FxHashMap<EndpointId, Stops<'a>> {
    let mut stops: FxHashMap<EndpointId, Stops<'_>> = FxHashMap::default();
    // Telephony gateways speak TCP or TLS, and only one that speaks TLS has a certificate.
    let by_tls = |row: &FlowRow| row.tls != Tls::None || row.application.contains("TLS");
    for flow in plans.flows.flows.iter().filter(|flow| by_tls(flow.row)) {
        let opens = flow.from.iter().filter(|_| flow.row.tls == Tls::Mutual);
        let endpoints: BTreeSet<EndpointId> = flow.to.iter().chain(opens).filter_map(|peer| peer.endpoint).collect();
        for endpoint in endpoints {
            stops.entry(endpoint).or_default().insert((&flow.row.id, &flow.row.breaks));
        }
    }
    stops
}

fn term(plans: Plans<'_>, certificate: &Certificate, dates: &RenewalDates) -> Term {
    if let Some(HandedIn { begins, ends, place }) = dates.handed_in.get(&certificate.slug) {
        return Term::Known { begins: *begins, ends: *ends, origin: place.clone() };
    }
    let Some(issued) = dates.issued else { return Term::Unknown("no issued certificate was passed".to_owned()) };
    let Some(issuer) = &certificate.issuer else { return Term::Unknown("it has no authority".to_owned()) };
    let authority = plans.topology.organization.authorities.iter().find(|authority| authority.name == issuer.name);
    let Some(days) = authority.and_then(|authority| authority.lifetime) else {
        return Term::Unknown(format!("{} has no lifetime", issuer.name));
    };
    match later(issued, days) {
        Some(ends) => Term::Known { begins: issued, ends, origin: format!("issued on {issued}, {days} days of {}", issuer.name) },
        None => Term::Unknown(format!("{days} days after {issued} there is no date")),
    }
}

/// So many days later.
fn later(date: Date, days: u64) -> Option<Date> {
    let month = time::Month::try_from(date.month).ok()?;
    let day = time::Date::from_calendar_date(date.year, month, date.day).ok()?;
    let end = day.checked_add(time::Duration::days(i64::try_from(days).ok()?))?;
    // Calendars write four digits.
    (end.year() <= 9999).then(|| Date { year: end.year(), month: end.month().into(), day: end.day() })
}

/// The step that asks an authority of a kind for a certificate.
fn first_step(product: Product, kind: IssuerKind) -> Option<&'static StepRow> {
    let word = if kind.is_own() { "own_authority" } else { "public" };
    step_rows(product).iter().find(|row| row.scope == Scope::Certificate && row.needs.iter().any(|need| need == word))
}

/// A text of the catalogue without places for values.
fn plain(pattern: &Pattern) -> Option<String> {
    let text = |piece: &Piece| match piece {
        Piece::Text { text, .. } => Some(text.clone()),
        Piece::Value { .. } => None,
    };
    pattern.pieces().iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_added_by_the_calendar() {
        let date = |year, month, day| Date { year, month, day };
        assert_eq!(later(date(2027, 4, 1), 730), Some(date(2029, 3, 31)));
        assert_eq!(later(date(2028, 2, 28), 1), Some(date(2028, 2, 29)));
        assert_eq!(later(date(2027, 4, 1), 0), Some(date(2027, 4, 1)));
        assert_eq!(later(date(9999, 12, 31), 1), None);
        assert_eq!(later(date(2027, 4, 1), u64::MAX), None);
    }

    #[test]
    fn every_authority_has_a_step_whose_rights_are_text() {
        for product in Product::ALL {
            for kind in IssuerKind::ALL {
                let step = first_step(product, kind).expect("a step");
                assert!(plain(&step.who).is_some_and(|who| !who.is_empty()), "{}", step.id);
            }
        }
    }
}
