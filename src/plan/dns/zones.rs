//! Records into zones: where each zone is cut, its head, its name servers and the zones below it.

use std::collections::{BTreeMap, BTreeSet};

use super::records::{Draft, Drafts};
use super::{Delegation, DnsProblem, Record, RecordData, Soa, ViewPlan, Zone, ZoneKind, suffixes};
use crate::catalog::{RecordType, SoaTimes, View};
use crate::lower::Fqdn;
use crate::model::{GroupKind, Topology};
use crate::text::Span;

/// Domain controllers that stand in for declared name servers; more would only lengthen every zone.
const FALL_BACK_NAME_SERVERS: usize = 4;

/// A time to live has 31 bits (RFC 2181).
const LONGEST_TTL: u64 = 0x7fff_ffff;

pub(super) fn arrange(
    topology: &Topology,
    drafts: Drafts,
    times: &SoaTimes,
    serial: u32,
    problems: &mut Vec<DnsProblem>,
) -> Vec<ViewPlan> {
    let mut views = Vec::new();
    for (view, names) in drafts {
        let mut plan = ViewPlan { view, zones: cut(topology, view, names) };
        let servers = name_servers(topology, view);
        if servers.is_empty() {
            problems.push(DnsProblem::NoNameServers { view });
        } else {
            heads(topology, &mut plan, &servers, times, serial, problems);
            delegate(&mut plan);
        }
        views.push(plan);
    }
    views
}

/// Puts each record into the longest domain of the organization that it is within, or else into a zone of its own.
fn cut(topology: &Topology, view: View, names: BTreeMap<Fqdn, BTreeMap<RecordData, Draft>>) -> Vec<Zone> {
    let organization = &topology.organization;
    let mut domains: BTreeMap<&Fqdn, ZoneKind> = BTreeMap::new();
    if view == View::Internal {
        domains.extend(organization.domains.iter().map(|domain| (&domain.fqdn.value, ZoneKind::AdDomain)));
    }
    domains.extend(organization.sip_domains.iter().map(|domain| (&domain.value, ZoneKind::SipDomain)));
    let by_text: BTreeMap<&str, (&Fqdn, ZoneKind)> = domains.iter().map(|(name, kind)| (name.as_str(), (*name, *kind))).collect();
    let mut zones: BTreeMap<Fqdn, Zone> = BTreeMap::new();
    for (owner, records) in names {
        let within = suffixes(owner.as_str()).find_map(|suffix| by_text.get(suffix).copied());
        let (name, kind) = within.map_or((owner.clone(), ZoneKind::Pinpoint), |(name, kind)| (name.clone(), kind));
        let zone = zones.entry(name).or_insert_with_key(|name| Zone {
            name: name.clone(),
            kind,
            soa: None,
            ttl: organization.dns.ttl.min(LONGEST_TTL) as u32,
            name_servers: Vec::new(),
            delegations: Vec::new(),
            records: Vec::new(),
        });
        let records = records.into_iter().map(|(data, draft)| Record { owner: owner.clone(), data, reasons: draft.reasons });
        zone.records.extend(records);
    }
    zones.into_values().collect()
}

/// The name servers of a view in the order declared; inside, domain controllers when none are declared.
fn name_servers(topology: &Topology, view: View) -> Vec<(Fqdn, Option<Span>)> {
    let dns = &topology.organization.dns;
    let declared = match view {
        View::Internal => &dns.internal_name_servers,
        View::External => &dns.external_name_servers,
    };
    let mut servers: Vec<_> = declared.iter().map(|name| (name.value.clone(), Some(name.span))).collect();
    if servers.is_empty() && view == View::Internal {
        let groups = topology.groups.iter().filter(|group| group.kind == GroupKind::DomainController);
        let names = groups.flat_map(|group| &group.servers).filter_map(|id| topology.server(*id).fqdn.clone());
        servers.extend(names.take(FALL_BACK_NAME_SERVERS).map(|name| (name, None)));
    }
    let mut seen = BTreeSet::new();
    servers.retain(|(name, _)| seen.insert(name.clone()));
    servers
}

/// Gives each zone the name servers that it can have, and a head if there is one at least. A name server that lies within
/// a zone needs an address there, or further down in a zone of this plan; otherwise no server would load the zone.
fn heads(
    topology: &Topology,
    plan: &mut ViewPlan,
    servers: &[(Fqdn, Option<Span>)],
    times: &SoaTimes,
    serial: u32,
    problems: &mut Vec<DnsProblem>,
) {
    let known: BTreeSet<&Fqdn> = servers.iter().map(|(name, _)| name).filter(|name| address_in(plan, name)).collect();
    let mut heads = Vec::new();
    for zone in &plan.zones {
        let mut usable = Vec::new();
        for (name, span) in servers {
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
            hostmaster: declared.unwrap_or_else(|| zone.name.child(&times.hostmaster).unwrap_or_else(|_| zone.name.clone())),
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

/// A zone names the zones right below it, so that a server that has only the one finds the other.
fn delegate(plan: &mut ViewPlan) {
    let mut below: BTreeMap<Fqdn, Vec<Delegation>> = BTreeMap::new();
    for zone in plan.zones.iter().filter(|zone| zone.soa.is_some()) {
        let Some(parent) = zone.name.parent().and_then(|name| plan.zone_of(&name)) else { continue };
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
    for zone in plan.zones.iter_mut().filter(|zone| zone.soa.is_some()) {
        zone.delegations = below.remove(&zone.name).unwrap_or_default();
    }
}
