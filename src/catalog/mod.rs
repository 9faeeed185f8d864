//! What is known of a product release: flows, listeners, names, certificates, steps; each row with source and confidence.
//! The rows are TOML files in the folder of the release; this module gives them types and refuses a bad row.
//! Knows the model's words (roles, sides, features), nothing of any topology.

mod flow;
mod limits;
mod load;
mod provenance;
mod samples;

pub use flow::{FeatureRow, FlowRelation, FlowRow, ListenerRow, NatRule, PortRange, Target, Tls, Transport};
pub use limits::{Limit, limit, limits};
pub use load::{Catalog, CatalogError, catalog};
pub use provenance::{Confidence, Provenance};
pub use samples::{SampleDomain, SampleNetwork, Samples, samples};
