//! What fails, as people name it.

use serde::Serialize;

use crate::model::{GroupId, Named, NetworkId, ServerId, SiteId, Topology};
use crate::plan::Plans;
use crate::plan::outage::{Part, PartId, Parts};

/// A thing that can be down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    /// Something that fails as a whole.
    Part(Part),
    /// All servers of a group.
    Group(GroupId),
    /// A certification authority, by its position.
    Authority(usize),
}

/// What kind of thing it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A server, or everything on its computer.
    Server,
    /// All servers of a pool or array.
    Group,
    /// A load balancer.
    LoadBalancer,
    /// A firewall.
    Firewall,
    /// A WAN link.
    WanLink,
    /// A network.
    Network,
    /// A site.
    Site,
    /// A certificate that has expired.
    Certificate,
    /// A certification authority.
    CertificationAuthority,
}

impl Kind {
    /// All kinds, in the order of help.
    pub(super) const ALL: [Kind; 9] = [
        Kind::Server,
        Kind::Group,
        Kind::LoadBalancer,
        Kind::Firewall,
        Kind::WanLink,
        Kind::Network,
        Kind::Site,
        Kind::Certificate,
        Kind::CertificationAuthority,
    ];

    /// The word before a name, as in `certificate:NAME`.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Server => "server",
            Kind::Group => "group",
            Kind::LoadBalancer => "load_balancer",
            Kind::Firewall => "firewall",
            Kind::WanLink => "wan_link",
            Kind::Network => "network",
            Kind::Site => "site",
            Kind::Certificate => "certificate",
            Kind::CertificationAuthority => "certification_authority",
        }
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        match self {
            Kind::Server => "server",
            Kind::Group => "all servers of",
            Kind::LoadBalancer => "load balancer",
            Kind::Firewall => "firewall",
            Kind::WanLink => "WAN link",
            Kind::Network => "network",
            Kind::Site => "site",
            Kind::Certificate => "certificate",
            Kind::CertificationAuthority => "certification authority",
        }
    }
}

impl Unit {
    pub(super) fn named(topology: &Topology, named: Named) -> Self {
        match named {
            Named::Site(id) => Self::Part(Part::Site(id)),
            Named::Network(id) => Self::Part(Part::Network(id)),
            Named::Firewall(id) => Self::Part(Part::Firewall(id)),
            Named::LoadBalancer(id) => Self::Part(Part::Balancer(id)),
            Named::Server(id) => Self::Part(Part::Computer(id)),
            Named::Group(id) => match topology.group(id).servers.as_slice() {
                [only] => Self::Part(Part::Computer(*only)),
                _ => Self::Group(id),
            },
        }
    }

    pub(super) fn kind(self) -> Kind {
        match self {
            Self::Part(Part::Computer(_)) => Kind::Server,
            Self::Part(Part::Balancer(_)) => Kind::LoadBalancer,
            Self::Part(Part::Network(_)) => Kind::Network,
            Self::Part(Part::Firewall(_)) => Kind::Firewall,
            Self::Part(Part::WanLink(_)) => Kind::WanLink,
            Self::Part(Part::Certificate(_)) => Kind::Certificate,
            Self::Part(Part::Site(_)) => Kind::Site,
            Self::Group(_) => Kind::Group,
            Self::Authority(_) => Kind::CertificationAuthority,
        }
    }

    /// The path or name.
    pub(super) fn path(self, plans: Plans<'_>) -> String {
        let topology = plans.topology;
        match self {
            Self::Part(part) => path(plans, part),
            Self::Group(id) => topology.group(id).path.clone(),
            Self::Authority(at) => topology.organization.authorities.get(at).map(|one| one.name.clone()).unwrap_or_default(),
        }
    }

    /// The parts that are down with it.
    pub(super) fn parts(self, topology: &Topology, parts: &Parts) -> Vec<PartId> {
        match self {
            Self::Part(part) => vec![parts.id(part)],
            Self::Group(id) => {
                let mut own: Vec<PartId> =
                    topology.group(id).servers.iter().map(|server| parts.id(Part::Computer(*server))).collect();
                own.sort_unstable();
                own.dedup();
                own
            }
            Self::Authority(_) => Vec::new(),
        }
    }

    /// The servers that are down with it.
    pub(super) fn servers(self, topology: &Topology, parts: &Parts) -> Vec<ServerId> {
        match self {
            Self::Part(Part::Computer(id)) => parts.servers_of(id).collect(),
            Self::Part(Part::Site(id)) => in_site(topology, id),
            Self::Part(Part::Network(id)) => in_network(topology, id),
            Self::Group(id) => topology.group(id).servers.iter().flat_map(|server| parts.servers_of(*server)).collect(),
            Self::Part(Part::Balancer(_) | Part::Firewall(_) | Part::WanLink(_) | Part::Certificate(_)) | Self::Authority(_) => {
                Vec::new()
            }
        }
    }
}

fn in_site(topology: &Topology, site: SiteId) -> Vec<ServerId> {
    topology.servers_at(site).map(|server| server.id).collect()
}

/// The servers that have no address anywhere else.
fn in_network(topology: &Topology, network: NetworkId) -> Vec<ServerId> {
    let only = |own: &Vec<(_, NetworkId)>| !own.is_empty() && own.iter().all(|(_, other)| *other == network);
    topology.servers.iter().filter(|server| only(&server.addresses)).map(|server| server.id).collect()
}

/// The path or name of a part.
pub(super) fn path(plans: Plans<'_>, part: Part) -> String {
    let topology = plans.topology;
    match part {
        Part::Computer(id) => topology.server(id).path.clone(),
        Part::Balancer(id) => topology.load_balancer(id).path.clone(),
        Part::Network(id) => topology.network(id).path.clone(),
        Part::Firewall(id) => topology.firewall(id).path.clone(),
        Part::WanLink(id) => topology.wan_links.get(id.index()).map(|link| link.path.clone()).unwrap_or_default(),
        Part::Certificate(at) => plans.certificates().certificates.get(at).map(|one| one.slug.clone()).unwrap_or_default(),
        Part::Site(id) => topology.site(id).name.clone(),
    }
}
