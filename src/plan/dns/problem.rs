//! What the plan of names cannot make right by itself; rules turn it into findings.

use std::net::Ipv4Addr;

use crate::catalog::View;
use crate::lower::Fqdn;
use crate::model::GroupId;
use crate::schema::Product;
use crate::text::Span;

/// One side of a contradiction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// What the record would say.
    pub data: String,
    /// Who says so: a path in the topology.
    pub path: String,
    /// Where.
    pub span: Span,
}

/// A name that cannot be planned as the topology stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DnsProblem {
    /// The release has no rows of names.
    NoCatalogue {
        /// The release.
        product: Product,
    },
    /// A composed name is no domain name, such as one that grew too long.
    BadName {
        /// The row.
        row: String,
        /// The name.
        name: String,
        /// What is wrong with it, as the end of a sentence.
        why: String,
        /// The place of the part that the user wrote.
        span: Span,
    },
    /// Others must find it by name, and it has none.
    NoName {
        /// The row.
        row: String,
        /// The group or server.
        path: String,
        /// Where it is declared.
        span: Span,
    },
    /// A name for several servers, without one address for them all.
    NoAddress {
        /// The row.
        row: String,
        /// The name.
        name: Fqdn,
        /// The group.
        group: GroupId,
        /// Where the servers are declared.
        span: Span,
    },
    /// One name with two addresses; the first is planned.
    SeveralAddresses {
        /// The view.
        view: View,
        /// The name.
        name: Fqdn,
        /// The first, by address.
        first: Claim,
        /// Another.
        second: Claim,
    },
    /// A name that stands for another has records of its own too; the CNAME record is left out.
    CnameBeside {
        /// The view.
        view: View,
        /// The name.
        name: Fqdn,
        /// The CNAME record.
        cname: Claim,
        /// Another record.
        other: Claim,
    },
    /// Outsiders have a name for it, and no reverse proxy publishes it.
    NotPublished {
        /// The row.
        row: String,
        /// The name.
        name: Fqdn,
        /// The group.
        group: GroupId,
        /// Where the name is declared.
        span: Span,
    },
    /// Clients would sign in by DNS at several places; the first by path is planned.
    SeveralSignIn {
        /// The groups, with the place that says so.
        groups: Vec<(GroupId, Span)>,
    },
    /// Several groups hold the one service of the organization that a SIP domain leads to; the first by path is planned.
    SeveralHolders {
        /// The row.
        row: String,
        /// The groups, with their places.
        groups: Vec<(GroupId, Span)>,
    },
    /// The internet would be told an address that it cannot reach.
    PrivateAddress {
        /// The name.
        name: Fqdn,
        /// The address.
        address: Ipv4Addr,
        /// Where the address is declared.
        span: Span,
    },
    /// Two translations give one address two public ones; the first by path counts.
    SeveralPublicAddresses {
        /// The translated address.
        inside: Ipv4Addr,
        /// The first translation.
        first: Span,
        /// Another.
        second: Span,
    },
    /// No name servers are known: the zones of the view are files of records for inclusion.
    NoNameServers {
        /// The view.
        view: View,
    },
    /// A name server within a zone needs an address record there, and the topology knows none; it is left out.
    NameServerWithoutAddress {
        /// The view.
        view: View,
        /// The zone.
        zone: Fqdn,
        /// The name server.
        name: Fqdn,
        /// Where it is declared; `None` for a domain controller.
        span: Option<Span>,
    },
}
