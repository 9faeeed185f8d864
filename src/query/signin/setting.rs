//! Where the client is, and which pool is the user's home: as asked, or presumed.

use super::Question;
use super::down::find;
use super::question::shown;
use crate::diag;
use crate::lower::Fqdn;
use crate::model::{Detail, Group, Named, Network, NetworkId, SiteId, Topology};
use crate::plan::Plans;
use crate::product::ClientPlace;
use crate::query::choice::{choice, write_one};

/// The circumstances of a sign-in.
pub(super) struct Setting<'a> {
    /// The networks that the client may be in; the internet outside.
    pub(super) networks: Vec<&'a Network>,
    /// The DNS suffixes that clients there have: those that their networks state, else the domain of the directory.
    pub(super) suffixes: Vec<&'a Fqdn>,
    /// The user's home.
    pub(super) home: &'a Group,
    /// The other pools, by path.
    pub(super) others: Vec<String>,
}

impl<'a> Setting<'a> {
    pub(super) fn read(plans: Plans<'a>, question: &Question) -> Result<Self, String> {
        let topology = plans.topology;
        domain(topology, &question.address.domain)?;
        let pools: Vec<&Group> = topology.groups.iter().filter(|group| is_pool(group)).collect();
        let site = question.site.as_deref().map(|text| site(topology, text)).transpose()?;
        let home = match &question.pool {
            Some(text) => pool(topology, &pools, text)?,
            None => presumed(topology, &pools, site.as_ref().map(|(site, _)| *site))?,
        };
        let others = pools.iter().filter(|pool| pool.id != home.id).map(|pool| pool.path.clone()).collect();
        let (site, networks) = match (question.place, site) {
            (ClientPlace::Outside, _) => (home.site, vec![topology.network(NetworkId::INTERNET)]),
            (ClientPlace::Inside, Some((site, Some(network)))) => (site, vec![network]),
            (ClientPlace::Inside, Some((site, None))) => (site, clients_at(topology, site)),
            // Users of a site without clients of its own are at another one.
            (ClientPlace::Inside, None) => {
                let own = clients_at(topology, home.site);
                let first = || topology.networks.iter().find_map(|network| network.site.filter(|_| network.clients));
                match (own.is_empty(), first()) {
                    (true, Some(other)) => (other, clients_at(topology, other)),
                    _ => (home.site, own),
                }
            }
        };
        if networks.is_empty() {
            return Err(no_clients(topology, site));
        }
        let mut suffixes: Vec<&Fqdn> = Vec::new();
        for network in &networks {
            let presumed = topology.site(site).domain.iter().filter(|_| network.dns_suffixes.is_empty());
            for suffix in network.dns_suffixes.iter().chain(presumed) {
                if !suffixes.contains(&&suffix.value) {
                    suffixes.push(&suffix.value);
                }
            }
        }
        Ok(Self { networks, suffixes, home, others })
    }
}

/// Refuses a domain that is not for signing in.
fn domain(topology: &Topology, domain: &Fqdn) -> Result<(), String> {
    let organization = &topology.organization;
    let own: Vec<&str> = organization.sip_domains.iter().map(|own| own.value.as_str()).collect();
    if own.contains(&domain.as_str()) {
        return Ok(());
    }
    if own.is_empty() {
        return Err("the organization has no SIP domains".to_owned());
    }
    if organization.domains.iter().any(|directory| directory.fqdn.value == *domain) {
        return Err(format!(
            "`{domain}` is an Active Directory domain, not a SIP domain: users sign in with {}",
            choice(own.iter().copied())
        ));
    }
    Err(match diag::nearest(domain.as_str(), own.iter().copied()) {
        Some(near) => format!("`{domain}` is not a SIP domain: did you mean `{near}`?"),
        None => format!("`{}` is not a SIP domain: {}", shown(domain.as_str()), write_one(own.iter().copied())),
    })
}

fn is_pool(group: &Group) -> bool {
    matches!(group.detail, Detail::Pool { .. })
}

fn pool<'a>(topology: &'a Topology, pools: &[&'a Group], text: &str) -> Result<&'a Group, String> {
    let paths = || pools.iter().map(|pool| pool.path.as_str());
    match find(topology, text) {
        Ok((_, Named::Group(group))) if is_pool(topology.group(group)) => Ok(topology.group(group)),
        Ok((path, _)) => Err(format!("`{path}` does not home users: {}", write_one(paths()))),
        Err(Some(problem)) => Err(problem),
        Err(None) => Err(match diag::nearest(text, paths().chain(pools.iter().map(|pool| pool.name.as_str()))) {
            Some(near) => format!("no pool has the name `{}`: did you mean `{near}`?", shown(text)),
            None => format!("no pool has the name `{}`: {}", shown(text), write_one(paths())),
        }),
    }
}

fn site<'a>(topology: &'a Topology, text: &str) -> Result<(SiteId, Option<&'a Network>), String> {
    let network = |id| topology.network(id);
    match find(topology, text) {
        Ok((_, Named::Site(site))) => Ok((site, None)),
        Ok((path, Named::Network(id))) => match (network(id).site, network(id).clients) {
            (Some(site), true) => Ok((site, Some(network(id)))),
            (Some(site), false) => Err(no_clients_in(topology, &path, site)),
            (None, _) => Err("`internet` is outside: write `--from outside`".to_owned()),
        },
        Ok((path, _)) => Err(format!("`{path}` is neither a site nor a network of clients")),
        Err(Some(problem)) => Err(problem),
        Err(None) => {
            let sites = topology.sites.iter().map(|site| site.name.as_str());
            let networks = topology.networks.iter().filter(|network| network.clients).map(|network| network.path.as_str());
            Err(match diag::nearest(text, sites.clone().chain(networks)) {
                Some(near) => format!("no site has the name `{}`: did you mean `{near}`?", shown(text)),
                None => format!("no site has the name `{}`: {}", shown(text), write_one(sites)),
            })
        }
    }
}

/// The pool of the site, or else the one where clients sign in, or else the first.
fn presumed<'a>(topology: &'a Topology, pools: &[&'a Group], site: Option<SiteId>) -> Result<&'a Group, String> {
    let sign_in = topology.groups.iter().find(|group| group.automatic_sign_in.is_some());
    let at = |site: SiteId| pools.iter().find(|pool| pool.site == site);
    let here = site.and_then(|site| pools.iter().find(|pool| pool.site == site && pool.automatic_sign_in.is_some()).or(at(site)));
    let signs_in = || pools.iter().find(|pool| sign_in.is_some_and(|group| group.id == pool.id));
    let beside = || sign_in.and_then(|group| at(group.site));
    here.or_else(signs_in).or_else(beside).or(pools.first()).copied().ok_or_else(|| "the topology has no pool".to_owned())
}

fn clients_at(topology: &Topology, site: SiteId) -> Vec<&Network> {
    topology.networks_at(site).filter(|network| network.clients).collect()
}

fn no_clients(topology: &Topology, site: SiteId) -> String {
    no_clients_in(topology, &topology.site(site).name, site)
}

fn no_clients_in(topology: &Topology, path: &str, site: SiteId) -> String {
    let mut networks: Vec<&Network> = topology.networks.iter().filter(|network| network.clients).collect();
    networks.sort_by_key(|network| (network.site != Some(site), network.id));
    match networks.is_empty() {
        true => "the topology has no network of clients (`clients = true`)".to_owned(),
        false => {
            format!(
                "`{path}` has no clients (`clients = true`): {}",
                write_one(networks.iter().map(|network| network.path.as_str()))
            )
        }
    }
}
