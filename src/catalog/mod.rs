//! What is known of a product release: flows, listeners, names, certificates, steps; each row with source and confidence.
//! The rows are TOML files in the folder of the release; this module gives them types and refuses a bad row.
//! Knows the model's words (roles, sides, features), nothing of any topology.

mod certificate;
mod changes;
mod check;
mod column;
mod fact;
mod feature;
mod files;
mod flow;
mod kinds;
#[cfg(test)]
mod layer;
mod load;
mod names;
mod pattern;
mod provenance;
mod raw;
mod rows;
mod samples;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_conditions;
#[cfg(test)]
mod tests_refusals;

pub mod show;
pub mod step;

use certificate::left_out_certificates;
pub use certificate::{
    CertificateForm, CertificateRow, Digest, Exportable, ExtendedUse, KeyUse, LcsCmd, SanRule, Scope, Serves, certificate_form,
    certificate_rows,
};
pub use changes::{ChangeKind, ChangeRow, changes};
pub use check::CatalogError;
pub use fact::{Fact, fact, facts};
pub use feature::{CombinationRow, FeatureRow};
pub use flow::{Condition, FlowRelation, FlowRow, LeftOut, ListenerRow, NatRule, Target, Tls};
pub use kinds::{
    Affinity, Assumption, BalancedRole, BalancerDevice, Balancing, Codec, Collocation, DataStore, DeviceOperation,
    DirectoryGroup, DirectoryRequirement, EdgeCapacity, EdgeComputers, EdgeShapeRow, GatewayType, Hardware, HostAdmission,
    HostFirewall, HostTool, IpsecExemption, Keep, Limit, MediationPlace, Method, NameForm, Place, PoolCapacity, PrintedRule,
    ProxySetting, PublishedPath, Release, SeparateCertificates, Setting, Software, Support, SupportLevel, Task, Verdict,
    Virtualization, Wildcard, device_operations, wildcard,
};
pub use load::{Catalog, catalog, load};
pub use names::{NameRow, RecordType, SoaTimes, Subject, View, left_out_names, name_rows, service_names, soa_times};
pub use pattern::{Hole, Pattern};
pub use provenance::{Claim, Confidence, Conflict, Provenance, Source};
pub use samples::{SampleDomain, SampleNetwork, Samples, samples};
pub use step::{StepCatalog, StepRow, step_catalog, step_rows};
