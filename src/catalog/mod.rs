//! What is known of a product release: flows, listeners, names, certificates, steps; each row with source and confidence.
//! The rows are TOML files in the folder of the release; this module gives them types and refuses a bad row.
//! Knows the model's words (roles, sides, features), nothing of any topology.

mod check;
mod feature;
mod flow;
mod limits;
mod load;
mod provenance;
mod raw;
#[cfg(test)]
mod refusals;
mod rows;
mod samples;
#[cfg(test)]
mod tests;

pub use check::CatalogError;
pub use feature::{CombinationRow, FeatureRow};
pub use flow::{Condition, FlowRelation, FlowRow, LeftOut, ListenerRow, NatRule, PortRange, Target, Tls, Transport};
pub use limits::{Limit, limit, limits};
pub use load::{Catalog, catalog, load};
pub use provenance::{Claim, Confidence, Conflict, Provenance, Source};
pub use samples::{SampleDomain, SampleNetwork, Samples, samples};
