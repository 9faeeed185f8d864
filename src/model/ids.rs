//! Numbers of things in the arenas of a topology.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The position in its arena.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A site.
    SiteId;
    /// A network; 0 is the internet.
    NetworkId;
    /// A firewall.
    FirewallId;
    /// A WAN link.
    WanLinkId;
    /// A load balancer.
    LoadBalancerId;
    /// A deployed unit: a server, pool or array with one name.
    GroupId;
    /// One computer.
    ServerId;
    /// One role of a group on one of its sides.
    EndpointId;
}

impl NetworkId {
    /// The network that is always there.
    pub const INTERNET: NetworkId = NetworkId(0);
}
