//! What the plan of names cannot make right by itself; each variant has a rule that reports it.

use crate::catalog::DnsView;
use crate::lower::Fqdn;
use crate::model::GroupId;
use crate::text::Span;

/// One side of a contradiction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// What the record would say, with its type: `A 10.0.0.1`.
    pub data: String,
    /// Its target: a path in the topology.
    pub path: String,
    /// Where the name is written, or what it is made of.
    pub name: Span,
    /// Where that is declared which it leads to.
    pub answer: Span,
}

/// A name that cannot be planned from this topology.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DnsProblem {
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
    /// Two records of one name that exclude each other: two addresses, or another name beside anything else. One of them is
    /// planned, so that the zone can be read; nothing is built of it.
    Contradiction {
        /// The view.
        view: DnsView,
        /// The name.
        name: Fqdn,
        /// The one that is planned.
        kept: Claim,
        /// The one that is left out.
        left_out: Claim,
    },
    /// No name servers are known: the zones of the view are files of records for inclusion.
    NoNameServers {
        /// The view.
        view: DnsView,
    },
    /// A name server within a zone needs an address record there, and the topology knows none; it is left out.
    NameServerWithoutAddress {
        /// The view.
        view: DnsView,
        /// The zone.
        zone: Fqdn,
        /// The name server.
        name: Fqdn,
        /// Where it is declared; `None` for a domain controller.
        span: Option<Span>,
    },
}
