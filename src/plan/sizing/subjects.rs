//! What a topology states, by the names of formulas.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use super::addresses::{AddressUse, addresses};
use super::edges::{LOADS, capacity_row};
use super::links::Behind;
use super::tested::tested_row;
use super::{Origin, Overrides, Subject};
use crate::catalog::{Assumption, EdgeCapacity, Limit, Measured, PoolCapacity, fact, facts};
use crate::formula::Number;
use crate::lower::{Decl, Value};
use crate::model::{Detail, Group, GroupId, PoolConfiguration, Site, Topology, is_private};
use crate::plan::Lines;
use crate::product::{Feature, GroupKind, Relation, Role, Side};

/// Seconds of a day.
const DAY: u64 = 86_400;

/// Everything that figures are of, in the order of the sheet.
pub(super) fn subjects(topology: &Topology, lines: &Lines<'_>) -> Vec<Subject> {
    let facts = Facts::new(topology, lines);
    let mut subjects = vec![facts.organization()];
    subjects.extend(topology.groups.iter().filter_map(|group| facts.pool(group)));
    let held = addresses(topology);
    subjects.extend(topology.sites.iter().zip(&held).map(|(site, held)| facts.site(site, held)));
    let behind = Behind::new(topology);
    subjects.extend(topology.wan_links.iter().map(|link| facts.link(link, &behind)));
    subjects.extend(topology.groups.iter().filter_map(|group| facts.edge(group)));
    subjects.extend(topology.groups.iter().filter_map(|group| facts.records(group)));
    subjects.extend(facts.voice());
    subjects
}

/// What a topology states in its `user_model` in place of rows.
pub(super) fn overrides(topology: &Topology, lines: &Lines<'_>) -> Overrides {
    let stated = Facts::new(topology, lines);
    let Some(model) = stated.model else { return Overrides::new() };
    let rows = facts::<Assumption>(topology.organization.product);
    let replaced = rows.iter().filter_map(|row| {
        let attribute = row.id.replace('.', "_");
        let stated = model.get(&attribute)?;
        let value = match &stated.value {
            Value::Integer(value) => Number::from_integer((*value).into()),
            Value::Percent(hundredths) => Number::new((*hundredths).into(), 100),
            _ => return None,
        };
        let stated = lines.source_ref(format!("{}.user_model", topology.organization.name), Some(stated.span));
        let default = Number::from_integer(row.value.into());
        Some((row.id.clone(), (value, Origin::Override { stated: stated.into(), id: &row.id, default })))
    });
    replaced.collect()
}

struct Facts<'a> {
    lines: &'a Lines<'a>,
    topology: &'a Topology,
    model: Option<&'a Decl>,
    voice: Option<&'a Decl>,
    compliance: Option<&'a Decl>,
    /// Declarations of pools, and of what is inside them, and of edge arrays, by path.
    pools: BTreeMap<String, &'a Decl>,
}

impl<'a> Facts<'a> {
    fn new(topology: &'a Topology, lines: &'a Lines<'a>) -> Self {
        let organization = topology.decls.blocks("organization").next();
        let mut pools = BTreeMap::new();
        for site in topology.decls.blocks("site") {
            for decl in site
                .children
                .iter()
                .filter(|decl| matches!(decl.kind(), "enterprise_pool" | "standard_edition" | "file_share" | "edge_array"))
            {
                let path = format!("{}.{}", site.name, decl.name);
                pools.extend(decl.blocks("file_share").map(|share| (format!("{path}.{}", share.name), share)));
                pools.insert(path, decl);
            }
        }
        Self {
            lines,
            topology,
            model: organization.and_then(|organization| organization.block("user_model")),
            voice: topology.decls.blocks("voice").next(),
            compliance: organization.and_then(|organization| organization.block("compliance")),
            pools,
        }
    }

    fn from(&self, path: impl Into<String>, span: crate::text::Span) -> Origin {
        Origin::Topology(self.lines.source_ref(path, Some(span)).into())
    }

    fn has(&self, feature: Feature) -> bool {
        self.topology.organization.feature(feature).is_some()
    }

    /// A figure of `user_model` that is no constant.
    fn stated(&self, subject: &mut Subject, name: &'static str) {
        let Some(model) = self.model else { return };
        let value = model.integer(name).or_else(|| model.size(name));
        if let Some(value) = value {
            subject.set(name, value.value, self.from(format!("{}.user_model", self.topology.organization.name), value.span));
        }
    }

    fn organization(&self) -> Subject {
        let organization = &self.topology.organization;
        let declared = self.lines.source_ref(organization.name.clone(), Some(organization.span));
        let mut subject = Subject::new(Measured::Organization, declared);
        let own = || self.from(organization.name.clone(), organization.span);
        if let Some(users) = self.users() {
            subject.set("users", users, own());
        }
        let site_users: Option<u64> = self
            .topology
            .sites
            .iter()
            .filter_map(|site| site.users.as_ref())
            .map(|users| users.value)
            .reduce(|a, b| a.saturating_add(b));
        if let Some(users) = site_users {
            subject.set("site_users", users, own());
        }
        self.share(&mut subject);
        let pools = self.topology.groups.iter().filter(|group| matches!(group.detail, Detail::Pool { .. })).count();
        subject.set("pools", pools as u64, own());
        let web_access = self.topology.groups.iter().filter(|group| group.kind == GroupKind::WebAccess);
        subject.set("web_access_servers", web_access.map(|group| group.servers.len() as u64).sum(), own());
        self.stated(&mut subject, "web_access_sessions");
        subject
    }

    /// The users of all pools, where every pool states its own.
    fn users(&self) -> Option<u64> {
        let pools = self.topology.groups.iter().filter_map(|group| match &group.detail {
            Detail::Pool { users, .. } => Some(users.as_ref().map(|users| users.value)),
            _ => None,
        });
        let all: Option<Vec<u64>> = pools.collect();
        all.filter(|users| !users.is_empty()).map(|users| users.into_iter().fold(0, u64::saturating_add))
    }

    fn share(&self, subject: &mut Subject) {
        let Some(share) = &self.topology.organization.external.share else { return };
        let origin = self.from(format!("{}.external_access", self.topology.organization.name), share.span);
        subject.inputs.insert("share", super::Input { value: Number::new(share.value.into(), 100), origin });
    }

    fn pool(&self, group: &Group) -> Option<Subject> {
        let Detail::Pool { configuration, users, .. } = &group.detail else { return None };
        let mut subject = Subject::new(Measured::Pool, self.lines.source_ref(group.path.clone(), Some(group.span)));
        let own = || self.from(group.path.clone(), group.span);
        if let Some(users) = users {
            subject.set("users", users.value, self.from(group.path.clone(), users.span));
        }
        let decl = self.pools.get(&group.path).copied();
        let tested = tested_row(self.topology, group);
        if let Some(tested) = tested {
            tested_inputs(&mut subject, tested);
        }
        if *configuration == PoolConfiguration::Expanded {
            subject.words.push("expanded");
        }
        let roles = [
            ("front_ends", Role::FrontEnd),
            ("web_conferencing_servers", Role::WebConferencing),
            ("av_conferencing_servers", Role::AvConferencing),
            ("web_components_servers", Role::WebComponents),
        ];
        for (name, role) in roles {
            if let Some(endpoint) = self.topology.group_endpoint(group.id, role, Side::Inside) {
                subject.set(name, endpoint.members.len() as u64, own());
            }
        }
        let front = self.topology.group_endpoint(group.id, Role::FrontEnd, Side::Inside);
        if let Some(vip) = front.and_then(|endpoint| endpoint.vip.as_ref()) {
            let balancer = self.topology.load_balancer(vip.load_balancer);
            if !balancer.snat_addresses.is_empty() {
                let origin = self.from(balancer.path.clone(), balancer.span);
                subject.set("snat_addresses", balancer.snat_addresses.len() as u64, origin);
            }
        }
        self.stated(&mut subject, "address_book_file");
        self.volumes(&mut subject, group, decl);
        Some(subject)
    }

    /// The volumes of a pool and of its share.
    fn volumes(&self, subject: &mut Subject, group: &Group, decl: Option<&Decl>) {
        let share = group.related(Relation::FileShare).next().map(|id| self.topology.group(id).path.as_str());
        let share = share.and_then(|path| self.pools.get(path).copied());
        for (name, held) in [("content_volume", "content"), ("address_book_volume", "address_book")] {
            let volumes = decl.into_iter().chain(share).flat_map(|decl| decl.blocks("storage"));
            let holding = volumes.filter(|volume| volume.choices("holds").any(|word| word.value == held));
            let sizes: Vec<_> = holding.filter_map(|volume| volume.size("size")).collect();
            if let Some(first) = sizes.first() {
                let total = sizes.iter().fold(0_u64, |sum, size| sum.saturating_add(size.value));
                subject.set(name, total, self.from(group.path.clone(), first.span));
            }
        }
    }

    fn site(&self, site: &Site, held: &BTreeMap<Ipv4Addr, AddressUse>) -> Subject {
        let mut subject = Subject::new(Measured::Site, self.lines.source_ref(site.name.clone(), Some(site.span)));
        if let Some(users) = &site.users {
            subject.set("users", users.value, self.from(site.name.clone(), users.span));
        }
        let (private, public): (Vec<Ipv4Addr>, Vec<Ipv4Addr>) = held.keys().partition(|address| is_private(**address));
        subject.set("private_addresses", private.len() as u64, self.from(site.name.clone(), site.span));
        subject.set("public_addresses", public.len() as u64, self.from(site.name.clone(), site.span));
        subject
    }

    fn link(&self, link: &crate::model::WanLink, behind: &Behind) -> Subject {
        let mut subject = Subject::new(Measured::WanLink, self.lines.source_ref(link.path.clone(), Some(link.span)));
        let own = || self.from(link.path.clone(), link.span);
        if let Some(bandwidth) = link.bandwidth {
            subject.set("bandwidth", bandwidth, own());
        }
        if let Some(latency) = &link.latency {
            subject.set("latency", latency.value, own());
        }
        if let Some((users, telephone)) = behind.users(self.topology, link) {
            subject.set("users", users, own());
            let telephone = if self.has(Feature::EnterpriseVoice) { telephone } else { 0 };
            subject.set("telephone_users", telephone, own());
        }
        self.calls(&mut subject);
        subject
    }

    /// How often users telephone.
    fn calls(&self, subject: &mut Subject) {
        let volume = self.voice.and_then(|voice| voice.choice("call_volume"));
        let word = volume.as_ref().map_or("light", |volume| volume.value);
        let Some(row) = fact::<Assumption>(self.topology.organization.product, &format!("calls.{word}")) else { return };
        let origin = match volume {
            Some(volume) => self.from("voice", volume.span),
            None => Origin::Assumed("`call_volume` of `voice` is not stated: light use"),
        };
        subject.set("calls_per_hour", row.value, origin);
    }

    fn edge(&self, group: &Group) -> Option<Subject> {
        if group.kind != GroupKind::EdgeArray {
            return None;
        }
        let mut subject = Subject::new(Measured::EdgeArray, self.lines.source_ref(group.path.clone(), Some(group.span)));
        let own = || self.from(group.path.clone(), group.span);
        // All outside users sign in through the one Access Edge; conferences use the Edge Servers of each pool.
        let has_access = self.topology.group_endpoint(group.id, Role::AccessEdge, Side::Outside).is_some();
        let users = if has_access { self.users() } else { self.users_by_media(group) };
        if let Some(users) = users.filter(|_| self.has(Feature::RemoteUsers)) {
            subject.set("users", users, own());
        }
        self.share(&mut subject);
        type Carries = fn(&EdgeCapacity) -> Option<u64>;
        let roles: [(Role, &'static str, &'static str, &'static str, Carries); 3] = [
            (Role::AccessEdge, "access_connections", "access_server", "access_servers", |row| row.access_connections),
            (
                Role::WebConferencingEdge,
                "web_conferencing_connections",
                "web_conferencing_server",
                "web_conferencing_servers",
                |row| row.web_conferencing_connections,
            ),
            (Role::AvEdge, "av_sessions", "av_server", "av_servers", |row| row.av_sessions),
        ];
        for (role, all, one, servers, carries) in roles {
            let Some(endpoint) = self.topology.group_endpoint(group.id, role, Side::Outside) else { continue };
            let rows: Option<Vec<(&EdgeCapacity, u64)>> = endpoint
                .members
                .iter()
                .map(|member| {
                    let row = capacity_row(self.topology, group, member)?;
                    Some((row, carries(row)?))
                })
                .collect();
            let Some(rows) = rows.filter(|rows| !rows.is_empty()) else { continue };
            let Some((least, carried)) = rows.iter().min_by_key(|(_, carried)| *carried).copied() else { continue };
            subject.set(all, rows.iter().map(|(_, carried)| carried).sum(), own());
            subject.set(one, carried, Origin::Row { kind: "edge_capacities", id: &least.id });
            subject.set(servers, endpoint.members.len() as u64, own());
        }
        self.stated(&mut subject, "web_conferences_outside");
        self.stated(&mut subject, "av_sessions_outside");
        let array = self.pools.get(&group.path);
        for (block, attr, name) in LOADS {
            let stated = array.and_then(|array| array.block(block)).and_then(|block| block.integer(attr));
            if let Some(stated) = stated {
                subject.set(name, stated.value, self.from(format!("{}.{block}", group.path), stated.span));
            }
        }
        Some(subject)
    }

    fn dependants(&self, relation: Relation, group: &Group) -> impl Iterator<Item = &'a Group> {
        let topology = self.topology;
        let mut dependants: Vec<GroupId> = topology.dependants(relation, group.id).iter().map(|(id, _)| *id).collect();
        // A relation may be stated twice.
        dependants.dedup();
        dependants.into_iter().map(|id| topology.group(id))
    }

    /// The users of the pools whose media goes through an array.
    fn users_by_media(&self, group: &Group) -> Option<u64> {
        let pools = self.dependants(Relation::AvEdge, group);
        let users = pools.filter_map(|pool| match &pool.detail {
            Detail::Pool { users, .. } => users.as_ref().map(|users| users.value),
            _ => None,
        });
        users.reduce(u64::saturating_add)
    }

    fn records(&self, group: &Group) -> Option<Subject> {
        let (measured, relation) = match group.kind {
            GroupKind::ArchivingServer => (Measured::ArchivingServer, Relation::Archiving),
            GroupKind::MonitoringServer => (Measured::MonitoringServer, Relation::Monitoring),
            _ => return None,
        };
        let mut subject = Subject::new(measured, self.lines.source_ref(group.path.clone(), Some(group.span)));
        let pools = self.dependants(relation, group);
        let users = pools.filter_map(|pool| match &pool.detail {
            Detail::Pool { users: Some(users), .. } => Some(users.value.div_ceil(pool.related(relation).count().max(1) as u64)),
            _ => None,
        });
        if let Some(users) = users.reduce(u64::saturating_add) {
            subject.set("users", users, self.from(group.path.clone(), group.span));
        }
        if let Some(kept) = self.compliance.and_then(|compliance| compliance.duration("retention")) {
            let origin = self.from(format!("{}.compliance", self.topology.organization.name), kept.span);
            subject.set("purge_days", kept.value.div_ceil(DAY), origin);
        } else if measured == Measured::MonitoringServer
            && let Some(row) = fact::<Limit>(self.topology.organization.product, "monitoring.retention")
        {
            subject.set("purge_days", row.value, Origin::Row { kind: "limits", id: &row.id });
        }
        if self.has(Feature::ImArchiving) {
            subject.words.push("im_archiving");
        }
        Some(subject)
    }

    fn voice(&self) -> Option<Subject> {
        if !self.has(Feature::EnterpriseVoice) {
            return None;
        }
        let organization = &self.topology.organization;
        let span = self.voice.map_or(organization.span, |voice| voice.span);
        let mut subject = Subject::new(Measured::Voice, self.lines.source_ref("voice", Some(span)));
        let own = || self.from("voice", span);
        match self.voice.and_then(|voice| voice.integer("users")) {
            Some(users) => subject.set("users", users.value, self.from("voice", users.span)),
            None => {
                if let Some(users) = self.users() {
                    subject.set("users", users, own());
                }
            }
        }
        self.calls(&mut subject);
        let volume = self.voice.and_then(|voice| voice.choice("call_volume")).map_or("light", |volume| volume.value);
        if let Some(row) = fact::<Limit>(organization.product, &format!("media_gateway.users_per_port.{volume}")) {
            subject.set("users_per_port", row.value, Origin::Row { kind: "limits", id: &row.id });
        }
        let groups = || self.topology.groups.iter();
        let gateways: Vec<Option<u64>> = groups()
            .filter_map(|group| match group.detail {
                Detail::Gateway { ports, .. } => Some(ports),
                _ => None,
            })
            .collect();
        subject.set("gateways", gateways.len() as u64, own());
        if let Some(ports) = gateways.iter().copied().collect::<Option<Vec<u64>>>().filter(|ports| !ports.is_empty()) {
            subject.set("gateway_ports", ports.into_iter().fold(0, u64::saturating_add), own());
        }
        let mediation = groups().filter(|group| group.kind == GroupKind::MediationServer).count();
        subject.set("mediation_servers", mediation as u64, own());
        let ranges: Option<Vec<u64>> = groups()
            .filter_map(|group| match &group.detail {
                Detail::Mediation { media_ports, .. } => {
                    Some(media_ports.as_ref().map(|range| u64::from(range.value.last - range.value.first) + 1))
                }
                _ => None,
            })
            .collect();
        if let Some(ports) = ranges.filter(|ranges| !ranges.is_empty()) {
            subject.set("media_ports", ports.into_iter().sum(), own());
        }
        self.stated(&mut subject, "ports_of_a_gateway");
        Some(subject)
    }
}

/// The tested topology of a pool as values.
pub(crate) fn tested_inputs(subject: &mut Subject, tested: &'static PoolCapacity) {
    let row = || Origin::Row { kind: "pool_capacities", id: &tested.id };
    subject.set("tested_users", tested.users, row());
    subject.set("tested_front_ends", tested.front_ends, row());
    for (name, servers) in [
        ("tested_web_conferencing_servers", tested.web_conferencing_servers),
        ("tested_av_conferencing_servers", tested.av_conferencing_servers),
        ("tested_web_components_servers", tested.web_components_servers),
    ] {
        if servers > 0 {
            subject.set(name, servers, row());
        }
    }
}
