//! The units that are deployed under one name, what joins them, and how their parts are distinguished.

use super::words::words;
use super::{Choice, Releases};

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
        /// The pool that a Communicator Web Access server speaks to.
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
    /// Who issues certificates.
    pub enum IssuerKind: Choice {
        Enterprise = "enterprise"
            => "The organization's own, trusted by its computers only: for servers inside and the inner edge of edge servers.";
        Public = "public"
            => "One that computers of strangers trust: for the outer edge of edge servers and the reverse proxy.";
    }
}

words! {
    /// How a load balancer treats addresses.
    pub enum NatMode: Choice {
        Snat = "snat"
            => "It puts its own address as the source, so that answers come back through it; the recommended form.";
        Dnat = "dnat"
            => "It changes the destination only; servers answer through it as their gateway. The only way in front of A/V Edges outside; not in front of pools and Directors with 2007 R2.";
    }
}
