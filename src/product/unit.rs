//! The units that are deployed under one name, what joins them, and how their parts are distinguished.

use super::words::words;
use super::{Choice, Product, Releases};

words! {
    /// The block that a group was declared with.
    pub enum GroupKind {
        /// A Standard Edition server.
        StandardEdition = "standard_edition";
        /// An Enterprise pool.
        EnterprisePool = "enterprise_pool";
        /// A single Director.
        Director = "director";
        /// Directors behind a load balancer.
        DirectorArray = "director_array";
        /// Edge servers.
        EdgeArray = "edge_array";
        /// A reverse proxy.
        ReverseProxy = "reverse_proxy";
        /// A Mediation Server.
        MediationServer = "mediation_server";
        /// A gateway to the telephone network.
        MediaGateway = "media_gateway";
        /// An Exchange Unified Messaging server.
        ExchangeUm = "exchange_um";
        /// An Archiving Server.
        ArchivingServer = "archiving_server";
        /// A Monitoring Server.
        MonitoringServer = "monitoring_server";
        /// A Communicator Web Access server.
        WebAccess = "web_access";
        /// A Group Chat Server.
        GroupChat = "group_chat_server";
        /// A Software Update Service.
        UpdateServer = "update_server";
        /// A database.
        BackEnd = "back_end";
        /// A file share.
        FileShare = "file_share";
        /// A domain controller.
        DomainController = "domain_controller";
    }
}

words! {
    /// How one group depends on another.
    pub enum Relation {
        /// An edge or Mediation Server sends SIP inside to it.
        NextHop = "next_hop";
        /// It sends SIP for outsiders to this Access Edge (a pool through its Director).
        AccessEdge = "access_edge";
        /// Its media for outsiders is relayed by this A/V Edge.
        AvEdge = "av_edge";
        /// A Mediation Server and its gateway.
        Gateway = "gateway";
        /// A reverse proxy publishes it.
        Publishes = "publishes";
        /// Its messages are archived there.
        Archiving = "archiving";
        /// Its quality reports and call records go there.
        Monitoring = "monitoring";
        /// Its database.
        BackEnd = "back_end";
        /// Its file share.
        FileShare = "file_share";
        /// Voice mail.
        ExchangeUm = "exchange_um";
        /// The pool that a Communicator Web Access or Group Chat server speaks to.
        Pool = "pool";
        /// The Director in front of it.
        Director = "director";
        /// The server on whose computer it runs.
        Host = "host";
    }
}

words! {
    /// Which leg of a group an endpoint is.
    pub enum Side {
        /// The only one, or the one towards the internal network.
        Inside = "inside";
        /// Towards the internet.
        Outside = "outside";
        /// Towards the media gateway.
        Gateway = "gateway";
    }
}

words! {
    /// On which side of the firewalls a network lies.
    pub enum Zone: Choice {
        /// The internet itself.
        Internet = "internet";
        Internal = "internal" => "Internal: servers, domain controllers and users.";
        Perimeter = "perimeter" => "Between the firewalls: edge servers and reverse proxies only.";
    }
}

impl Zone {
    /// How many firewalls are usually between the internet and it: rules are sorted by it.
    pub fn depth(self) -> u8 {
        match self {
            Self::Internet => 0,
            Self::Perimeter => 1,
            Self::Internal => 2,
        }
    }
}

words! {
    /// How the roles of an edge are spread over computers: the shapes of the Edge Server Deployment Guide.
    pub enum EdgeShape: Choice {
        Consolidated = "consolidated" => "Access, Web Conferencing and A/V Edge on one computer.";
        SingleSite = "single_site"
            => "Access and Web Conferencing Edge on one computer, A/V Edge on another." until Ocs2007;
        ScaledSingleSite = "scaled_single_site"
            => "Several computers with Access and Web Conferencing Edge and several A/V Edges, both behind load balancers.";
        RemoteSite = "remote_site"
            => "One Web Conferencing Edge and one A/V Edge; SIP goes through another site's Access Edge.";
        ScaledRemoteSite = "scaled_remote_site"
            => "Several Web Conferencing Edges and several A/V Edges behind load balancers; SIP goes through another site.";
    }
}

words! {
    /// Who issues certificates.
    pub enum IssuerKind: Choice {
        Enterprise = "enterprise"
            => "The organization's own authority, trusted by its computers only: for internal servers and the inner edge of edge servers.";
        Standalone = "standalone"
            => "The organization's own Windows authority outside Active Directory: it has no templates, each request waits for approval, and its root must be published for computers and phones. It issues what an enterprise authority would.";
        Public = "public"
            => "An authority that outsiders trust: for the outer edge of edge servers and the reverse proxy.";
    }
}

impl IssuerKind {
    /// Whether it is an authority of the organization itself.
    pub const fn is_own(self) -> bool {
        match self {
            IssuerKind::Enterprise | IssuerKind::Standalone => true,
            IssuerKind::Public => false,
        }
    }
}

words! {
    /// How a load balancer treats addresses.
    pub enum NatMode: Choice {
        Snat = "snat"
            => "The load balancer writes its own address as the source, so that answers return through it; the recommended mode.";
        Dnat = "dnat"
            => "The load balancer changes the destination only; it is the gateway of the servers, so that answers return through it. The only mode for the outside of A/V Edges; not supported for pools and Directors of 2007 R2.";
    }
}
