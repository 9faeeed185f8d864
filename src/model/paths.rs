//! What each full path names. One path names one thing, whatever its kind: references in assertions and `trace` are by path.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::{Firewall, Group, LoadBalancer, Named, Network, Server, Site};
use crate::diag::Diag;
use crate::diag::codes::model::ONE_NAME_FOR_TWO;
use crate::schema::a;
use crate::text::Span;

/// The arenas whose things have paths.
pub(super) struct Arenas<'a> {
    pub(super) sites: &'a [Site],
    pub(super) networks: &'a [Network],
    pub(super) firewalls: &'a [Firewall],
    pub(super) load_balancers: &'a [LoadBalancer],
    pub(super) groups: &'a [Group],
    pub(super) servers: &'a [Server],
}

/// All paths; a path that two things claim is reported with both places.
pub(super) fn index(arenas: &Arenas<'_>, diags: &mut Vec<Diag>) -> BTreeMap<String, Named> {
    let mut paths = Paths::default();
    for network in arenas.networks {
        paths.claim(&network.path, Named::Network(network.id), "network", network.span, diags);
    }
    for site in arenas.sites {
        paths.claim(&site.name, Named::Site(site.id), "site", Some(site.span), diags);
    }
    for firewall in arenas.firewalls {
        paths.claim(&firewall.path, Named::Firewall(firewall.id), "firewall", Some(firewall.span), diags);
    }
    for balancer in arenas.load_balancers {
        paths.claim(&balancer.path, Named::LoadBalancer(balancer.id), "load_balancer", Some(balancer.span), diags);
    }
    for group in arenas.groups {
        paths.claim(&group.path, Named::Group(group.id), group.kind.word(), Some(group.span), diags);
    }
    // A group and its only server share their path; the group is meant.
    for server in arenas.servers.iter().filter(|server| arenas.groups[server.group.index()].path != server.path) {
        paths.claim(&server.path, Named::Server(server.id), "server", Some(server.span), diags);
    }
    let mut named: BTreeMap<String, Named> = paths.claims.into_iter().map(|(path, claim)| (path, claim.named)).collect();
    add_short_paths(&mut named);
    named
}

#[derive(Default)]
struct Paths {
    claims: BTreeMap<String, Claim>,
}

struct Claim {
    named: Named,
    kind: &'static str,
    span: Option<Span>,
}

impl Paths {
    fn claim(&mut self, path: &str, named: Named, kind: &'static str, span: Option<Span>, diags: &mut Vec<Diag>) {
        match self.claims.entry(path.to_owned()) {
            Entry::Vacant(free) => {
                free.insert(Claim { named, kind, span });
            }
            Entry::Occupied(taken) => diags.extend(collision(path, taken.get(), kind, span)),
        }
    }
}

fn collision(path: &str, taken: &Claim, kind: &'static str, span: Option<Span>) -> Option<Diag> {
    let (later, earlier) = match (span, taken.span) {
        (Some(new), Some(old)) if new < old => ((taken.kind, old), (kind, Some(new))),
        (Some(new), old) => ((kind, new), (taken.kind, old)),
        (None, old) => ((taken.kind, old?), (kind, None)),
    };
    let message = if earlier.1.is_none() {
        format!("a {} cannot be called `{path}`", later.0)
    } else {
        format!("`{path}` names both {} and {}", a(earlier.0), a(later.0))
    };
    let label = if earlier.1.is_none() { "this is the network that is always there" } else { "the name is taken" };
    let diag = Diag::error(ONE_NAME_FOR_TWO, message, later.1, label).help(format!("give the {} another name", later.0));
    Some(match earlier.1 {
        Some(place) => diag.related(place, format!("the {} has it", earlier.0)),
        None => diag,
    })
}

/// A block inside a group can be named without the group, as `redmond.sql01`, where that is unambiguous.
fn add_short_paths(by_path: &mut BTreeMap<String, Named>) {
    let mut short: BTreeMap<String, Option<Named>> = BTreeMap::new();
    for (path, named) in by_path.iter() {
        if let [site, _, name] = path.split('.').collect::<Vec<_>>()[..] {
            short.entry(format!("{site}.{name}")).and_modify(|seen| *seen = None).or_insert(Some(*named));
        }
    }
    for (path, named) in short {
        if let Some(named) = named {
            by_path.entry(path).or_insert(named);
        }
    }
}
