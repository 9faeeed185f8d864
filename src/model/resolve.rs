//! Declarations to the typed topology: arenas filled in the order of names, references resolved, addresses placed.

use std::net::Ipv4Addr;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::blocks;
use super::build::{Builder, Nameless};
use super::holder::Holder;
use super::paths::{self, Arenas};
use super::place::Places;
use super::scope::{Scope, Symbol};
use super::{
    Firewall, FirewallId, LoadBalancer, LoadBalancerId, Named, Network, NetworkId, Organization, Site, SiteId, StaticNat,
    Topology, WanLink, WanLinkId, organization, relations,
};
use crate::diag::Diag;
use crate::diag::codes::model::NO_NAME;
use crate::lower::{Decl, Decls, Fqdn};
use crate::product::{BalancerDialect, FirewallDialect, NatMode, Zone};
use crate::text::Spanned;

/// Resolves declarations; `None` only where there is no organization to resolve them in.
pub fn resolve(decls: Decls) -> (Option<Topology>, Vec<Diag>) {
    let mut diags = Vec::new();
    // Lowering has reported that there is none.
    let Some(decl) = decls.blocks("organization").next() else { return (None, diags) };
    let organization = organization::read(decl);
    let site_decls: Vec<&Decl> = decls.blocks("site").collect();
    let mut scope = Scope::new(&site_decls, &decls.unread);
    declare_blocks(&decls, &mut scope);
    let mut networks = networks(&site_decls, &mut scope);
    // An address may be in a network whose range could not be read.
    let complete = site_decls.iter().flat_map(|site| site.blocks("network")).all(|network| network.network("range").is_some());
    let mut places = Places::new(&networks, complete && decls.unread.is_empty(), &mut diags);
    let sites = sites(&site_decls, &organization, &scope, &mut diags);
    let firewalls = firewalls(&site_decls, &networks, &mut scope, &mut places, &mut diags);
    let load_balancers = load_balancers(&site_decls, &networks, &mut scope, &mut places, &mut diags);
    let wan_links = wan_links(&decls, &site_decls, &mut scope, &mut diags);

    let mut builder = Builder::new(&networks, &scope, &mut places, &mut diags);
    for (site, decl) in sites.iter().zip(&site_decls) {
        blocks::site(&mut builder, site, decl);
    }
    let (mut groups, mut servers, mut endpoints, group_decls, nameless) = builder.finish();
    diags.extend(nameless.iter().map(|nameless| no_domain(nameless, &sites, &organization)));
    for group in &groups {
        scope.declare(group.path.clone(), group.kind.word(), Symbol::Named(Named::Group(group.id)), Some(group.span));
    }
    relations::resolve(&mut groups, &endpoints, &group_decls, &sites, &scope, &mut diags);
    relations::name_guests(&mut groups, &mut servers, &mut endpoints, &group_decls);
    drop(group_decls);
    time_servers(&mut networks, &site_decls, &scope, &mut diags);
    voice(&decls, &scope, &mut diags);

    let arenas = Arenas {
        sites: &sites,
        networks: &networks,
        firewalls: &firewalls,
        load_balancers: &load_balancers,
        groups: &groups,
        servers: &servers,
    };
    diags.extend(scope.unknown_references());
    diags.extend(places.in_no_network(&networks, &site_decls));
    let by_path = paths::index(&arenas, &mut diags);
    let (ranges, addresses) = places.into_parts();
    let topology = Topology {
        organization,
        sites,
        networks,
        firewalls,
        wan_links,
        load_balancers,
        groups,
        servers,
        endpoints,
        by_path,
        links: scope.links(),
        addresses,
        ranges,
        members: OnceLock::new(),
        dependants: OnceLock::new(),
        decls,
    };
    (Some(topology), diags)
}

/// Blocks that others refer to and that the model keeps as declarations.
fn declare_blocks(decls: &Decls, scope: &mut Scope) {
    let organization = decls.blocks("organization").flat_map(|decl| &decl.children);
    let directory = decls.blocks("organization").flat_map(|decl| decl.blocks("active_directory")).flat_map(|decl| &decl.children);
    let voice = decls.blocks("voice").flat_map(|decl| &decl.children);
    for decl in organization.chain(directory).chain(voice).filter(|decl| !decl.name.is_empty()) {
        scope.declare(decl.name.clone(), decl.kind(), Symbol::Block, Some(decl.name_span));
    }
}

fn networks(sites: &[&Decl], scope: &mut Scope) -> Vec<Network> {
    let mut networks = vec![Network::internet()];
    scope.declare("internet".to_owned(), "network", Symbol::Named(Named::Network(NetworkId::INTERNET)), None);
    for (site, decl) in sites.iter().enumerate() {
        for network in decl.blocks("network") {
            let path = format!("{}.{}", decl.name, network.name);
            let Some(range) = network.network("range") else {
                scope.declare(path, "network", Symbol::Unread, Some(network.name_span));
                continue;
            };
            let id = NetworkId(networks.len() as u32);
            scope.declare(path.clone(), "network", Symbol::Named(Named::Network(id)), Some(network.name_span));
            networks.push(Network {
                id,
                name: network.name.clone(),
                path,
                site: Some(SiteId(site as u32)),
                zone: network.word("zone").map_or(Zone::Internal, |zone| zone.value),
                range: range.value,
                gateway: network.address("gateway"),
                clients: network.boolean("clients"),
                dns_suffixes: network.names("dns_suffixes").map(|name| name.map(Fqdn::clone)).collect(),
                // It is a server, and servers are placed in networks.
                time_server: None,
                administrators: network.boolean("administrators"),
                span: Some(network.name_span),
            });
        }
    }
    networks
}

/// The servers that networks name for the time.
fn time_servers(networks: &mut [Network], sites: &[&Decl], scope: &Scope, diags: &mut Vec<Diag>) {
    let mut declared: FxHashMap<(usize, &str), &Decl> = FxHashMap::default();
    for (index, site) in sites.iter().enumerate() {
        for decl in site.blocks("network") {
            declared.entry((index, decl.name.as_str())).or_insert(decl);
        }
    }
    for network in networks {
        let Some(index) = network.site.map(SiteId::index) else { continue };
        let (Some(site), Some(decl)) = (sites.get(index), declared.get(&(index, network.name.as_str()))) else { continue };
        if let Some(Spanned { value: Symbol::Named(Named::Group(id)), span }) =
            scope.attribute(decl, "time_server", Some(&site.name), diags)
        {
            network.time_server = Some(Spanned::new(id, span));
        }
    }
}

fn sites(decls: &[&Decl], organization: &Organization, scope: &Scope, diags: &mut Vec<Diag>) -> Vec<Site> {
    decls
        .iter()
        .enumerate()
        .map(|(index, decl)| {
            let domain = scope.attribute(decl, "domain", None, diags).and_then(|symbol| {
                let name = decl.reference("domain")?.value.last()?.clone();
                let domain = organization.domains.iter().find(|domain| domain.name == name)?;
                Some(Spanned::new(domain.fqdn.value.clone(), symbol.span))
            });
            Site {
                id: SiteId(index as u32),
                name: decl.name.clone(),
                users: decl.integer("users"),
                domain,
                domain_written: decl.is_written("domain"),
                span: decl.name_span,
            }
        })
        .collect()
}

/// One finding for all servers of a site that miss the domain which names them.
fn no_domain(nameless: &Nameless, sites: &[Site], organization: &Organization) -> Diag {
    let site = &sites[nameless.site.index()];
    let servers = match nameless.servers {
        1 => format!("`{}` has", nameless.first),
        more => format!("{more} servers have"),
    };
    let way_out = match organization.domains.as_slice() {
        [] => "declare `active_directory { domain corp { fqdn = \"…\" } }` in the organization, and write `domain = corp` in the site"
            .to_owned(),
        domains => {
            let words: Vec<String> = domains.iter().take(3).map(|domain| format!("`domain = {}`", domain.name)).collect();
            format!("write {} in site `{}`, or an `fqdn` in each server", words.join(" or "), site.name)
        }
    };
    Diag::error(NO_NAME, format!("{servers} no full name: site `{}` has no `domain`", site.name), site.span, "no `domain` here")
        .related(nameless.span, format!("the full name of `{}` needs it", nameless.first))
        .help(way_out)
}

fn joined(decl: &Decl, site: Option<&str>, scope: &Scope, diags: &mut Vec<Diag>) -> Vec<Spanned<NetworkId>> {
    scope
        .list(decl, "joins", site, diags)
        .into_iter()
        .filter_map(|symbol| match symbol.value {
            Symbol::Named(Named::Network(id)) => Some(Spanned::new(id, symbol.span)),
            _ => None,
        })
        .collect()
}

fn firewalls(
    sites: &[&Decl],
    networks: &[Network],
    scope: &mut Scope,
    places: &mut Places,
    diags: &mut Vec<Diag>,
) -> Vec<Firewall> {
    let mut firewalls = Vec::new();
    for (site, decl) in sites.iter().enumerate() {
        for firewall in decl.blocks("firewall") {
            let id = FirewallId(firewalls.len() as u32);
            let path = format!("{}.{}", decl.name, firewall.name);
            let nats = firewall.blocks("static_nat").filter_map(|nat| {
                let (public, inside) = (nat.address("public")?, nat.address("inside")?);
                let name = format!("{path}.{}", nat.name);
                places.hold(public.value, Holder::new(format!("static_nat `{name}`"), name, public.span), diags);
                places.place(inside, networks, diags);
                Some(StaticNat { name: nat.name.clone(), public, inside, span: nat.name_span })
            });
            let nats = nats.collect();
            firewalls.push(Firewall {
                id,
                name: firewall.name.clone(),
                site: SiteId(site as u32),
                joins: joined(firewall, Some(&decl.name), scope, diags),
                dialect: firewall.word("dialect").map_or(FirewallDialect::Nftables, |dialect| dialect.value),
                nats,
                redundant: firewall.boolean("redundant"),
                span: firewall.name_span,
                path,
            });
        }
    }
    for firewall in &firewalls {
        scope.declare(firewall.path.clone(), "firewall", Symbol::Named(Named::Firewall(firewall.id)), Some(firewall.span));
    }
    firewalls
}

fn load_balancers(
    sites: &[&Decl],
    networks: &[Network],
    scope: &mut Scope,
    places: &mut Places,
    diags: &mut Vec<Diag>,
) -> Vec<LoadBalancer> {
    let mut balancers = Vec::new();
    for (site, decl) in sites.iter().enumerate() {
        for balancer in decl.blocks("load_balancer") {
            let id = LoadBalancerId(balancers.len() as u32);
            let path = format!("{}.{}", decl.name, balancer.name);
            let snat_addresses: Vec<_> = balancer.addresses("snat_addresses").collect();
            let self_addresses: Vec<_> = balancer.addresses("self_addresses").collect();
            // One that it also speaks from for clients is the same address of the same device.
            let speaks = |address: &Spanned<Ipv4Addr>| snat_addresses.iter().any(|other| other.value == address.value);
            for address in snat_addresses.iter().chain(self_addresses.iter().filter(|address| !speaks(address))) {
                places.place(*address, networks, diags);
                let holder = Holder::new(format!("load_balancer `{path}`"), path.clone(), address.span);
                places.hold(address.value, holder, diags);
            }
            scope.declare(path.clone(), "load_balancer", Symbol::Named(Named::LoadBalancer(id)), Some(balancer.name_span));
            balancers.push(LoadBalancer {
                id,
                name: balancer.name.clone(),
                path,
                site: SiteId(site as u32),
                nat: balancer.word("nat").map_or(NatMode::Snat, |nat| nat.value),
                snat_addresses,
                self_addresses,
                idle_timeout: balancer.duration("idle_timeout"),
                dialect: balancer.word("dialect").map_or(BalancerDialect::Haproxy, |dialect| dialect.value),
                redundant: balancer.boolean("redundant"),
                span: balancer.name_span,
            });
        }
    }
    balancers
}

fn wan_links(decls: &Decls, sites: &[&Decl], scope: &mut Scope, diags: &mut Vec<Diag>) -> Vec<WanLink> {
    let of_sites = sites.iter().flat_map(|site| site.blocks("wan_link").map(|link| (Some(site.name.as_str()), link)));
    let of_all = decls.blocks("wan_link").map(|link| (None, link));
    let mut links: Vec<WanLink> = Vec::new();
    for (site, link) in of_sites.chain(of_all) {
        links.push(WanLink {
            id: WanLinkId(links.len() as u32),
            name: link.name.clone(),
            path: site.map_or_else(|| link.name.clone(), |site| format!("{site}.{}", link.name)),
            joins: joined(link, site, scope, diags),
            bandwidth: link.rate("bandwidth").map(|rate| rate.value),
            latency: link.integer("latency"),
            redundant: link.boolean("redundant"),
            span: link.name_span,
        });
    }
    links
}

/// References inside `voice`; its rules and routes stay declarations.
fn voice(decls: &Decls, scope: &Scope, diags: &mut Vec<Diag>) {
    for decl in decls.blocks("voice").flat_map(|voice| &voice.children) {
        for attr in ["usages", "gateways", "down"] {
            scope.list(decl, attr, None, diags);
        }
        for attr in ["from", "policy", "route"] {
            scope.attribute(decl, attr, None, diags);
        }
    }
}
