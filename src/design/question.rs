//! What is asked before a topology is written, and what was answered.

use ipnet::Ipv4Net;

use crate::formula::Number;
use crate::product::{BalancerDialect, FirewallDialect, Product};

/// An answer, or what stands in for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stated<T> {
    /// The value.
    pub value: T,
    /// Whether it is decided.
    pub decided: bool,
}

impl<T> Stated<T> {
    /// The answer, or a value that is only proposed.
    pub fn or(answer: Option<T>, stand_in: T) -> Self {
        match answer {
            Some(value) => Self { value, decided: true },
            None => Self { value: stand_in, decided: false },
        }
    }

    /// The sign between attribute and value.
    pub(super) fn sign(&self) -> &'static str {
        sign(self.decided)
    }
}

/// `=` for what is decided, `?=` for what is proposed.
pub(super) fn sign(decided: bool) -> &'static str {
    if decided { "=" } else { "?=" }
}

/// What meetings have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conferencing {
    /// There are none.
    None,
    /// Slides and shared applications.
    Web,
    /// Audio and video as well.
    All,
}

/// The answers.
#[derive(Debug, Clone)]
pub struct Question {
    /// The release.
    pub product: Product,
    /// The organization's name for people.
    pub title: String,
    /// The domain of SIP addresses.
    pub domain: Stated<String>,
    /// The Active Directory domain of servers and users.
    pub ad_domain: Stated<String>,
    /// All users.
    pub users: Stated<u64>,
    /// The names of the sites, the data center first; at least one.
    pub sites: Vec<String>,
    /// The users outside at the same time, in hundredths of a percent; none without access from outside.
    pub outside: Option<u32>,
    /// The word of `federation`; `none` without access from outside.
    pub federation: &'static str,
    /// Whether guests without an account may join meetings.
    pub guests: bool,
    /// What meetings have.
    pub conferencing: Conferencing,
    /// Users with Enterprise Voice.
    pub voice: Option<u64>,
    /// How much they telephone: `light`, `moderate` or `heavy`.
    pub call_volume: &'static str,
    /// Whether messages are archived.
    pub archiving: bool,
    /// Whether the service must go on when a computer fails.
    pub availability: bool,
    /// Private addresses of servers and clients.
    pub internal: Stated<Ipv4Net>,
    /// Private addresses between the firewalls.
    pub perimeter: Stated<Ipv4Net>,
    /// Public addresses.
    pub public: Stated<Ipv4Net>,
    /// How servers are named, with `{role}`, `{number}` and perhaps `{site}`.
    pub pattern: String,
    /// The language of the firewalls.
    pub firewall: Stated<FirewallDialect>,
    /// The language of the load balancers.
    pub balancer: Stated<BalancerDialect>,
}

impl Question {
    /// Whether anybody comes from outside.
    pub(super) fn is_open(&self) -> bool {
        self.outside.is_some()
    }

    /// The share of users outside, in percent.
    pub(super) fn share(&self) -> Option<Number> {
        Some(Number::new(self.outside?.into(), 100))
    }

    /// Whether media passes from outside to inside.
    pub(super) fn has_media(&self) -> bool {
        self.conferencing == Conferencing::All || self.voice.is_some()
    }

    /// The first site: the data center.
    pub(super) fn center(&self) -> &str {
        self.sites.first().map_or("main", String::as_str)
    }

    /// How many work at a site; what cannot be divided works at the first.
    pub(super) fn users_at(&self, site: usize) -> u64 {
        let sites = self.sites.len().max(1) as u64;
        let each = self.users.value / sites;
        if site == 0 { self.users.value - each * (sites - 1) } else { each }
    }
}
