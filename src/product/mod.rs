//! The words of the product, each list declared once: releases, features, roles, kinds of deployed units, what joins them.
//! Topologies, catalogues and rules use the same lists. Knows nothing of any of them.

mod client;
mod dialect;
mod feature;
mod release;
mod role;
mod team;
#[cfg(test)]
mod tests;
mod traffic;
mod unit;
mod words;

pub use client::{Client, ClientPlace};
pub use dialect::{BalancerDialect, FirewallDialect};
pub use feature::Feature;
pub use release::{Choice, Product, Releases};
pub use role::Role;
pub use team::Team;
pub use traffic::{PortRange, Transport};
pub use unit::{EdgeShape, GroupKind, IssuerKind, NatMode, Relation, Side, Zone};
pub use words::UnknownWord;
