//! The typed topology: arenas and ids, references resolved, every value with its place.
//! Input: [`Decls`](crate::lower::Decls). Output: [`Topology`] and findings. Knows nothing of syntax trees or the catalogue's rows.

mod blocks;
mod build;
mod edge;
mod group;
mod holder;
mod ids;
mod members;
mod network;
mod organization;
mod paths;
mod place;
mod pool;
mod ranges;
mod relations;
mod resolve;
mod scope;
mod slip;
mod topology;
mod web_access;

pub use group::{Detail, Endpoint, Group, Member, PoolConfiguration, Server, Vip};
pub use ids::{EndpointId, FirewallId, GroupId, LoadBalancerId, NetworkId, ServerId, SiteId, WanLinkId};
pub use members::Members;
pub use network::{Firewall, LoadBalancer, Network, StaticNat, WanLink, is_private};
pub use organization::{
    AdDomain, CertificateSubject, CertificationAuthority, Dns, ExternalAccess, Federation, Organization, SharedZone,
};
pub use ranges::NetworkRanges;
pub use resolve::resolve;
pub use topology::{Link, Named, Site, Topology};
