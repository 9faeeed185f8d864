//! What is down or not there, as a person names it: servers, groups, sites, load balancers, firewalls, links, and names in DNS.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use super::question::shown;
use crate::diag;
use crate::lower::Fqdn;
use crate::model::{Endpoint, FirewallId, Group, LoadBalancerId, Named, ServerId, Topology};
use crate::plan::Plans;

/// What does not answer.
#[derive(Debug, Default)]
pub(super) struct Down {
    /// As the topology names it, in the order of the question.
    pub(super) named: Vec<String>,
    servers: BTreeSet<ServerId>,
    balancers: BTreeSet<LoadBalancerId>,
    /// Firewalls and links, by path.
    on_the_way: BTreeSet<String>,
    names: BTreeSet<Fqdn>,
}

impl Down {
    pub(super) fn read(plans: Plans<'_>, texts: &[String]) -> Result<Self, String> {
        let mut down = Self::default();
        for text in texts {
            let named = down.add(plans, text)?;
            if !down.named.contains(&named) {
                down.named.push(named);
            }
        }
        Ok(down)
    }

    fn add(&mut self, plans: Plans<'_>, text: &str) -> Result<String, String> {
        let topology = plans.topology;
        let in_dns = |name: &Fqdn| plans.dns().records().any(|(.., record)| record.owner == *name);
        if let Some(name) = Fqdn::parse(text.strip_suffix('.').unwrap_or(text)).ok().filter(in_dns) {
            let shown = name.to_string();
            self.names.insert(name);
            return Ok(shown);
        }
        if let Some(link) = topology.wan_links.iter().find(|link| link.path == text) {
            self.on_the_way.insert(link.path.clone());
            return Ok(link.path.clone());
        }
        let (path, named) = find(topology, text).map_err(|problem| problem.unwrap_or_else(|| unknown(plans, text)))?;
        match named {
            Named::Server(server) => drop(self.servers.insert(server)),
            Named::Group(group) => self.servers.extend(&topology.group(group).servers),
            Named::LoadBalancer(balancer) => drop(self.balancers.insert(balancer)),
            Named::Firewall(firewall) => self.firewall(topology, firewall),
            Named::Site(site) => {
                self.servers.extend(topology.servers_at(site).map(|server| server.id));
                self.balancers.extend(topology.load_balancers_at(site).map(|own| own.id));
                for firewall in topology.firewalls_at(site) {
                    self.firewall(topology, firewall.id);
                }
            }
            Named::Network(_) => {
                return Err(format!("`{path}` is a network: name the firewall, the load balancer or the servers that are down"));
            }
        }
        Ok(path)
    }

    fn firewall(&mut self, topology: &Topology, firewall: FirewallId) {
        self.on_the_way.insert(topology.firewall(firewall).path.clone());
    }

    /// Whether a record of this name is taken away.
    pub(super) fn takes_name(&self, name: &Fqdn) -> bool {
        self.names.contains(name)
    }

    /// Whether a firewall or link is down.
    pub(super) fn takes_hop(&self, path: &str) -> bool {
        self.on_the_way.contains(path)
    }

    /// Why an endpoint does not answer, as the end of a sentence, and what must come back.
    pub(super) fn endpoint(&self, topology: &Topology, endpoint: &Endpoint) -> Option<(String, String)> {
        let balancer = endpoint.vip.as_ref().map(|vip| vip.load_balancer).filter(|balancer| self.balancers.contains(balancer));
        if let Some(balancer) = balancer {
            let path = topology.load_balancer(balancer).path.clone();
            return Some((format!("its load balancer `{path}` is down"), path));
        }
        let gone = |server: &ServerId| self.servers.contains(server);
        // Several servers without a virtual address are known by the first of them.
        let known = if endpoint.vip.is_some() { endpoint.members.len() } else { 1 };
        let mut servers = endpoint.members.iter().take(known).map(|member| member.server).peekable();
        servers.peek()?;
        let group = &topology.group(endpoint.group).path;
        match (servers.all(|server| gone(&server)), endpoint.members.len()) {
            (false, _) => None,
            (true, 1) => Some(("it is down".to_owned(), group.clone())),
            (true, _) => Some(("its servers are down".to_owned(), group.clone())),
        }
    }

    /// How many servers behind an endpoint are down.
    pub(super) fn servers_of(&self, endpoint: &Endpoint) -> usize {
        endpoint.members.iter().filter(|member| self.servers.contains(&member.server)).count()
    }

    /// Whether all servers of a group are down.
    pub(super) fn group(&self, group: &Group) -> bool {
        !group.servers.is_empty() && group.servers.iter().all(|server| self.servers.contains(server))
    }

    /// Whether a server is down.
    pub(super) fn server(&self, server: ServerId) -> bool {
        self.servers.contains(&server)
    }
}

/// What a path or an address names; `None` as the error where nothing has the name.
pub(super) fn find(topology: &Topology, text: &str) -> Result<(String, Named), Option<String>> {
    if let Ok(address) = text.parse::<Ipv4Addr>() {
        let server = topology.servers.iter().find(|server| server.addresses.iter().any(|(own, _)| own.value == address));
        let vip = |endpoint: &&Endpoint| endpoint.vip.as_ref().is_some_and(|vip| vip.address.value == address);
        let group = || topology.endpoints.iter().find(vip).map(|endpoint| topology.group(endpoint.group));
        let of_server = server.map(|server| (server.path.clone(), Named::Server(server.id)));
        return of_server
            .or_else(|| group().map(|group| (group.path.clone(), Named::Group(group.id))))
            .ok_or_else(|| Some(format!("no server and no VIP of the topology has the address {address}")));
    }
    if let Some(named) = topology.by_path.get(text) {
        return Ok((text.to_owned(), *named));
    }
    let ending = format!(".{text}");
    let matches: Vec<&String> = topology.by_path.keys().filter(|path| path.ends_with(&ending)).collect();
    match matches.as_slice() {
        [only] => Ok(((*only).clone(), topology.by_path[*only])),
        [] => Err(None),
        [first, second, ..] => Err(Some(format!("`{text}` may be `{first}` or `{second}`: write the full path"))),
    }
}

fn unknown(plans: Plans<'_>, text: &str) -> String {
    let topology = plans.topology;
    let names: BTreeSet<&str> = plans.dns().records().map(|(.., record)| record.owner.as_str()).collect();
    let links = topology.wan_links.iter().map(|link| link.path.as_str());
    let paths = || topology.by_path.keys().map(String::as_str);
    // People leave the site out.
    let short = paths().filter_map(|path| path.split_once('.').map(|(_, short)| short));
    let all = paths().chain(short).chain(links).chain(names);
    match diag::nearest(text, all) {
        Some(near) => format!("nothing has the name `{}`: did you mean `{near}`?", shown(text)),
        None => format!(
            "nothing has the name `{}`: `--down` takes the path or address of a server, a path such as `redmond.pool01`, or a name in DNS",
            shown(text)
        ),
    }
}
