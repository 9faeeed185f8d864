//! Values of the organization, sites, zones, firewalls and load balancers, by their names in the vocabulary.

use std::collections::{BTreeMap, BTreeSet};

use super::FileForm;
use super::facts::Facts;
use super::group_values::named;
use super::operated::{listed, operated};
use super::value::{Item, Value};
use crate::catalog::{DnsView, IpsecExemption, RecordType, Setting, Task, fact, facts};
use crate::lower::{Decl, Fqdn, Value as Written};
use crate::model::{Endpoint, Federation, Group, LoadBalancerId, Named, SiteId};
use crate::plan::balancer::{BalancerPlan, Listener};
use crate::plan::device::operations;
use crate::plan::dns::{RecordData, Zone as DnsZone, ZoneKind};
use crate::plan::firewall::{FirewallRule, Party};
use crate::plan::naming::needed;
use crate::product::{GroupKind, IssuerKind, NatMode, Relation, Role, Side, Transport, Zone};

/// How many rules of a firewall, and pointers of a zone, are tried as examples.
const EXAMPLES: usize = 3;

/// How many names of a zone are looked up without a service record that leads to them.
const LOOKUPS: usize = 12;

impl<'a> Facts<'a> {
    /// All present values of the organization.
    pub(super) fn organization_values(&self) -> BTreeMap<&'static str, Value> {
        let topology = self.inputs.plans.topology;
        let organization = &topology.organization;
        let names = |names: Vec<Value>| Value::list(names.into_iter().map(|name| vec![("name", name)]).collect());
        let access = self.inside(Role::AccessEdge);
        let usual = || fact::<Setting>(organization.product, "global_settings")?.default.as_deref();
        let system = organization.global_settings.or_else(usual) == Some("system_container");
        let federation = organization.external.federation;
        let voice = |kind| Value::list(self.voice(kind).into_iter().map(|line| vec![("line", Value::Code(line))]).collect());
        let values = [
            ("organization", Some(Value::Text(organization.name.clone()))),
            ("product", Some(Value::Text(organization.product.title().to_owned()))),
            ("systems", self.systems_of_release()),
            ("records_table", {
                let any = self.inputs.plans.dns().records().next().is_some();
                any.then(|| Value::File(self.inputs.files.records.to_owned()))
            }),
            ("certificates_table", {
                let any = !self.inputs.plans.certificates().certificates.is_empty();
                any.then(|| Value::File(self.inputs.files.certificates.to_owned()))
            }),
            ("global", Some(Value::Word(if system { "system" } else { "configuration" }))),
            ("global_stated", Value::flag(organization.global_settings.is_some())),
            ("schema_prepared", Value::flag(organization.schema_prepared)),
            ("forest_prepared", Value::flag(organization.forest_prepared)),
            ("standalone_authorities", {
                let standalone = organization.authorities.iter().filter(|authority| authority.kind == IssuerKind::Standalone);
                Value::list(standalone.map(|authority| vec![("name", Value::File(authority.name.clone()))]).collect())
            }),
            ("sip_domains", names(organization.sip_domains.iter().map(|domain| Value::name(&domain.value)).collect())),
            ("hosting_domains", names(self.hosting.iter().map(Value::name).collect())),
            ("pools", Value::list(self.pools(topology.groups.iter()))),
            ("access_edges", Value::list(access.iter().filter_map(|endpoint| self.named_endpoint(endpoint)).collect())),
            ("access_names", names(self.access_names().into_iter().map(Value::name).collect())),
            ("web_conferencing_edges", Value::list(self.web_conferencing_edges())),
            ("av_edges", {
                let edges = self.inside(Role::AvEdge);
                Value::list(edges.iter().filter_map(|endpoint| self.named_endpoint(endpoint)).collect())
            }),
            ("federation_route", self.federation_route(&access).map(Value::name)),
            ("route_is_director", Value::flag(self.access_director(&access).is_some())),
            ("allowed_partners", Value::flag(federation == Federation::AllowedPartners)),
            ("partners", Value::list(self.partners(true))),
            ("found_partners", Value::list(self.partners(false))),
            ("public_providers", {
                names(
                    organization.external.public_im.iter().map(|provider| Value::Text(provider_title(provider.value))).collect(),
                )
            }),
            ("ipsec_exemptions", Value::list(self.ipsec_exemptions())),
            ("networks_without_router", self.networks_without_router()),
            ("location_profiles", voice("location_profile")),
            ("only_profile", self.only_profile()),
            ("phone_usages", voice("phone_usage")),
            ("voice_policies", voice("policy")),
            ("voice_routes", voice("route")),
        ];
        values.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// The names of Access Edges outside.
    fn access_names(&self) -> BTreeSet<&'a Fqdn> {
        let outside = self.names.endpoints(Role::AccessEdge, Side::Outside).iter().copied();
        outside.filter_map(|endpoint| endpoint.fqdn.as_ref().map(|name| &name.value)).collect()
    }

    /// The listed partners: those with a written Access Edge, or those that DNS leads to.
    fn partners(&self, written: bool) -> Vec<Item> {
        let access = self.inputs.plans.topology.decls.blocks("organization").flat_map(|block| block.blocks("external_access"));
        let item = |partner: &Decl| {
            let domain = Value::name(&partner.fqdn("sip_domain")?.value);
            match (partner.fqdn("access_edge"), written) {
                (Some(edge), true) => Some(vec![("domain", domain), ("access_edge", Value::name(&edge.value))]),
                (None, false) => Some(vec![("domain", domain)]),
                _ => None,
            }
        };
        access.flat_map(|block| block.blocks("partner")).filter_map(item).collect()
    }

    /// The traffic that IPsec policies must exempt, for the roles in the topology.
    fn ipsec_exemptions(&self) -> Vec<Item> {
        let topology = self.inputs.plans.topology;
        let product = topology.organization.product;
        let played = |row: &&IpsecExemption| match row.role {
            Role::Client => topology.networks.iter().any(|network| network.clients),
            role => topology.endpoints_of(role, row.side).next().is_some(),
        };
        let paths = |groups: BTreeSet<&str>| Value::codes(groups);
        let places = |row: &IpsecExemption| match row.role {
            Role::Client => {
                paths(topology.networks.iter().filter(|network| network.clients).map(|network| network.path.as_str()).collect())
            }
            role => {
                paths(topology.endpoints_of(role, row.side).map(|endpoint| self.group(endpoint.group).path.as_str()).collect())
            }
        };
        let item = |row: &IpsecExemption| {
            let transports: Vec<&str> = row.transport.iter().map(|transport| transport.word()).collect();
            let from = row.source_ports.map_or_else(String::new, |ports| format!(" from ports {ports}"));
            let side = if row.side == Side::Inside { String::new() } else { format!(", {}", row.side.word()) };
            let traffic = format!("{}{from}, both ways: {}", transports.join(" and "), row.purpose);
            let role = Value::Text(format!("{}{side}", row.role.title_in(product)));
            vec![("role", role), ("traffic", Value::Text(traffic)), ("places", places(row))]
        };
        let rows = facts::<IpsecExemption>(product).iter().filter(|row| row.is_exempt());
        rows.filter(|row| needed(&row.when, &topology.organization).is_some()).filter(played).map(item).collect()
    }

    pub(super) fn domain_value(&self, at: usize, name: &str) -> Option<Value> {
        let fqdn = &self.hosting[at];
        match name {
            "domain" => Some(Value::name(fqdn)),
            "domain_prepared" => {
                let domains = &self.inputs.plans.topology.organization.domains;
                Value::flag(domains.iter().any(|domain| domain.fqdn.value == *fqdn && domain.prepared))
            }
            "users_only" => {
                let topology = self.inputs.plans.topology;
                let accounts =
                    topology.organization.domains.iter().any(|domain| domain.fqdn.value == *fqdn && domain.user_accounts);
                let of_site = topology.sites.iter().any(|site| site.domain.as_ref().is_some_and(|domain| domain.value == *fqdn));
                Value::flag(accounts && !of_site)
            }
            _ => None,
        }
    }

    pub(super) fn site_value(&self, site: SiteId, name: &str) -> Option<Value> {
        let declared = self.inputs.plans.topology.site(site);
        match name {
            "site" => Some(Value::Code(declared.name.clone())),
            "site_users" => declared.users.as_ref().map(|users| Value::Number(users.value)),
            "site_pools" => Value::list(self.pools(self.by_site[site.index()].iter().map(|id| self.group(*id)))),
            _ => None,
        }
    }

    pub(super) fn zone_value(&self, at: usize, name: &str) -> Option<Value> {
        let (view, zone) = self.zones[at];
        match name {
            "zone" => Some(Value::name(&zone.name)),
            "view" => Some(Value::Word(view.word())),
            "artifact" => Some(Value::File((self.inputs.files.zone)(view, zone))),
            "records" => Some(Value::Number(zone.records.len() as u64)),
            "external_view" => Value::flag(view == DnsView::External),
            "whole" => Value::flag(zone.soa.is_some()),
            "owner" => zone.owner.clone().map(Value::Text),
            "forms" => forms((self.inputs.files.zone_forms)(view, zone)),
            "public_domain" => Value::flag(view == DnsView::Internal && zone.kind == ZoneKind::SipDomain),
            "directory" => Value::flag(zone.directory),
            "services" => Value::list(services(zone)),
            "lookups" => Value::list(lookups(zone)),
            "pointers" => Value::list(pointers(zone)),
            "addresses" => Value::list(zone.records.iter().filter_map(address).collect()),
            _ => self.zone_way(view, zone, name),
        }
    }

    /// A way to change a zone: `<way>` what is done, `<way>_file` the file of it, `<way>_undo` the way back.
    fn zone_way(&self, view: DnsView, zone: &DnsZone, name: &str) -> Option<Value> {
        let ways = (self.inputs.files.zone_ways)(view, zone);
        let (way, file) =
            ways.iter().find(|(way, _)| name.strip_prefix(way).is_some_and(|rest| matches!(rest, "" | "_file" | "_undo")))?;
        let done = |wanted: fn(Task) -> bool| {
            let rules = file.rsplit_once('/').map_or(file.as_str(), |(_, name)| name);
            let values = vec![("rules", rules.to_owned()), ("zone", zone.name.to_string())];
            listed(operations(way, &values).iter().filter(|operation| wanted(operation.task)))
        };
        match name.strip_prefix(way) {
            Some("_file") => Some(Value::File(file.clone())),
            Some("_undo") => done(|task| task == Task::Undo),
            _ => done(|task| task != Task::Undo),
        }
    }

    pub(super) fn firewall_value(&self, at: usize, name: &str) -> Option<Value> {
        let firewall = self.firewall(at);
        let joins = |zone| Value::flag(firewall.networks.iter().any(|network| network.zone == zone));
        match name {
            "firewall" => Some(Value::Code(firewall.path.clone())),
            "rules" => Some(Value::Number(firewall.rules.len() as u64)),
            "networks" => {
                let item = |network: &crate::plan::firewall::JoinedNetwork| {
                    vec![("network", Value::Code(network.path.clone())), ("range", Value::Code(network.range.to_string()))]
                };
                Value::list(firewall.networks.iter().map(item).collect())
            }
            "table" => (self.inputs.files.firewall_table)(firewall).map(Value::File),
            "ruleset" => (self.inputs.files.firewall_rules)(firewall).into_iter().next().map(Value::File),
            "rulesets" => {
                let files = (self.inputs.files.firewall_rules)(firewall).into_iter();
                Value::list(files.map(|file| vec![("file", Value::File(file))]).collect())
            }
            "examples" => Value::list(firewall.rules.iter().filter_map(example).take(EXAMPLES).collect()),
            "faces_internet" => joins(Zone::Internet),
            "faces_inside" => joins(Zone::Internal),
            "withheld" => Value::list(self.withheld_at(at)),
            "forms" => forms((self.inputs.files.firewall_forms)(firewall, self.inputs.dialects)),
            "nats" => {
                let item = |nat: &crate::plan::firewall::Nat| {
                    vec![("public", Value::Address(nat.public)), ("inside", Value::Address(nat.inside))]
                };
                Value::list(firewall.nats.iter().map(item).collect())
            }
            _ => operated(name, || self.operations(at)),
        }
    }

    pub(super) fn load_balancer_value(&self, id: LoadBalancerId, name: &str) -> Option<Value> {
        let balancer = self.inputs.plans.topology.load_balancer(id);
        // Plans are in the order of the load balancers.
        let plan = self.inputs.plans.balancers().get(id.index());
        match name {
            "load_balancer" => Some(Value::Code(balancer.path.clone())),
            "nat" => Some(Value::Word(match balancer.nat {
                NatMode::Snat => "SNAT, servers see the address of the balancer",
                NatMode::Dnat => "DNAT, servers see the address of the client",
            })),
            "idle_seconds" => balancer.idle_timeout.as_ref().map(|seconds| Value::Number(seconds.value)),
            "snat_addresses" => {
                let addresses = balancer.snat_addresses.iter().map(|address| vec![("address", Value::Address(address.value))]);
                Value::list(addresses.collect())
            }
            "keeps_client" => Value::flag(balancer.nat == NatMode::Dnat),
            "vips" => Value::list(self.vips(plan?)),
            "listeners" => plan.and_then(self.inputs.files.listeners).map(Value::File),
            "into_rotation" => self.rotation(plan?, Task::IntoRotation),
            "out_of_rotation" => self.rotation(plan?, Task::OutOfRotation),
            "configuration" => plan.and_then(self.inputs.files.load_balancer).map(Value::File),
            "forms" => plan.and_then(|plan| forms((self.inputs.files.balancer_forms)(plan, self.inputs.dialects))),
            _ => {
                let values = plan.filter(|plan| !plan.listeners.is_empty()).map(self.inputs.files.balancer_values);
                operated(name, || values.map(|values| operations(balancer.dialect.word(), &values)).unwrap_or_default())
            }
        }
    }

    /// The inside endpoints of a role that have servers.
    fn inside(&self, role: Role) -> Vec<&'a Endpoint> {
        self.names.endpoints(role, Side::Inside).iter().copied().filter(|endpoint| !endpoint.members.is_empty()).collect()
    }

    fn named_endpoint(&self, endpoint: &'a Endpoint) -> Option<Item> {
        let (name, _) = self.names.endpoint_name(endpoint)?;
        Some(named(name, self.endpoint_address(endpoint)?))
    }

    /// Web Conferencing Edges are listed one by one, each by its own inside name.
    fn web_conferencing_edges(&self) -> Vec<Item> {
        let mut items = Vec::new();
        for endpoint in self.inside(Role::WebConferencingEdge) {
            let outside = self.endpoint_of(self.group(endpoint.group), Role::WebConferencingEdge, Side::Outside);
            let Some(outside) = outside.and_then(|outside| outside.fqdn.as_ref()) else { continue };
            for member in &endpoint.members {
                let Some((inside, _)) = self.names.server_name(member.server) else { continue };
                items.push(vec![
                    ("inside", Value::name(inside)),
                    ("outside", Value::name(&outside.value)),
                    ("address", Value::Address(member.address.value)),
                ]);
            }
        }
        items
    }

    /// The Director that the Access Edge sends to, if it is one; else the Access Edge's own inside name.
    fn federation_route(&self, access: &[&'a Endpoint]) -> Option<&'a Fqdn> {
        let director = self.access_director(access).and_then(|director| self.group_name(director));
        director.or_else(|| self.names.endpoint_name(access.first()?).map(|(name, _)| name))
    }

    fn access_director(&self, access: &[&'a Endpoint]) -> Option<&'a Group> {
        let hop = self.partner(self.group(access.first()?.group), Relation::NextHop)?;
        matches!(hop.kind, GroupKind::Director | GroupKind::DirectorArray).then_some(hop)
    }

    /// The ports on each virtual address with the servers behind them, in the order of the ports: roles on computers of their own
    /// share the address of a pool and not its ports, and a balancer must not send a port to a server that does not listen there.
    fn vips(&self, balancer: &BalancerPlan) -> Vec<Item> {
        let shown = |listener: &Listener| match listener.transport {
            Transport::Tcp => listener.port.to_string(),
            Transport::Udp => format!("udp/{}", listener.port),
        };
        let mut items: Vec<(&Listener, Vec<String>)> = Vec::new();
        for listener in &balancer.listeners {
            let same = |(first, _): &&mut (&Listener, Vec<String>)| {
                (first.address, &first.group, &first.servers) == (listener.address, &listener.group, &listener.servers)
            };
            match items.iter_mut().rev().take_while(|(first, _)| first.address == listener.address).find(same) {
                Some((_, ports)) => ports.push(shown(listener)),
                None => items.push((listener, vec![shown(listener)])),
            }
        }
        let item = |(listener, ports): (&Listener, Vec<String>)| {
            let members: BTreeSet<String> = listener.servers.iter().map(|behind| self.host(behind.server)).collect();
            vec![
                ("address", Value::Address(listener.address)),
                ("group", Value::Code(listener.group.clone())),
                ("ports", Value::codes(ports)),
                ("members", Value::codes(members)),
            ]
        };
        items.into_iter().map(item).collect()
    }

    /// The blocks of one kind in `voice`, each as lines of its attributes and of the rules in it.
    /// The location profile, where there is exactly one.
    fn only_profile(&self) -> Option<Value> {
        let voice = self.inputs.plans.topology.decls.blocks("voice");
        let mut profiles = voice.flat_map(|voice| voice.blocks("location_profile")).map(|profile| profile.name.clone());
        let first = profiles.next();
        first.filter(|_| profiles.next().is_none()).map(Value::Code)
    }

    fn voice(&self, kind: &str) -> Vec<String> {
        let voice = self.inputs.plans.topology.decls.blocks("voice");
        let mut lines = Vec::new();
        for block in voice.flat_map(|voice| voice.blocks(kind)) {
            lines.push(self.described(block));
            let mut rules: Vec<&Decl> = block.blocks("rule").collect();
            rules.sort_by_key(|rule| rule.integer("order").map_or(u64::MAX, |order| order.value));
            lines.extend(rules.into_iter().map(|rule| format!("  {}", self.described(rule))));
        }
        lines
    }

    fn described(&self, block: &Decl) -> String {
        // Emergency numbers are there to be checked; no page of the console has them.
        let asked = block.attrs.iter().filter(|(name, _)| *name != "emergency_numbers");
        let attrs: Vec<String> = asked.map(|(name, value)| format!("{name} {}", self.written(&value.value))).collect();
        let kind = block.kind().replace('_', " ");
        if attrs.is_empty() { format!("{kind} {}", block.name) } else { format!("{kind} {}: {}", block.name, attrs.join(", ")) }
    }

    /// A value as one types it.
    fn written(&self, value: &Written) -> String {
        match value {
            Written::Text(text) => text.clone(),
            Written::Bool(on) => if *on { "yes" } else { "no" }.to_owned(),
            Written::Integer(number) | Written::Size(number) | Written::Rate(number) | Written::Frequency(number) => {
                number.to_string()
            }
            Written::Duration(seconds) => format!("{seconds} seconds"),
            Written::Percent(hundredths) => format!("{}.{:02} %", hundredths / 100, hundredths % 100),
            Written::Date(date) => date.to_string(),
            Written::TimeOfDay(minutes) => format!("{:02}:{:02}", minutes / 60, minutes % 60),
            Written::Network(network) => network.to_string(),
            Written::Port(port) => port.to_string(),
            Written::Choice(word) => (*word).to_owned(),
            Written::Name(name) => name.to_string(),
            Written::Reference(words) => self.referred(&words.join(".")),
            Written::List(values) => values.iter().map(|value| self.written(&value.value)).collect::<Vec<_>>().join("; "),
            Written::Address(address) => address.to_string(),
        }
    }

    /// What a reference leads to, by the name that a console knows it by.
    fn referred(&self, path: &str) -> String {
        let name = match self.inputs.plans.topology.by_path.get(path) {
            Some(Named::Group(group)) => self.group_name(self.group(*group)),
            _ => None,
        };
        name.map_or_else(|| path.to_owned(), Fqdn::to_string)
    }
}

/// Files with the same content for other tools.
pub(super) fn forms(forms: Vec<FileForm>) -> Option<Value> {
    let item = |form: FileForm| vec![("file", Value::File(form.path)), ("reader", Value::Text(form.reader.to_owned()))];
    Value::list(forms.into_iter().map(item).collect())
}

fn provider_title(word: &str) -> String {
    match word {
        "yahoo" => "Yahoo!".to_owned(),
        other => other.to_uppercase(),
    }
}

/// A connection that a rule of TCP permits.
fn example(rule: &FirewallRule) -> Option<Item> {
    let host = |party: &Party| party.public.or_else(|| party.net.hosts().next()).filter(|_| party.net.prefix_len() == 32);
    let from = rule.sources.iter().find_map(host)?;
    let to = rule.destinations.iter().find_map(host)?;
    let port = rule.destination_ports.first().filter(|_| rule.transport == Transport::Tcp)?.first;
    Some(vec![
        ("transport", Value::Word(rule.transport.word())),
        ("from", Value::Address(from)),
        ("to", Value::Address(to)),
        ("port", Value::Number(port.into())),
        ("rule", Value::Code(rule.id.clone())),
    ])
}

/// All service records of a zone.
fn services(zone: &DnsZone) -> Vec<Item> {
    let answer = |data: &RecordData| match data {
        RecordData::Srv { port, target, .. } => Some(format!("port {port} on {target}")),
        _ => None,
    };
    let item = |(owner, answer)| vec![("name", Value::name(owner)), ("answer", Value::Code(answer))];
    zone.records.iter().filter_map(|record| Some((&record.owner, answer(&record.data)?))).map(item).collect()
}

/// A few names of addresses.
fn pointers(zone: &DnsZone) -> Vec<Item> {
    let item = |record: &crate::plan::dns::Record| match &record.data {
        RecordData::Ptr(name) => Some(vec![("name", Value::name(&record.owner)), ("answer", Value::Code(name.to_string()))]),
        _ => None,
    };
    zone.records.iter().filter_map(item).take(EXAMPLES).collect()
}

/// The addresses that service records of a zone lead to, and a few more.
fn lookups(zone: &DnsZone) -> Vec<Item> {
    let targets: BTreeSet<_> = zone
        .records
        .iter()
        .filter_map(|record| match &record.data {
            RecordData::Srv { target, .. } => Some(target),
            _ => None,
        })
        .collect();
    let addresses = || zone.records.iter().filter(|record| record.data.record_type() == RecordType::A);
    let wanted = addresses().filter(|record| targets.contains(&record.owner));
    let more = addresses().filter(|record| !targets.contains(&record.owner)).take(LOOKUPS);
    wanted.chain(more).filter_map(address).collect()
}

/// A name with its address.
fn address(record: &crate::plan::dns::Record) -> Option<Item> {
    match &record.data {
        RecordData::A(address) => Some(vec![("name", Value::name(&record.owner)), ("answer", Value::Code(address.to_string()))]),
        _ => None,
    }
}
