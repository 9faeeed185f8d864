//! What is known of a product release: flows, listeners, names, certificates, steps; each row with source and confidence.
//! The rows are TOML files in the folder of the release; this module gives them types and refuses a bad row.
//! Knows the model's words (roles, sides, features), nothing of any topology.

mod flow;
mod load;
mod provenance;

pub mod step;

pub use flow::{FeatureRow, FlowRelation, FlowRow, ListenerRow, NatRule, PortRange, Target, Tls, Transport};
pub use load::{Catalog, CatalogError, catalog};
pub use provenance::{Confidence, Provenance};
pub use step::{StepCatalog, StepRow, StepSource, step_catalog, step_rows};
