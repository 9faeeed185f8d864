//! Names beside the records: the zones themselves, and the hosts files of servers in the perimeter.

use std::collections::BTreeMap;

use serde::Serialize;

use super::moved::Moves;
use super::pairs::{pairs, settings};
use super::{Setting, State};
use crate::catalog::DnsView;
use crate::plan::Plans;
use crate::plan::dns::Zone;

/// A zone that differs in more than its records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ZoneChange {
    /// Who asks.
    pub view: DnsView,
    /// Its name.
    pub zone: String,
    /// Whether it came or went.
    pub state: State,
    /// What differs in its head; empty for one that came or went.
    pub settings: Vec<Setting>,
}

/// The hosts file of a server that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HostsChange {
    /// The server.
    pub server: String,
    /// Lines that are new: address, name.
    pub added: Vec<String>,
    /// Lines that are gone.
    pub removed: Vec<String>,
}

pub(super) fn zones(old: Plans<'_>, new: Plans<'_>) -> Vec<ZoneChange> {
    let zones = |plans: Plans<'_>| -> BTreeMap<(DnsView, String), [Option<String>; 6]> {
        let views = &plans_views(plans);
        views.iter().map(|(view, zone)| ((*view, zone.name.to_string()), head(zone))).collect()
    };
    let all = pairs(zones(old), zones(new));
    let changes = all.into_iter().filter(|(_, (old, new))| old != new).map(|((view, zone), (old, new))| {
        let settings = match (&old, &new) {
            (Some(old), Some(new)) => {
                let names = ["kept by", "first name server", "hostmaster", "times", "name servers", "delegations"];
                settings(std::array::from_fn::<_, 6, _>(|at| (names[at], old[at].clone(), new[at].clone())))
            }
            _ => Vec::new(),
        };
        ZoneChange { view, zone, state: State::of(&old, &new), settings }
    });
    changes.collect()
}

fn plans_views(plans: Plans<'_>) -> Vec<(DnsView, &Zone)> {
    plans.dns().views.iter().flat_map(|view| view.zones.iter().map(|zone| (view.view, zone))).collect()
}

/// What is in the head of a zone, in the order of their names above. The serial number is the build's.
fn head(zone: &Zone) -> [Option<String>; 6] {
    let soa = zone.soa.as_ref();
    let listed = |names: Vec<String>| (!names.is_empty()).then(|| names.join(", "));
    [
        zone.owner.clone(),
        soa.map(|soa| soa.primary.to_string()),
        soa.map(|soa| soa.hostmaster.to_string()),
        Some(match soa {
            Some(soa) => {
                format!(
                    "{} refresh, {} retry, {} expire, {} minimum, {} TTL",
                    soa.refresh, soa.retry, soa.expire, soa.minimum, zone.ttl
                )
            }
            None => format!("{} TTL", zone.ttl),
        }),
        listed(zone.name_servers.iter().map(ToString::to_string).collect()),
        listed(zone.delegations.iter().map(|below| below.zone.to_string()).collect()),
    ]
}

pub(super) fn hosts(old: Plans<'_>, new: Plans<'_>, moved: &Moves) -> Vec<HostsChange> {
    let lines = |plans: Plans<'_>, moved: Option<&Moves>| -> BTreeMap<(String, String), String> {
        let files = plans.hosts().iter();
        files
            .flat_map(|file| {
                let path = moved.map_or_else(|| file.path.clone(), |moved| moved.path(&file.path).into_owned());
                file.entries.iter().map(move |entry| {
                    let line = format!("{} {}", entry.address, entry.name);
                    ((path.clone(), line.clone()), line)
                })
            })
            .collect()
    };
    let mut changes: BTreeMap<String, HostsChange> = BTreeMap::new();
    for ((server, line), sides) in pairs(lines(old, Some(moved)), lines(new, None)) {
        let change = || HostsChange { server: server.clone(), added: Vec::new(), removed: Vec::new() };
        match sides {
            (None, Some(_)) => changes.entry(server.clone()).or_insert_with(change).added.push(line),
            (Some(_), None) => changes.entry(server.clone()).or_insert_with(change).removed.push(line),
            _ => {}
        }
    }
    changes.into_values().collect()
}
