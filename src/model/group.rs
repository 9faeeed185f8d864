//! What is deployed: groups (a server, pool or array with one name), their servers, and the endpoints that flows use.

use std::net::Ipv4Addr;

use super::{EndpointId, GroupId, LoadBalancerId, NetworkId, ServerId, SiteId};
use crate::lower::Fqdn;
use crate::product::{EdgeShape, GroupKind, PortRange, Relation, Role, Side};
use crate::text::{Span, Spanned};

/// How an Enterprise pool spreads its roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PoolConfiguration {
    /// All roles on every front end.
    Consolidated,
    /// Conferencing and Web Components on servers of their own.
    Expanded,
}

/// A computer.
#[derive(Debug, Clone)]
pub struct Server {
    /// Its number.
    pub id: ServerId,
    /// Its short name.
    pub name: String,
    /// `site.group.name`.
    pub path: String,
    /// Its full name; `None` where no domain gives one (edge servers outside any domain, without a declared name).
    pub fqdn: Option<Fqdn>,
    /// The group that it belongs to.
    pub group: GroupId,
    /// Its site.
    pub site: SiteId,
    /// The operating system that it runs, as its `software` or that of its group says.
    pub operating_system: Option<&'static str>,
    /// How many network cards it has, as its `hardware` or that of its group says.
    pub network_cards: Option<u64>,
    /// All its addresses with their places and networks.
    pub addresses: Vec<(Spanned<Ipv4Addr>, NetworkId)>,
    /// Where it is declared.
    pub span: Span,
}

/// A virtual address.
#[derive(Debug, Clone)]
pub struct Vip {
    /// The address.
    pub address: Spanned<Ipv4Addr>,
    /// Its network.
    pub network: NetworkId,
    /// The balancer that holds it.
    pub load_balancer: LoadBalancerId,
}

/// One server behind an endpoint.
#[derive(Debug, Clone)]
pub struct Member {
    /// The server.
    pub server: ServerId,
    /// Its address on this side.
    pub address: Spanned<Ipv4Addr>,
    /// The network of that address.
    pub network: NetworkId,
}

/// One role of a group on one side: what flows begin and end at.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// Its number.
    pub id: EndpointId,
    /// The group.
    pub group: GroupId,
    /// The role.
    pub role: Role,
    /// The side.
    pub side: Side,
    /// The name that others use for it; `None` for a side without a name.
    pub fqdn: Option<Spanned<Fqdn>>,
    /// The virtual address, when load balanced.
    pub vip: Option<Vip>,
    /// The servers.
    pub members: Vec<Member>,
    /// The place that declares it.
    pub span: Span,
}

/// What only one kind of group has.
#[derive(Debug, Clone)]
pub enum Detail {
    /// Nothing more.
    Plain,
    /// A home for users: Standard Edition or Enterprise.
    Pool {
        /// Consolidated or expanded; Standard Edition counts as consolidated.
        configuration: PoolConfiguration,
        /// Users homed, with the place.
        users: Option<Spanned<u64>>,
        /// The name of the web farm for outsiders.
        external_web_farm: Option<Spanned<Fqdn>>,
        /// The name of the web farm inside, when it differs from the pool's.
        internal_web_farm: Option<Spanned<Fqdn>>,
        /// The location profile of its voice users, if one is named.
        location_profile: Option<Spanned<String>>,
    },
    /// An edge.
    Edge {
        /// Its shape.
        shape: Spanned<EdgeShape>,
    },
    /// A Mediation Server.
    Mediation {
        /// The default location profile.
        location_profile: Option<Spanned<String>>,
        /// The ports of its media, where the topology states a whole range.
        media_ports: Option<Spanned<PortRange>>,
    },
    /// A media gateway.
    Gateway {
        /// `tcp` or `tls`.
        transport: &'static str,
        /// Telephone ports.
        ports: Option<u64>,
    },
    /// A database.
    BackEnd {
        /// The instance name; empty for the default instance.
        instance: String,
        /// The TCP port, where the topology states one.
        port: Option<u16>,
        /// The release of SQL Server, in the word of `version =`, where the topology states one.
        version: Option<&'static str>,
        /// Where the topology says that its computer is of the mid-range class.
        mid_range: Option<Span>,
    },
    /// An Archiving or Monitoring Server.
    Records {
        /// The release of SQL Server on its own computer, in the word of `sql_version =`, where the topology states one.
        sql_version: Option<&'static str>,
        /// The hour in which it purges its database, where the topology states one.
        purge_hour: Option<u64>,
        /// Whether it purges.
        purges: bool,
    },
    /// A file share.
    FileShare {
        /// The UNC path.
        path: Option<Spanned<String>>,
    },
    /// A Software Update Service.
    UpdateServer {
        /// The name for phones outside.
        external_fqdn: Option<Spanned<Fqdn>>,
    },
    /// Communicator Web Access.
    WebAccess {
        /// The name for outsiders.
        external_fqdn: Option<Spanned<Fqdn>>,
        /// The port of the virtual server for outsiders, where the topology states one.
        external_port: Option<u16>,
    },
}

/// A deployed unit.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its number.
    pub id: GroupId,
    /// What it is.
    pub kind: GroupKind,
    /// The word of its block.
    pub block: &'static str,
    /// Its short name.
    pub name: String,
    /// `site.name`, or `site.pool.name` for a block inside a pool.
    pub path: String,
    /// Its site.
    pub site: SiteId,
    /// The name that others use: a pool's, an array's or the only server's.
    pub fqdn: Option<Spanned<Fqdn>>,
    /// Whether clients sign in here by DNS.
    pub automatic_sign_in: Option<Span>,
    /// Its servers.
    pub servers: Vec<ServerId>,
    /// Its endpoints.
    pub endpoints: Vec<EndpointId>,
    /// What it depends on: relation, other group, the place that says so (the group's own place for derived relations).
    pub relations: Vec<(Relation, GroupId, Span)>,
    /// The rest.
    pub detail: Detail,
    /// Where it is declared.
    pub span: Span,
}

impl Group {
    /// The groups that this one has the relation to.
    pub fn related(&self, relation: Relation) -> impl Iterator<Item = GroupId> {
        self.relations.iter().filter(move |(r, _, _)| *r == relation).map(|(_, group, _)| *group)
    }
}
