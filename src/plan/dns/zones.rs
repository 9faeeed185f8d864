//! Records into zones: where each zone is cut, its head, its name servers and the zones below it.

use std::collections::{BTreeMap, BTreeSet};

use super::records::{Draft, Drafts};
use super::reverse;
use super::{Delegation, DnsProblem, KeptBelow, Places, Record, RecordData, Soa, ViewPlan, Zone, ZoneKind, suffixes};
use crate::catalog::{DnsView, RecordType, SoaTimes};
use crate::lower::Fqdn;
use crate::model::Topology;
use crate::product::GroupKind;
use crate::text::Span;

/// Domain controllers that replace undeclared name servers; more would only lengthen every zone.
const FALL_BACK_NAME_SERVERS: usize = 4;

/// A time to live has 31 bits (RFC 2181).
const LONGEST_TTL: u64 = 0x7fff_ffff;

pub(super) fn arrange(
    topology: &Topology,
    drafts: Drafts,
    times: &SoaTimes,
    serial: Option<u32>,
    problems: &mut Vec<DnsProblem>,
) -> Vec<ViewPlan> {
    let mut views = Vec::new();
    for (view, mut names) in drafts {
        if view == DnsView::Internal && topology.organization.dns.reverse_zones {
            let reverse = reverse::records(topology, &names);
            names.extend(reverse);
        }
        let mut plan = ViewPlan { view, zones: cut(topology, view, names) };
        let servers = name_servers(topology, view);
        if !servers.is_empty() {
            heads(topology, &mut plan, &servers, times, serial, problems);
            delegate(&mut plan);
        } else if plan.zones.iter().any(|zone| zone.owner.is_none()) {
            problems.push(DnsProblem::NoNameServers { view });
        }
        views.push(plan);
    }
    views
}

/// A domain that names are put into.
#[derive(Clone, Copy)]
struct Domain<'t> {
    name: &'t Fqdn,
    kind: ZoneKind,
    owner: Option<&'t str>,
}

/// The domains of a view by name; a name of one that is pinpointed has a zone of its own.
fn domains<'t>(topology: &'t Topology, view: DnsView) -> BTreeMap<&'t str, Domain<'t>> {
    let organization = &topology.organization;
    let mut domains: BTreeMap<&str, Domain<'t>> = BTreeMap::new();
    let mut add = |name: &'t Fqdn, kind| domains.insert(name.as_str(), Domain { name, kind, owner: None });
    if view == DnsView::Internal {
        for domain in &organization.domains {
            add(&domain.fqdn.value, ZoneKind::AdDomain);
        }
    }
    for domain in &organization.sip_domains {
        add(&domain.value, ZoneKind::SipDomain);
    }
    if view == DnsView::Internal {
        for domain in &organization.dns.pinpoint_domains {
            add(&domain.value, ZoneKind::Pinpoint);
        }
    }
    // Two declarations of one zone are an error of their own; here the first counts.
    for zone in organization
        .dns
        .shared_zones
        .iter()
        .rev()
        .filter(|zone| if view == DnsView::Internal { zone.internal } else { zone.external })
    {
        let kind = domains.get(zone.fqdn.value.as_str()).map(|domain| domain.kind).filter(|kind| *kind != ZoneKind::Pinpoint);
        let kind = kind.unwrap_or(ZoneKind::Declared);
        domains.insert(zone.fqdn.value.as_str(), Domain { name: &zone.fqdn.value, kind, owner: Some(&zone.owner) });
    }
    domains
}

/// Puts each record into the longest domain of the organization that it is within, or else into a zone of its own.
fn cut(topology: &Topology, view: DnsView, names: BTreeMap<Fqdn, BTreeMap<RecordData, Draft>>) -> Vec<Zone> {
    let domains = domains(topology, view);
    let within = |name: &Fqdn| {
        let longest = suffixes(name.as_str()).find_map(|suffix| domains.get(suffix));
        longest.filter(|domain| domain.kind != ZoneKind::Pinpoint).copied()
    };
    let own = names.keys().filter(|name| within(name).is_none());
    let alone: BTreeMap<String, Fqdn> = own.map(|name| (name.as_str().to_owned(), name.clone())).collect();
    let mut zones: BTreeMap<Fqdn, Zone> = BTreeMap::new();
    for (owner, records) in names {
        let domain = within(&owner);
        let network = owner.parent().filter(|_| records.keys().any(|data| matches!(data, RecordData::Ptr(_))));
        let other = if network.is_some() { ZoneKind::Reverse } else { ZoneKind::Pinpoint };
        let name = match (domain, network) {
            (Some(domain), _) => domain.name.clone(),
            (None, Some(network)) => network,
            // A name below another one of these is in the zone of that one, which hides it anyway.
            (None, None) => suffixes(owner.as_str()).filter_map(|suffix| alone.get(suffix)).last().unwrap_or(&owner).clone(),
        };
        let zone = zones.entry(name).or_insert_with_key(|name| Zone {
            name: name.clone(),
            kind: domain.map_or(other, |domain| domain.kind),
            directory: view == DnsView::Internal && topology.organization.domains.iter().any(|domain| domain.fqdn.value == *name),
            owner: domain.and_then(|domain| domain.owner).map(str::to_owned),
            soa: None,
            ttl: topology.organization.dns.ttl.min(LONGEST_TTL) as u32,
            name_servers: Vec::new(),
            delegations: Vec::new(),
            kept_below: Vec::new(),
            records: Vec::new(),
        });
        let records = records.into_iter().map(|(data, draft)| {
            let places = Places { name: draft.claim.name, answer: draft.claim.answer };
            Record { owner: owner.clone(), data, reasons: draft.reasons, places }
        });
        zone.records.extend(records);
    }
    zones.into_values().collect()
}

/// The name servers of a view in the order declared; inside, domain controllers when none are declared.
fn name_servers(topology: &Topology, view: DnsView) -> Vec<(Fqdn, Option<Span>)> {
    let dns = &topology.organization.dns;
    let declared = match view {
        DnsView::Internal => &dns.internal_name_servers,
        DnsView::External => &dns.external_name_servers,
    };
    let mut servers: Vec<_> = declared.iter().map(|name| (name.value.clone(), Some(name.span))).collect();
    if servers.is_empty() && view == DnsView::Internal {
        let groups = topology.groups.iter().filter(|group| group.kind == GroupKind::DomainController);
        let names = groups.flat_map(|group| &group.servers).filter_map(|id| topology.server(*id).fqdn.clone());
        servers.extend(names.take(FALL_BACK_NAME_SERVERS).map(|name| (name, None)));
    }
    let mut seen = BTreeSet::new();
    servers.retain(|(name, _)| seen.insert(name.clone()));
    servers
}

/// Gives each zone the name servers that it can have, and a head if there is one at least. A name server within
/// a zone needs an address there, or further down in a zone of this plan; otherwise no server would load the zone.
fn heads(
    topology: &Topology,
    plan: &mut ViewPlan,
    servers: &[(Fqdn, Option<Span>)],
    times: &SoaTimes,
    serial: Option<u32>,
    problems: &mut Vec<DnsProblem>,
) {
    let known: BTreeSet<&Fqdn> = servers.iter().map(|(name, _)| name).filter(|name| address_in(plan, name)).collect();
    let mut heads = Vec::new();
    for zone in &plan.zones {
        let mut usable = Vec::new();
        for (name, span) in servers.iter().filter(|_| zone.owner.is_none()) {
            if known.contains(name) || !name.is_within(&zone.name) {
                usable.push(name.clone());
            } else {
                let (zone, name) = (zone.name.clone(), name.clone());
                problems.push(DnsProblem::NameServerWithoutAddress { view: plan.view, zone, name, span: *span });
            }
        }
        heads.push(usable);
    }
    for (zone, usable) in plan.zones.iter_mut().zip(heads) {
        let declared = topology.organization.dns.hostmaster.as_ref().map(|name| name.value.clone());
        zone.soa = usable.first().map(|primary| Soa {
            primary: primary.clone(),
            hostmaster: declared.unwrap_or_else(|| {
                // People are not at home in the names of networks.
                let home = topology.organization.sip_domains.first().filter(|_| zone.kind == ZoneKind::Reverse);
                mailbox(home.map_or(&zone.name, |home| &home.value), &times.hostmaster)
            }),
            serial,
            refresh: times.refresh,
            retry: times.retry,
            expire: times.expire,
            minimum: times.minimum,
        });
        zone.name_servers = usable;
    }
}

fn address_in(plan: &ViewPlan, name: &Fqdn) -> bool {
    plan.zone_of(name).is_some_and(|zone| addresses(zone, name).next().is_some())
}

fn addresses(zone: &Zone, name: &Fqdn) -> impl Iterator<Item = std::net::Ipv4Addr> {
    let start = zone.records.partition_point(|record| record.owner < *name);
    let end = zone.records.partition_point(|record| record.owner <= *name);
    zone.records[start..end].iter().filter_map(|record| match record.data {
        RecordData::A(address) if record.data.record_type() == RecordType::A => Some(address),
        _ => None,
    })
}

/// The mailbox of a zone. The zone of a service begins with labels such as `_tcp`, which no domain of a mailbox may have.
fn mailbox(zone: &Fqdn, word: &str) -> Fqdn {
    let host = suffixes(zone.as_str()).find(|suffix| !suffix.split('.').any(|label| label.starts_with('_')));
    let named = host.and_then(|host| Fqdn::parse(&format!("{word}.{host}")).ok());
    named.unwrap_or_else(|| zone.clone())
}

/// A zone names the zones right below it, so that a server that has only the one finds the other. The owner of a shared zone has
/// to know of the zones of this plan below it too.
fn delegate(plan: &mut ViewPlan) {
    let mut below: BTreeMap<Fqdn, Vec<Delegation>> = BTreeMap::new();
    let mut kept: BTreeMap<Fqdn, Vec<KeptBelow>> = BTreeMap::new();
    for zone in &plan.zones {
        let Some(parent) = zone.name.parent().and_then(|name| plan.zone_of(&name)) else { continue };
        if let Some(owner) = &zone.owner {
            kept.entry(parent.name.clone()).or_default().push(KeptBelow { zone: zone.name.clone(), owner: owner.clone() });
        }
        if zone.soa.is_none() {
            continue;
        }
        let glue = zone.name_servers.iter().filter(|name| name.is_within(&zone.name)).flat_map(|name| {
            let holder = plan.zone_of(name).into_iter();
            holder.flat_map(|holder| addresses(holder, name)).map(|address| (name.clone(), address)).collect::<Vec<_>>()
        });
        below.entry(parent.name.clone()).or_default().push(Delegation {
            zone: zone.name.clone(),
            name_servers: zone.name_servers.clone(),
            glue: glue.collect(),
        });
    }
    for zone in &mut plan.zones {
        if zone.soa.is_some() || zone.owner.is_some() {
            zone.delegations = below.remove(&zone.name).unwrap_or_default();
        }
        if zone.soa.is_some() {
            zone.kept_below = kept.remove(&zone.name).unwrap_or_default();
        }
    }
}
