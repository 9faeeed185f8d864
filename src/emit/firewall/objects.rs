//! What the dialects with address objects share (Juniper, Palo Alto Networks, Fortinet): an object for each network, groups of
//! them, services. Names are made from addresses and digests, so no text of the topology is one.

use std::collections::BTreeMap;

use ipnet::Ipv4Net;
use serde::Serialize;

use super::INSIDE;
use super::draft::{Draft, DraftRule, Place, Service, fitting};
use crate::catalog::PortRange;

/// The longest name of a service.
const MAX_SERVICE: usize = 31;

/// An address object.
#[derive(Serialize)]
pub(super) struct Object {
    name: String,
    net: String,
    address: String,
    mask: String,
    about: String,
}

/// A group of objects, or of groups where the platform allows no more members in one.
#[derive(Serialize)]
pub(super) struct Group {
    name: String,
    about: String,
    /// Names of objects.
    members: Vec<String>,
    /// Names of groups.
    groups: Vec<String>,
}

/// Ports as an object.
#[derive(Serialize)]
pub(super) struct ServiceObject {
    name: String,
    transport: &'static str,
    /// Each pair of ranges: from, to. `None` for any port.
    pairs: Vec<(Option<String>, String)>,
    sources: Vec<String>,
    destinations: Vec<String>,
}

/// An end of a rule: the name of an object or group, and whether all but its addresses are meant.
#[derive(Serialize)]
pub(super) struct End {
    pub(super) name: String,
    pub(super) any: bool,
    pub(super) negated: bool,
}

/// The objects and groups of a draft; no group has more than `most` members. `about` makes a description fit.
pub(super) fn objects(draft: &Draft<'_>, most: usize, about: impl Fn(&str) -> String) -> (Vec<Object>, Vec<Group>) {
    let mut nets: BTreeMap<Ipv4Net, &str> = draft.nets.iter().map(|(net, about)| (*net, about.as_str())).collect();
    let mut groups = Vec::new();
    if draft.internet().is_some() {
        for net in &draft.plan.inside {
            nets.entry(*net).or_insert("");
        }
        let what = "what is declared and is not the internet here".to_owned();
        grouped(INSIDE.to_owned(), what, &draft.plan.inside, most, &mut groups);
    }
    for (key, list) in &draft.lists {
        grouped(group_name(key), about(&list.names), &list.nets, most, &mut groups);
    }
    let object = |(net, names): (Ipv4Net, &str)| Object {
        name: object_name(net),
        net: net.to_string(),
        address: net.network().to_string(),
        mask: net.netmask().to_string(),
        about: about(names),
    };
    (nets.into_iter().map(object).collect(), groups)
}

/// A description of at most `limit` bytes: the names, or where they do not fit a digest of them; `rules.csv` has them all.
pub(super) fn about(names: &str, limit: usize, escape: impl Fn(&str) -> String) -> String {
    fitting([names.to_owned()], names, limit, escape)
}

/// A group; where there are more than `most` members, a group of groups.
fn grouped(name: String, about: String, nets: &[Ipv4Net], most: usize, groups: &mut Vec<Group>) {
    let members = |nets: &[Ipv4Net]| nets.iter().copied().map(object_name).collect::<Vec<_>>();
    if nets.len() <= most {
        groups.push(Group { name, about, members: members(nets), groups: Vec::new() });
        return;
    }
    let part = |(at, nets): (usize, &[Ipv4Net])| Group {
        name: format!("{name}.{}", at + 1),
        about: about.clone(),
        members: members(nets),
        groups: Vec::new(),
    };
    let parts: Vec<Group> = nets.chunks(most).enumerate().map(part).collect();
    let names: Vec<String> = parts.iter().map(|group| group.name.clone()).collect();
    groups.extend(parts);
    groups.push(Group { name, about, members: Vec::new(), groups: names });
}

/// The services of a draft.
pub(super) fn services(draft: &Draft<'_>) -> Vec<ServiceObject> {
    let said = |ports: &[PortRange]| ports.iter().map(ToString::to_string).collect::<Vec<_>>();
    let object = |service: Service<'_>| {
        let sources = service.source_ports.map(said);
        let destinations = said(service.ports);
        let from: Vec<Option<String>> =
            sources.as_ref().map_or_else(|| vec![None], |sources| sources.iter().cloned().map(Some).collect());
        let pairs = from.iter().flat_map(|from| destinations.iter().map(move |to| (from.clone(), to.clone()))).collect();
        ServiceObject {
            name: service.name(MAX_SERVICE),
            transport: service.transport,
            pairs,
            sources: sources.unwrap_or_default(),
            destinations,
        }
    };
    draft.services().into_iter().map(object).collect()
}

/// The service of a rule.
pub(super) fn service(drafted: &DraftRule<'_>) -> String {
    Service::of(drafted.rule).name(MAX_SERVICE)
}

/// How a rule names a place.
pub(super) fn end(place: &Place) -> End {
    let (name, any, negated) = match place {
        Place::Any => (String::new(), true, false),
        Place::Internet => (INSIDE.to_owned(), false, true),
        Place::Net(net) => (object_name(*net), false, false),
        Place::List(key) => (group_name(key), false, false),
    };
    End { name, any, negated }
}

/// `h_10.10.0.10` for an address, `n_10.10.0.0_22` for more; at most 20 characters.
fn object_name(net: Ipv4Net) -> String {
    match net.prefix_len() == net.max_prefix_len() {
        true => format!("h_{}", net.addr()),
        false => format!("n_{}_{}", net.network(), net.prefix_len()),
    }
}

fn group_name(key: &str) -> String {
    format!("g_{key}")
}
