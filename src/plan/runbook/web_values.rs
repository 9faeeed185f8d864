//! Values of reverse proxies and of Communicator Web Access: what is published, where they listen, and their files.

use super::facts::Facts;
use super::value::{Item, Value};
use crate::catalog::{PublishedPath, facts};
use crate::model::{Detail, Group, Member, Server};
use crate::plan::naming::needed;
use crate::plan::publishing::Proxy;
use crate::product::{Relation, Role, Side};

impl<'a> Facts<'a> {
    pub(super) fn published(&self, pool: &'a Group) -> Option<Item> {
        if let Detail::UpdateServer { external_fqdn } = &pool.detail {
            return Some(vec![
                ("outside", Value::name(&external_fqdn.as_ref()?.value)),
                ("inside", Value::name(self.group_name(pool)?)),
                ("address", Value::Address(self.group_address(pool)?)),
                ("group", Value::Code(pool.path.clone())),
            ]);
        }
        let endpoint = self.endpoint_of(pool, Role::WebComponents, Side::Inside)?;
        Some(vec![
            ("outside", self.pool_value(pool, "external_web_farm")?),
            ("inside", self.pool_value(pool, "internal_web_farm")?),
            ("address", Value::Address(self.endpoint_address(endpoint)?)),
            ("group", Value::Code(pool.path.clone())),
        ])
    }

    /// What a reverse proxy forwards to the web farms that it publishes.
    pub(super) fn published_paths(&self, proxy: &'a Group) -> Vec<Item> {
        let published: Vec<&Group> = proxy.related(Relation::Publishes).map(|id| self.group(id)).collect();
        let runs = |role| published.iter().any(|group| self.endpoint_of(group, role, Side::Inside).is_some());
        let roles = [Role::WebComponents, Role::UpdateServer].map(|role| (role, runs(role)));
        let organization = &self.inputs.plans.topology.organization;
        let paths = facts::<PublishedPath>(organization.product).iter();
        let wanted = |row: &&PublishedPath| roles.contains(&(row.role, true)) && row.is_published();
        let item =
            |row: &PublishedPath| vec![("path", Value::Code(row.path.clone())), ("content", Value::Text(row.content.clone()))];
        paths.filter(wanted).filter(|row| needed(&row.when, organization).is_some()).map(item).collect()
    }

    pub(super) fn published_web_access(&self, group: &'a Group) -> Option<Item> {
        let own = self.endpoint_of(group, Role::WebAccess, Side::Outside);
        let name = own.and_then(|own| own.fqdn.as_ref()).map(|name| &name.value);
        let address = own.and_then(|own| self.endpoint_address(own));
        Some(vec![
            ("outside", self.group_value(group, "web_access_name")?),
            ("inside", Value::name(name.or_else(|| self.group_name(group))?)),
            ("address", Value::Address(address.or_else(|| self.group_address(group))?)),
        ])
    }

    /// The addresses of each server of an array of reverse proxies.
    pub(super) fn proxy_adapters(&self, group: &Group) -> Vec<Item> {
        let on = |server: &'a Server, side| self.address_on(server, Role::ReverseProxy, side).map(Value::Address);
        let item = |server: &'a Server| {
            let host = Value::Code(self.host(server.id));
            Some(vec![("host", host), ("outside", on(server, Side::Outside)?), ("inside", on(server, Side::Inside)?)])
        };
        let servers = group.servers.iter().filter(|_| group.servers.len() > 1);
        servers.filter_map(|id| item(self.server(*id))).collect()
    }

    /// The proxy of a group of one computer.
    pub(super) fn only_proxy(&self, group: &Group) -> Option<&'a Proxy> {
        self.inputs.plans.publishing().proxy(group.id).filter(|proxy| proxy.server.is_none())
    }

    /// The files of each proxy of an array.
    pub(super) fn publishing_servers(&self, group: &Group) -> Vec<Item> {
        let files = &self.inputs.files;
        let item = |proxy: &Proxy| {
            Some(vec![
                ("host", Value::Code(self.host(proxy.server?))),
                ("isa", Value::File((files.publishing_isa)(proxy))),
                ("table", Value::File((files.publishing_table)(proxy))),
                ("nginx", Value::File((files.publishing_nginx)(proxy))),
            ])
        };
        self.inputs.plans.publishing().proxies_of(group.id).iter().filter_map(item).collect()
    }

    /// Where the servers of Communicator Web Access listen for outside users, if not where they do for inside users.
    pub(super) fn web_access_listeners(&self, group: &'a Group) -> Vec<Item> {
        let Some(own) = self.endpoint_of(group, Role::WebAccess, Side::Outside) else { return Vec::new() };
        let stated = self.inputs.plans.topology.stated_port(own);
        let Some(port) = stated.or_else(|| self.usual_port(Role::WebAccess)) else { return Vec::new() };
        let item = |member: &Member| {
            vec![
                ("host", Value::Code(self.host(member.server))),
                ("address", Value::Address(member.address.value)),
                ("port", Value::Number(port.into())),
            ]
        };
        own.members.iter().map(item).collect()
    }
}
