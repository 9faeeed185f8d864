//! One party of a flow.

use ipnet::Ipv4Net;

use crate::model::{EndpointId, GroupId, NetworkId, ServerId, Topology};
use crate::product::Role;
use crate::text::Span;

/// One party of a flow: an address or a network, with the name that people know it by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peer {
    /// The role that it plays.
    pub role: Role,
    /// Its path in the topology: `redmond.pool01.fe01`, `redmond.pool01` for a VIP, `redmond.clients`, `internet`.
    pub path: String,
    /// Its addresses; the internet is `0.0.0.0/0`.
    pub net: Ipv4Net,
    /// The public address, where a firewall translates it.
    pub public: Option<std::net::Ipv4Addr>,
    /// The network that it is in.
    pub network: NetworkId,
    /// Its group, if it is a server or a VIP.
    pub group: Option<GroupId>,
    /// Its server, if it is one.
    pub server: Option<ServerId>,
    /// The endpoint it belongs to.
    pub endpoint: Option<EndpointId>,
    /// Where it is declared; `None` for the internet.
    pub span: Option<Span>,
}

impl Peer {
    /// Whether its address is one of the network that it is in; not so for one whose packets come out of another network.
    pub(super) fn is_at_home(&self, topology: &Topology) -> bool {
        self.span.is_none() || topology.network(self.network).range.contains(&self.net)
    }

    /// The same party as seen behind a load balancer that keeps its address: its packets leave from another network.
    #[must_use]
    pub fn arriving_in(&self, network: NetworkId) -> Self {
        Self { network, ..self.clone() }
    }
}
