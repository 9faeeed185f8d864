//! Values of groups and servers, by their names in the vocabulary of steps.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use super::facts::{Facts, is_pool};
use super::value::{Item, Value, argument};
use super::{Line, Run};
use crate::lower::Fqdn;
use crate::model::{Detail, Endpoint, Group, PoolConfiguration, Server, ServerId};
use crate::plan::certificate::Certificate;
use crate::plan::dns::HostsEntry;
use crate::product::{GroupKind, PortRange, Relation, Role, Side};

/// Roles of an edge with the letters that LcsCmd knows them by.
const COMPONENTS: [Role; 3] = [Role::AccessEdge, Role::WebConferencingEdge, Role::AvEdge];

impl<'a> Facts<'a> {
    pub(super) fn group_value(&self, group: &'a Group, name: &str) -> Option<Value> {
        let name_of = |relation| self.partner(group, relation).and_then(|other| self.group_name(other)).map(Value::name);
        let outside = |role| self.endpoint_of(group, role, Side::Outside).and_then(|endpoint| endpoint.fqdn.as_ref());
        let outside_name = |role| outside(role).map(|name| Value::name(&name.value));
        let side = |side| self.first_endpoint(group, side).and_then(|endpoint| self.endpoint_address(endpoint));
        let vip = || self.first_endpoint(group, Side::Inside).and_then(|endpoint| endpoint.vip.as_ref());
        match name {
            "group" => Some(Value::Code(group.path.clone())),
            "servers" => Value::list(group.servers.iter().map(|server| self.server_item(*server)).collect()),
            "hosts" => {
                let hosts: Vec<String> = group.servers.iter().map(|server| self.host(*server)).collect();
                Some(Value::codes(hosts))
            }
            "systems" => self.systems_of_group(group),
            "systems_declared" => Value::flag(self.systems_are_declared(group)),
            "sql_server" => self.sql_server(group),
            "sql_2000" => Value::flag(self.databases(group).iter().any(|word| word.starts_with("sql_2000"))),
            "sql_later" => Value::flag(self.databases(group).iter().any(|word| !word.starts_with("sql_2000"))),
            "holds_pool" => {
                let pool = |group: &Group| group.kind == GroupKind::DirectorArray || is_pool(group);
                Value::flag(self.from(group, Relation::BackEnd).any(pool))
            }
            "reverse_proxy" => Value::flag(group.kind == GroupKind::ReverseProxy),
            "web_servers" => Value::list(self.web_servers(group)),
            "host_firewalls" => Value::list(self.host_firewalls(group)),
            "host_table" => {
                let table = Value::File(self.inputs.files.host_table.to_owned());
                Some(table).filter(|_| !self.host_firewalls(group).is_empty())
            }
            "certificates" => Value::list(self.certificates_of(group.id).iter().map(|at| self.certificate_item(*at)).collect()),
            "array" => Value::flag(group.servers.len() > 1),
            "fqdn" => self.group_name(group).map(Value::name),
            "label" => self.group_name(group).map(|name| Value::Name(name.host_label().to_owned())),
            "vip" => vip().map(|vip| Value::Address(vip.address.value)),
            "balancer" => vip().map(|vip| Value::Code(self.inputs.plans.topology.load_balancer(vip.load_balancer).path.clone())),
            "group_domain" => self.domain_of(group).map(Value::name),
            "automatic_sign_in" => Value::flag(group.automatic_sign_in.is_some()),
            "consolidated" | "expanded" | "internal_web_farm" | "external_web_farm" => self.pool_value(group, name),
            "back_end" => self.back_end(group).map(Value::Code),
            "database_argument" => self.back_end(group).and_then(|instance| argument(&instance)).map(Value::Argument),
            "meeting_content" => folder(self.pool_share(group), "Presentations"),
            "meeting_metadata" => folder(self.pool_share(group), "Metadata"),
            "application_data" => folder(self.pool_share(group), "AppData"),
            "client_updates" => folder(self.pool_share(group), "Updates"),
            "database_port" => self.database_port(group).map(|port| Value::Number(port.into())),
            "cluster_nodes" => self.cluster_nodes(group),
            "port" => match &group.detail {
                Detail::BackEnd { port, .. } => {
                    port.or_else(|| self.usual_port(Role::BackEnd)).map(|port| Value::Number(port.into()))
                }
                _ => None,
            },
            "own_port" => match &group.detail {
                Detail::BackEnd { port: Some(port), .. } => Value::flag(self.usual_port(Role::BackEnd) != Some(*port)),
                _ => None,
            },
            "share" => share(group).map(Value::Code),
            "pool_share" => self.pool_share(group).map(Value::Code),
            "next_hop" => name_of(Relation::NextHop),
            "next_hop_address" => {
                self.partner(group, Relation::NextHop).and_then(|hop| self.group_address(hop)).map(Value::Address)
            }
            "av_edge" => self.av_edge(group).map(Value::name),
            "pool" => name_of(Relation::Pool),
            "web_access_name" => match &group.detail {
                Detail::WebAccess { external_fqdn, .. } => external_fqdn.as_ref().map(|name| Value::name(&name.value)),
                _ => None,
            },
            "media_ports" => media_ports(group).map(|range| Value::Code(range.to_string())),
            "usual_media_ports" => Value::flag(media_ports(group).is_none()),
            "web_access_listeners" => Value::list(self.web_access_listeners(group)),
            "location_profile" => match &group.detail {
                Detail::Mediation { location_profile, .. } | Detail::Pool { location_profile, .. } => {
                    location_profile.as_ref().map(|name| Value::Code(name.value.clone()))
                }
                _ => None,
            },
            "transport" => match &group.detail {
                Detail::Gateway { transport: "tls", .. } => Some(Value::Word("TLS")),
                Detail::Gateway { .. } => Some(Value::Word("TCP")),
                _ => None,
            },
            "tls" => Value::flag(matches!(group.detail, Detail::Gateway { transport: "tls", .. })),
            "inside_name" => self.group_name(group).map(Value::name),
            "proxy_routes" | "proxy_unrouted" => self.proxy_route_value(group, name),
            "inside_address" => side(Side::Inside).filter(|_| group.servers.len() == 1).map(Value::Address),
            "outside_address" => side(Side::Outside).filter(|_| group.servers.len() == 1).map(Value::Address),
            "proxy_adapters" => Value::list(self.proxy_adapters(group)),
            "access_name" => outside_name(Role::AccessEdge),
            "web_name" => outside_name(Role::WebConferencingEdge),
            "av_name" => outside_name(Role::AvEdge),
            "gateway_side" => {
                let endpoint = self.first_endpoint(group, Side::Gateway);
                let members = endpoint.map(|endpoint| endpoint.members.as_slice()).unwrap_or_default();
                Value::list(members.iter().map(|member| vec![("address", Value::Address(member.address.value))]).collect())
            }
            "internal_servers" => Value::list(self.named(self.speakers(group))),
            "published" => {
                Value::list(group.related(Relation::Publishes).filter_map(|id| self.published(self.group(id))).collect())
            }
            "published_paths" => Value::list(self.published_paths(group)),
            "published_web_access" => {
                let web_access = group.related(Relation::Publishes).filter_map(|id| self.published_web_access(self.group(id)));
                Value::list(web_access.collect())
            }
            "publishing_isa" => self.only_proxy(group).map(|proxy| Value::File((self.inputs.files.publishing_isa)(proxy))),
            "publishing_nginx" => self.only_proxy(group).map(|proxy| Value::File((self.inputs.files.publishing_nginx)(proxy))),
            "publishing_table" => self.only_proxy(group).map(|proxy| Value::File((self.inputs.files.publishing_table)(proxy))),
            "publishing_servers" => Value::list(self.publishing_servers(group)),
            "company_rules" => {
                let all = self.inputs.plans.company_rules();
                let own = all.binary_search_by(|rules| rules.pool.as_str().cmp(&group.path)).ok();
                own.and_then(|at| all.get(at)).map(|rules| Value::File((self.inputs.files.company_rules)(rules)))
            }
            "hosts_files" => Value::list(group.servers.iter().filter_map(|server| self.hosts_file_item(*server)).collect()),
            "archived" => Value::list(self.named(self.from(group, Relation::Archiving))),
            "archived_servers" => {
                let groups = self.from(group, Relation::Archiving);
                Value::list(groups.flat_map(|group| self.hosts_of(group, Role::FrontEnd)).collect())
            }
            // Mediation Servers come later, and name it themselves.
            "monitored" => Value::list(self.named(self.from(group, Relation::Monitoring).filter(|group| is_pool(group)))),
            "monitoring" => name_of(Relation::Monitoring),
            "gateways" => Value::list(group.related(Relation::Gateway).filter_map(|id| self.gateway(self.group(id))).collect()),
            "mediation_servers" => {
                Value::list(self.from(group, Relation::Gateway).filter_map(|mediation| self.gateway_side(mediation)).collect())
            }
            "outside_tests" => {
                Value::list(self.probes[group.id.index()].outside.items(self.inputs.plans.topology.organization.product))
            }
            "inside_tests" => {
                Value::list(self.probes[group.id.index()].inside.items(self.inputs.plans.topology.organization.product))
            }
            "client_tests" => {
                Value::list(self.probes[group.id.index()].clients.items(self.inputs.plans.topology.organization.product))
            }
            "purge_hour" | "purged_by_another" => self.record_value(group, name),
            _ => self.site_value(group.site, name),
        }
    }

    pub(super) fn server_value(&self, server: &'a Server, name: &str) -> Option<Value> {
        let outside = |role| self.address_on(server, role, Side::Outside).map(Value::Address);
        match name {
            "server" => Some(Value::Code(self.host(server.id))),
            "server_roles" => Some(Value::Text(self.role_titles(server))),
            "components" => components(&self.roles_on(server)).map(Value::Word),
            "interfaces" => Value::list(self.interfaces(server)),
            "inside_name" => self.inside_name(server).map(Value::name),
            "server_inside" => {
                let roles = self.roles_on(server);
                roles.into_iter().find_map(|role| self.address_on(server, role, Side::Inside)).map(Value::Address)
            }
            "server_access" => outside(Role::AccessEdge),
            "server_web" => outside(Role::WebConferencingEdge),
            "server_av" => outside(Role::AvEdge),
            "server_av_public" => {
                let inside = self.address_on(server, Role::AvEdge, Side::Outside)?;
                let nats = self.inputs.plans.topology.firewalls.iter().flat_map(|firewall| &firewall.nats);
                let mut public = nats.filter(|nat| nat.inside.value == inside).map(|nat| nat.public.value);
                public.next().map(Value::Address)
            }
            "alike" => {
                let roles = self.roles_on(server);
                let others = self.group(server.group).servers.iter().filter(|other| **other != server.id);
                Value::flag(others.map(|other| self.roles_on(self.server(*other))).any(|other| other == roles))
            }
            "outer_adapters" => Value::flag(self.has_outer_adapters(server)),
            "half_translated" => self.half_translated(server),
            "inner_network" | "inner_routes" | "unrouted" => self.inner_route_value(server, name),
            "hosts_file" => Value::list(self.hosts_file(server)),
            "hosts_artifact" => self.hosts.get(server.path.as_str()).map(|file| Value::File((self.inputs.files.hosts)(file))),
            _ => None,
        }
    }

    pub(super) fn pool_value(&self, group: &'a Group, name: &str) -> Option<Value> {
        let Detail::Pool { configuration, internal_web_farm, external_web_farm, .. } = &group.detail else { return None };
        match name {
            "consolidated" => Value::flag(*configuration == PoolConfiguration::Consolidated),
            "expanded" => Value::flag(*configuration == PoolConfiguration::Expanded),
            "internal_web_farm" => {
                let farm = internal_web_farm.as_ref().map(|farm| &farm.value).or_else(|| self.group_name(group));
                farm.map(Value::name)
            }
            _ => external_web_farm.as_ref().map(|farm| Value::name(&farm.value)),
        }
    }

    fn server_item(&self, id: ServerId) -> Item {
        let server = self.server(id);
        let addresses: Vec<String> = server.addresses.iter().map(|(address, _)| address.value.to_string()).collect();
        vec![
            ("host", Value::Code(self.host(id))),
            ("addresses", Value::codes(addresses)),
            ("roles", Value::Text(self.role_titles(server))),
        ]
    }

    fn host_firewalls(&self, group: &Group) -> Vec<Item> {
        let hosts = self.inputs.on_servers.map(|plan| plan.hosts.as_slice()).unwrap_or_default();
        let item = |id: &ServerId| {
            let path = self.server(*id).path.as_str();
            let host = hosts.iter().find(|host| host.path == path)?;
            Some(vec![("host", Value::Code(self.host(*id))), ("file", Value::File((self.inputs.files.host_firewall)(host)))])
        };
        group.servers.iter().filter_map(item).collect()
    }

    fn role_titles(&self, server: &Server) -> String {
        self.roles_on(server).into_iter().map(|role| self.title(role)).collect::<Vec<_>>().join(", ")
    }

    fn hosts_of(&self, group: &Group, role: Role) -> Vec<Item> {
        let members = self.endpoint_of(group, role, Side::Inside).map(|endpoint| endpoint.members.as_slice()).unwrap_or_default();
        members.iter().map(|member| vec![("host", Value::Code(self.host(member.server)))]).collect()
    }

    /// The servers that run Web Components; a Director that is a Standard Edition server has them too.
    fn web_servers(&self, group: &Group) -> Vec<Item> {
        let standard = matches!(group.kind, GroupKind::Director | GroupKind::DirectorArray)
            && self.partner(group, Relation::BackEnd).is_none();
        match standard {
            true => group.servers.iter().map(|server| vec![("host", Value::Code(self.host(*server)))]).collect(),
            false => self.hosts_of(group, Role::WebComponents),
        }
    }

    fn certificate_item(&self, at: usize) -> Item {
        let certificate = self.certificate(at);
        vec![
            ("slug", Value::Code(certificate.slug.clone())),
            ("common_name", Value::name(&certificate.common_name)),
            ("names", Value::Line(further_names(certificate))),
            ("usage", Value::Text(certificate.reason.purpose.clone())),
            ("hosts", Value::codes(hosts(certificate))),
        ]
    }

    /// The share that a pool keeps its files on.
    fn pool_share(&self, group: &Group) -> Option<String> {
        self.partner(group, Relation::FileShare).and_then(share)
    }

    /// The port that a role listens on where the topology states none.
    pub(super) fn usual_port(&self, role: Role) -> Option<u16> {
        let rows = &self.inputs.plans.catalog.flows;
        rows.iter().find(|row| row.to == role && row.stated_port)?.ports.first().map(|port| port.first)
    }

    /// A pool's database is its partner's; a back end is itself.
    fn back_end(&self, group: &Group) -> Option<String> {
        let store = self
            .partner(group, Relation::BackEnd)
            .or_else(|| matches!(group.detail, Detail::BackEnd { .. }).then(|| self.group(group.id)))?;
        let Detail::BackEnd { instance, .. } = &store.detail else { return None };
        let host = self.group_name(store).map_or(store.path.as_str(), Fqdn::as_str);
        Some(if instance.is_empty() { host.to_owned() } else { format!("{host}\\{instance}") })
    }

    /// The port of a group's database, where it is not the default port of SQL Server.
    fn database_port(&self, group: &Group) -> Option<u16> {
        match self.partner(group, Relation::BackEnd)?.detail {
            Detail::BackEnd { port, .. } => port.filter(|port| Some(*port) != self.usual_port(Role::BackEnd)),
            _ => None,
        }
    }

    /// The first address of a clustered back end is the virtual one; the others are those of its nodes.
    fn cluster_nodes(&self, group: &Group) -> Option<Value> {
        let server = group.servers.first().filter(|_| matches!(group.detail, Detail::BackEnd { .. }))?;
        let nodes = self.server(*server).addresses.iter().skip(1);
        Value::list(nodes.map(|(address, _)| vec![("address", Value::Address(address.value))]).collect())
    }

    /// The inside name of the A/V Edge that relays media for a group.
    fn av_edge(&self, group: &Group) -> Option<&'a Fqdn> {
        let edge = self.partner(group, Relation::AvEdge)?;
        let endpoint = self.endpoint_of(edge, Role::AvEdge, Side::Inside)?;
        self.names.endpoint_name(endpoint).map(|(name, _)| name)
    }

    /// The name that an edge server presents inside: the array's behind a virtual address, else its own.
    fn inside_name(&self, server: &'a Server) -> Option<&'a Fqdn> {
        let group = self.group(server.group);
        let held = |endpoint: &&'a Endpoint| endpoint.members.iter().any(|member| member.server == server.id);
        let balanced = group
            .endpoints
            .iter()
            .map(|id| self.endpoint(*id))
            .filter(held)
            .find(|endpoint| endpoint.side == Side::Inside && endpoint.vip.is_some());
        match balanced {
            Some(endpoint) => self.names.endpoint_name(endpoint),
            None => self.names.server_name(server.id),
        }
        .map(|(name, _)| name)
    }

    /// Whether a server has several outer adapters: more than the two that it needs, and an outer address for each.
    fn has_outer_adapters(&self, server: &Server) -> bool {
        let outer: BTreeSet<Ipv4Addr> =
            COMPONENTS.into_iter().filter_map(|role| self.address_on(server, role, Side::Outside)).collect();
        outer.len() > 1 && server.network_cards.is_some_and(|cards| cards > 2)
    }

    fn interfaces(&self, server: &Server) -> Vec<Item> {
        let group = self.group(server.group);
        let mut lines: Vec<(Side, Ipv4Addr, Vec<&'static str>)> = Vec::new();
        for endpoint in group.endpoints.iter().map(|id| self.endpoint(*id)) {
            for member in endpoint.members.iter().filter(|member| member.server == server.id) {
                match lines.iter_mut().find(|(side, address, _)| (*side, *address) == (endpoint.side, member.address.value)) {
                    Some((.., roles)) => roles.push(self.title(endpoint.role)),
                    None => lines.push((endpoint.side, member.address.value, vec![self.title(endpoint.role)])),
                }
            }
        }
        lines.sort();
        let item = |(side, address, roles): (Side, Ipv4Addr, Vec<&str>)| {
            vec![
                ("address", Value::Address(address)),
                ("side", Value::Word(side.word())),
                ("usage", Value::Text(roles.join(", "))),
            ]
        };
        lines.into_iter().map(item).collect()
    }

    /// The groups that have a relation to this one.
    pub(super) fn from(&self, group: &Group, relation: Relation) -> impl Iterator<Item = &'a Group> {
        self.related_from(group.id, relation).iter().map(|id| self.group(*id))
    }

    /// All groups inside that connect to an edge: its next hop, and all that send signalling or request relays through it.
    fn speakers(&self, edge: &Group) -> impl Iterator<Item = &'a Group> {
        let mut ids: Vec<_> = edge.related(Relation::NextHop).collect();
        ids.extend(self.related_from(edge.id, Relation::AccessEdge));
        ids.extend(self.related_from(edge.id, Relation::AvEdge));
        ids.sort_by_key(|id| &self.group(*id).path);
        ids.dedup();
        ids.into_iter().map(|id| self.group(id))
    }

    fn named(&self, groups: impl Iterator<Item = &'a Group>) -> Vec<Item> {
        groups.filter_map(|group| Some(named(self.group_name(group)?, self.group_address(group)?))).collect()
    }

    fn hosts_file_item(&self, id: ServerId) -> Option<Item> {
        let file = self.hosts.get(self.server(id).path.as_str())?;
        Some(vec![("host", Value::Code(self.host(id))), ("file", Value::File((self.inputs.files.hosts)(file)))])
    }

    fn hosts_file(&self, server: &Server) -> Vec<Item> {
        let entries = self.hosts.get(server.path.as_str()).into_iter().flat_map(|file| &file.entries);
        let line = |entry: &HostsEntry| format!("{:<15} {}", entry.address.to_string(), entry.name);
        entries.map(|entry| vec![("line", Value::Code(line(entry)))]).collect()
    }

    fn gateway(&self, gateway: &'a Group) -> Option<Item> {
        let address = self.group_address(gateway)?;
        // A certificate has the name, and not the address.
        let name = self.group_name(gateway).filter(|_| self.group_value(gateway, "tls").is_some());
        Some(vec![
            ("host", Value::Code(gateway.path.clone())),
            ("next_hop", Value::Code(name.map_or_else(|| address.to_string(), Fqdn::to_string))),
            ("transport", self.group_value(gateway, "transport")?),
        ])
    }

    /// The side of a Mediation Server that its gateway speaks to.
    fn gateway_side(&self, mediation: &'a Group) -> Option<Item> {
        let side = self.first_endpoint(mediation, Side::Gateway).or_else(|| self.first_endpoint(mediation, Side::Inside))?;
        Some(named(self.group_name(mediation)?, self.endpoint_address(side)?))
    }

    /// The pools of a site, or of all.
    pub(super) fn pools(&self, groups: impl Iterator<Item = &'a Group>) -> Vec<Item> {
        let item = |group: &'a Group| {
            let (name, address) = (self.group_name(group)?, self.group_address(group)?);
            Some([named(name, address), vec![("label", Value::Name(name.host_label().to_owned()))]].concat())
        };
        groups.filter(|group| is_pool(group)).filter_map(item).collect()
    }
}

pub(super) fn named(name: &Fqdn, address: Ipv4Addr) -> Item {
    vec![("fqdn", Value::name(name)), ("address", Value::Address(address))]
}

/// The computers that a certificate is installed on.
pub(super) fn hosts(certificate: &Certificate) -> impl Iterator<Item = String> {
    certificate.installs.iter().map(|install| match &install.fqdn {
        Some(name) => name.as_str().to_owned(),
        None => install.path.clone(),
    })
}

/// The names of a certificate besides its subject.
fn further_names(certificate: &Certificate) -> Line {
    let text = |text: &'static str| Run { text: text.into(), code: false };
    let names = certificate.sans.iter().filter(|name| **name != certificate.common_name);
    let mut runs = Vec::new();
    for name in names {
        runs.push(text(if runs.is_empty() { "with the names " } else { ", " }));
        runs.push(Run { text: name.to_string().into(), code: true });
    }
    if runs.is_empty() {
        runs.push(text("no other name"));
    }
    Line(runs)
}

/// A folder of a share, as an argument of a command.
fn folder(share: Option<String>, name: &str) -> Option<Value> {
    argument(&format!("{}\\{name}", share?)).map(Value::Argument)
}

fn share(group: &Group) -> Option<String> {
    match &group.detail {
        Detail::FileShare { path } => path.as_ref().map(|path| path.value.clone()),
        _ => None,
    }
}

fn components(roles: &[Role]) -> Option<&'static str> {
    match COMPONENTS.map(|role| roles.contains(&role)) {
        [true, true, true] => Some("AP,DP,MR"),
        [true, true, false] => Some("AP,DP"),
        [true, false, true] => Some("AP,MR"),
        [true, false, false] => Some("AP"),
        [false, true, true] => Some("DP,MR"),
        [false, true, false] => Some("DP"),
        [false, false, true] => Some("MR"),
        [false, false, false] => None,
    }
}

/// The media ports that a Mediation Server states.
fn media_ports(group: &Group) -> Option<PortRange> {
    match &group.detail {
        Detail::Mediation { media_ports, .. } => media_ports.as_ref().map(|range| range.value),
        _ => None,
    }
}
