//! What a person names, as a choice among the parties of flows.

use super::Peer;
use crate::model::{LoadBalancer, Named, Topology};

/// What a party of a flow is compared with: a site, network, group or server.
#[derive(Debug, Clone, Copy)]
pub struct Selector {
    named: Named,
}

impl Selector {
    /// A selector for something of the topology.
    pub fn new(named: Named) -> Self {
        Self { named }
    }

    /// Whether a party of a flow belongs to it.
    pub fn selects(self, topology: &Topology, peer: &Peer) -> bool {
        match self.named {
            Named::Site(site) => topology.network(peer.network).site == Some(site),
            Named::Network(network) => peer.network == network,
            Named::Group(group) => peer.group == Some(group),
            Named::Server(server) => peer.server == Some(server),
            Named::LoadBalancer(balancer) => peer
                .endpoint
                .and_then(|endpoint| topology.endpoint(endpoint).vip.as_ref())
                .is_some_and(|vip| vip.load_balancer == balancer && peer.server.is_none()),
            Named::Firewall(_) => false,
        }
    }
}

/// What `text` names: a full path, an unambiguous short one, or an address.
pub fn select(topology: &Topology, text: &str) -> Result<Selector, String> {
    if let Ok(address) = text.parse() {
        let path = topology.addresses.get(&address);
        let server = topology.servers.iter().find(|server| server.addresses.iter().any(|(own, _)| own.value == address));
        let named = server.map(|server| Named::Server(server.id)).or_else(|| {
            let vip = |endpoint: &&crate::model::Endpoint| endpoint.vip.as_ref().is_some_and(|vip| vip.address.value == address);
            topology.endpoints.iter().find(vip).map(|endpoint| Named::Group(endpoint.group))
        });
        let named = named.or_else(|| {
            let speaks = |balancer: &&LoadBalancer| balancer.snat_addresses.iter().any(|own| own.value == address);
            topology.load_balancers.iter().find(speaks).map(|balancer| Named::LoadBalancer(balancer.id))
        });
        return named.map(Selector::new).ok_or_else(|| match path {
            Some(holder) => format!("{address} belongs to {holder}, which has no flows of its own"),
            None => match topology.network_around(address) {
                Some(network) => format!(
                    "no server and no VIP of the topology has the address {address}: name its network, `{}`",
                    network.path
                ),
                None => format!("no server, no VIP and no network of the topology has the address {address}"),
            },
        });
    }
    if let Some(named) = topology.by_path.get(text) {
        return match named {
            Named::Firewall(_) => {
                Err(format!("`{text}` is a firewall: name the network, group or server whose traffic passes it"))
            }
            named => Ok(Selector::new(*named)),
        };
    }
    let ending = format!(".{text}");
    let mut matches: Vec<&String> = topology.by_path.keys().filter(|path| path.ends_with(&ending)).collect();
    // A block in a pool has a path without the pool too: `redmond.sql01` is `redmond.pool01.sql01`.
    matches.sort_by_key(|path| std::cmp::Reverse(path.len()));
    let mut things = Vec::new();
    matches.retain(|path| {
        !things.contains(&topology.by_path[*path]) && {
            things.push(topology.by_path[*path]);
            true
        }
    });
    matches.sort();
    match matches.as_slice() {
        [only] => Ok(Selector::new(topology.by_path[*only])),
        [] => Err(match crate::diag::nearest(text, topology.by_path.keys().map(String::as_str)) {
            Some(near) => format!("nothing has the name `{text}`: did you mean `{near}`?"),
            None => {
                format!(
                    "nothing has the name `{text}`: write a path such as `redmond.pool01`, a network, `internet` or an address"
                )
            }
        }),
        [first, second, ..] => Err(format!("`{text}` may be `{first}` or `{second}`: write the full path")),
    }
}
