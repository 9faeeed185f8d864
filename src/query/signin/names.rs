//! The names that a client looks up, and what the planned zones answer.

use super::answer::{Lookup, Outcome};
use super::down::Down;
use super::setting::Setting;
use crate::catalog::{ClientLookup, DnsView, Hole, RecordType, facts};
use crate::lower::Fqdn;
use crate::model::Organization;
use crate::plan::Plans;
use crate::plan::dns::{Record, RecordData};
use crate::product::{Client, ClientPlace, Feature};
use crate::query::answer::Grounds;

/// DNS as a client sees it.
#[derive(Clone, Copy)]
pub(super) struct Resolver<'a> {
    pub(super) plans: Plans<'a>,
    pub(super) place: ClientPlace,
    pub(super) down: &'a Down,
}

/// What DNS holds for a name.
pub(super) struct Found<'a> {
    view: DnsView,
    zone: Option<&'a Fqdn>,
    records: Vec<&'a Record>,
    taken_away: bool,
}

/// A name that a client may look up.
pub(super) struct Candidate<'a> {
    pub(super) row: &'static ClientLookup,
    pub(super) name: Fqdn,
    /// Whether a suffix is added to it.
    pub(super) suffixed: bool,
    /// Whether the features that it is asked for are on.
    pub(super) asked: bool,
    pub(super) found: Found<'a>,
}

impl<'a> Resolver<'a> {
    /// Looks a name up; an A record may be found by way of an alias.
    pub(super) fn ask(self, name: &Fqdn, record: RecordType) -> Found<'a> {
        let plan = self.plans.dns();
        let own = match self.place {
            ClientPlace::Inside => DnsView::Internal,
            ClientPlace::Outside => DnsView::External,
        };
        // A name of no zone inside is looked up on the internet.
        let inside = plan.views.iter().find(|view| view.view == DnsView::Internal);
        let foreign = own == DnsView::Internal && inside.and_then(|view| view.zone_of(name)).is_none();
        let view = if foreign { DnsView::External } else { own };
        let zones = plan.views.iter().find(|plan| plan.view == view);
        let zone = zones.and_then(|plan| plan.zone_of(name)).map(|zone| &zone.name);
        if self.down.takes_name(name) {
            return Found { view, zone, records: Vec::new(), taken_away: true };
        }
        let mut records: Vec<&Record> = plan.lookup(view, name, record).iter().collect();
        if let (RecordType::A, [], [alias]) = (record, records.as_slice(), plan.lookup(view, name, RecordType::Cname))
            && let RecordData::Cname(target) = &alias.data
        {
            records.push(alias);
            if !self.down.takes_name(target) {
                records.extend(plan.lookup(view, target, RecordType::A));
            }
        }
        Found { view, zone, records, taken_away: false }
    }
}

impl Found<'_> {
    /// The address.
    pub(super) fn address(&self) -> Option<std::net::Ipv4Addr> {
        self.records.iter().find_map(|record| match record.data {
            RecordData::A(address) => Some(address),
            _ => None,
        })
    }

    /// The server and port of the service record that counts.
    pub(super) fn service(&self) -> Option<(&Fqdn, u16)> {
        let services = self.records.iter().filter_map(|record| match &record.data {
            RecordData::Srv { priority, weight, port, target } => Some(((*priority, u16::MAX - *weight), (target, *port))),
            _ => None,
        });
        services.min_by_key(|(rank, _)| *rank).map(|(_, service)| service)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The look-up as it is shown.
    pub(super) fn lookup(&self, name: &Fqdn, record: RecordType, stage: &'static str, outcome: Outcome, about: About) -> Lookup {
        Lookup {
            name: name.to_string(),
            record_type: record.word(),
            stage,
            view: self.view.word(),
            zone: self.zone.map(ToString::to_string),
            answers: self.records.iter().map(|record| record.data.to_string()).collect(),
            outcome,
            taken_away: self.taken_away,
            needs: Vec::new(),
            suffixed: false,
            purpose: about.purpose,
            grounds: about.grounds,
        }
    }
}

/// What a look-up is for, and what that rests on.
pub(super) struct About {
    pub(super) purpose: String,
    pub(super) grounds: Grounds,
}

impl About {
    pub(super) fn row(row: &ClientLookup, plans: Plans<'_>) -> Self {
        Self { purpose: row.purpose.clone(), grounds: Grounds::of_row(&row.id, &row.provenance, plans.catalog) }
    }

    /// The address of what an answer named.
    pub(super) fn target(row: &ClientLookup, plans: Plans<'_>) -> Self {
        Self { purpose: "the address of the server that the record names".to_owned(), ..Self::row(row, plans) }
    }
}

impl Candidate<'_> {
    pub(super) fn lookup(&self, outcome: Outcome, plans: Plans<'_>) -> Lookup {
        let row = self.row;
        let lookup = self.found.lookup(&self.name, row.record, row.stage.word(), outcome, About::row(row, plans));
        let needs = match self.asked {
            true => Vec::new(),
            false => missing(&row.when, &plans.topology.organization),
        };
        Lookup { suffixed: self.suffixed, needs, ..lookup }
    }

    /// The outcome where the answer is not what counts.
    pub(super) fn unused(&self) -> Outcome {
        match (self.asked, self.found.is_empty()) {
            (false, _) => Outcome::NotAsked,
            (true, true) => Outcome::NoRecord,
            (true, false) => Outcome::Unused,
        }
    }
}

/// The features that are off, of the combination that lacks the fewest.
pub(super) fn missing(when: &[Vec<Feature>], organization: &Organization) -> Vec<&'static str> {
    let off =
        |all: &Vec<Feature>| all.iter().copied().filter(|feature| organization.feature(*feature).is_none()).collect::<Vec<_>>();
    when.iter().map(off).min_by_key(Vec::len).unwrap_or_default().into_iter().map(Feature::word).collect()
}

/// The names that a client looks up, in the order in which answers count.
pub(super) fn candidates<'a>(
    resolver: Resolver<'a>,
    client: Client,
    domain: &Fqdn,
    setting: &Setting<'_>,
    page: Option<&Fqdn>,
) -> Vec<Candidate<'a>> {
    let organization = &resolver.plans.topology.organization;
    let mut candidates: Vec<Candidate<'a>> = Vec::new();
    for row in facts::<ClientLookup>(organization.product) {
        if !row.clients.contains(&client) || row.place.is_some_and(|place| place != resolver.place) {
            continue;
        }
        let filled: Vec<String> = match (&row.name, &row.fixed) {
            (Some(pattern), _) => {
                let values: Vec<&Fqdn> = match pattern.hole {
                    Hole::SipDomain => vec![domain],
                    Hole::ClientDomain => setting.suffixes.iter().copied().filter(|suffix| *suffix != domain).collect(),
                    _ => page.into_iter().collect(),
                };
                values.into_iter().map(|value| pattern.fill(value.as_str())).collect()
            }
            (None, fixed) => fixed.iter().cloned().collect(),
        };
        for filled in filled {
            let again = setting.suffixes.iter().filter(|_| row.suffixed).map(|suffix| (format!("{filled}.{suffix}"), true));
            for (text, suffixed) in std::iter::once((filled.clone(), false)).chain(again) {
                // A name that is too long is none that a client can ask for.
                let Ok(name) = Fqdn::parse(&text) else { continue };
                let asked = organization.features_meeting(&row.when).is_some();
                let found = resolver.ask(&name, row.record);
                candidates.push(Candidate { row, name, suffixed, asked, found });
            }
        }
    }
    candidates
}
