//! What is known of a product release: flows, listeners, names, certificates, steps; each row with source and confidence.
//! The rows are TOML files in the folder of the release; this module gives them types and refuses a bad row.
//! Knows the model's words (roles, sides, features), nothing of any topology.

mod capacity;
mod certificate;
mod changes;
mod check;
mod collocation;
mod directory;
mod facts;
mod feature;
mod files;
mod flow;
mod ipsec;
#[cfg(test)]
mod layer;
mod limits;
mod load;
mod names;
#[cfg(test)]
mod occasion_tests;
mod pattern;
mod provenance;
mod published_path;
mod raw;
#[cfg(test)]
mod refusals;
mod release;
mod rows;
mod samples;
mod setting;
#[cfg(test)]
mod tests;
mod user_model;

pub mod show;
pub mod step;

pub use capacity::{EdgeCapacity, PoolCapacity};
use certificate::left_out_certificates;
pub use certificate::{
    CertificateForm, CertificateRow, Digest, Exportable, ExtendedUse, KeyUse, LcsCmd, SanRule, Scope, Serves, certificate_form,
    certificate_rows,
};
pub use changes::{ChangeKind, ChangeRow, changes};
pub use check::CatalogError;
pub use collocation::{Collocation, Verdict};
pub use directory::{DirectoryGroup, DirectoryRequirement};
pub use facts::{Fact, fact, facts};
pub use feature::{CombinationRow, FeatureRow};
pub use flow::{Condition, FlowRelation, FlowRow, LeftOut, ListenerRow, NatRule, PortRange, Target, Tls, Transport};
pub use ipsec::IpsecExemption;
pub use limits::Limit;
pub use load::{Catalog, catalog, load};
use names::left_out_names;
pub use names::{NameRow, RecordType, SoaTimes, Subject, View, name_rows, soa_times};
pub use pattern::{Hole, Pattern};
pub use provenance::{Claim, Confidence, Conflict, Provenance, Source};
pub use published_path::PublishedPath;
pub use release::Release;
pub use samples::{SampleDomain, SampleNetwork, Samples, samples};
pub use setting::{Place, Setting};
pub use step::{StepCatalog, StepRow, step_catalog, step_rows};
pub use user_model::Assumption;
