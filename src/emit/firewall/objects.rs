//! What the dialects with address objects share (Juniper, Palo Alto Networks, Fortinet): an object for each network, groups of
//! them, services. Names are made from addresses and digests, so no text of the topology is one. All begin with [`OURS`], so none
//! is a name that others gave, and each says its content: on a device that only adds, no old member can survive under it.

use std::collections::BTreeMap;

use ipnet::Ipv4Net;
use serde::Serialize;

use super::super::names::fit;
use super::super::{EmitContext, EmitError};
use super::Dialect;
use super::draft::{Draft, DraftRule, Place, Service, fitting, list_key, reason_lines, remark};
use super::head::Head;
use crate::product::PortRange;

/// What the names of all objects and policies begin with. A device may have an `h_10.10.0.10` or a `tcp_443` of others.
const OURS: &str = "ocs_";

/// The longest name of a service.
const MAX_SERVICE: usize = 31;

/// Names of what a file puts on a device beside its rules, in the order in which they can be deleted: a group before its parts.
#[derive(Serialize)]
struct Names {
    groups: Vec<String>,
    objects: Vec<String>,
    services: Vec<String>,
}

impl Names {
    fn new(objects: &[Object], groups: &[Group], services: &[ServiceObject]) -> Self {
        Self {
            groups: groups.iter().rev().map(|group| group.name.clone()).collect(),
            objects: objects.iter().map(|object| object.name.clone()).collect(),
            services: services.iter().map(|service| service.name.clone()).collect(),
        }
    }
}

/// What a platform takes.
pub(super) struct Limits {
    /// The longest name of a policy or a zone, in bytes.
    pub(super) name: usize,
    /// The longest description of a policy, in bytes.
    pub(super) about: usize,
    /// The longest description of an object, in bytes.
    pub(super) object_about: usize,
    /// How many members the smallest models take in one group.
    pub(super) members: usize,
}

/// How wide a comment is.
const WIDTH: usize = 120;

/// A whole configuration, as templates see it.
#[derive(Serialize)]
pub(super) struct View<'a> {
    head: Head<'a>,
    objects: Vec<Object>,
    groups: Vec<Group>,
    services: Vec<ServiceObject>,
    policies: Vec<Policy>,
    names: Names,
}

/// A rule between two zones.
#[derive(Serialize)]
pub(super) struct Policy {
    reason: Vec<String>,
    name: String,
    about: String,
    from: String,
    to: String,
    source: End,
    destination: End,
    service: String,
}

impl<'a> View<'a> {
    /// A draft in a dialect, within its limits.
    pub(super) fn new(draft: &Draft<'a>, cx: &EmitContext<'a>, dialect: &Dialect, limits: &Limits) -> Result<Self, EmitError> {
        let escape = |text: &str| dialect.language.escape(text);
        let zone = |name: &str| fit(name, limits.name);
        let (objects, groups) =
            objects(draft, limits.members, |names| fitting([names.to_owned()], names, limits.object_about, escape));
        let services = services(draft);
        let mut policies = Vec::with_capacity(draft.rules.len());
        for drafted in &draft.rules {
            let (from, to) = draft.between(drafted.rule, dialect.word)?;
            policies.push(Policy {
                reason: reason_lines("", drafted.rule, WIDTH),
                name: fit(&format!("{OURS}{}", drafted.rule.id), limits.name),
                about: remark(drafted.rule, limits.about, escape),
                from: zone(&from.name),
                to: zone(&to.name),
                source: end(draft, &drafted.sources),
                destination: end(draft, &drafted.destinations),
                service: service(drafted),
            });
        }
        let names = Names::new(&objects, &groups, &services);
        Ok(Self { head: Head::new(draft, cx, dialect.word, zone), objects, groups, services, policies, names })
    }
}

/// An address object.
#[derive(Serialize)]
struct Object {
    name: String,
    net: String,
    address: String,
    mask: String,
    about: String,
}

/// A group of objects, or of groups where the platform allows no more members in one.
#[derive(Serialize)]
struct Group {
    name: String,
    about: String,
    /// Names of objects.
    members: Vec<String>,
    /// Names of groups.
    groups: Vec<String>,
}

/// Ports as an object.
#[derive(Serialize)]
struct ServiceObject {
    name: String,
    transport: &'static str,
    /// Each pair of ranges: from, to. `None` for any port.
    pairs: Vec<(Option<String>, String)>,
    sources: Vec<String>,
    destinations: Vec<String>,
}

/// An end of a rule: the name of an object or group, and whether all but its addresses are meant.
#[derive(Serialize)]
struct End {
    name: String,
    any: bool,
    negated: bool,
}

/// The objects and groups of a draft; no group has more than `most` members. `about` makes a description fit.
fn objects(draft: &Draft<'_>, most: usize, about: impl Fn(&str) -> String) -> (Vec<Object>, Vec<Group>) {
    let mut nets: BTreeMap<Ipv4Net, &str> = draft.nets.iter().map(|(net, about)| (*net, about.as_str())).collect();
    let mut groups = Vec::new();
    if draft.internet().is_some() {
        for net in &draft.plan.inside {
            nets.entry(*net).or_insert("");
        }
        let what = "what is declared and is not the internet here".to_owned();
        grouped(inside_name(draft), what, &draft.plan.inside, most, &mut groups);
    }
    for (key, list) in &draft.lists {
        grouped(group_name(key), about(&list.stored), &list.nets, most, &mut groups);
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
fn services(draft: &Draft<'_>) -> Vec<ServiceObject> {
    let texts = |ports: &[PortRange]| ports.iter().map(ToString::to_string).collect::<Vec<_>>();
    let object = |service: Service<'_>| {
        let sources = service.source_ports.map(texts);
        let destinations = texts(service.ports);
        let from: Vec<Option<String>> =
            sources.as_ref().map_or_else(|| vec![None], |sources| sources.iter().cloned().map(Some).collect());
        let pairs = from.iter().flat_map(|from| destinations.iter().map(move |to| (from.clone(), to.clone()))).collect();
        ServiceObject {
            name: service_name(service),
            transport: service.transport,
            pairs,
            sources: sources.unwrap_or_default(),
            destinations,
        }
    };
    draft.services().into_iter().map(object).collect()
}

/// The service of a rule.
fn service(drafted: &DraftRule<'_>) -> String {
    service_name(Service::of(drafted.rule))
}

fn service_name(service: Service<'_>) -> String {
    format!("{OURS}{}", service.name(MAX_SERVICE - OURS.len()))
}

/// How a rule names a place.
fn end(draft: &Draft<'_>, place: &Place) -> End {
    let (name, any, negated) = match place {
        Place::Any => (String::new(), true, false),
        Place::Internet => (inside_name(draft), false, true),
        Place::Net(net) => (object_name(*net), false, false),
        Place::List(key) => (group_name(key), false, false),
    };
    End { name, any, negated }
}

/// `ocs_h_10.10.0.10` for an address, `ocs_n_10.10.0.0_22` for more; at most 24 characters.
fn object_name(net: Ipv4Net) -> String {
    match net.prefix_len() == net.max_prefix_len() {
        true => format!("{OURS}h_{}", net.addr()),
        false => format!("{OURS}n_{}_{}", net.network(), net.prefix_len()),
    }
}

fn group_name(key: &str) -> String {
    format!("{OURS}g_{key}")
}

/// The group of what is not the internet here.
fn inside_name(draft: &Draft<'_>) -> String {
    format!("{OURS}inside_{}", list_key(&draft.plan.inside))
}
