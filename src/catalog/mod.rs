//! What is known of a product release: flows, listeners, names, certificates, steps; each row with source and confidence.
//! The rows are TOML files in the folder of the release; this module gives them types and refuses a bad row.
//! Knows the model's words (roles, sides, features), nothing of any topology.

mod balanced_role;
mod balancer_device;
mod balancing;
mod capacity;
mod certificate;
mod certificate_limit;
mod changes;
mod check;
mod codec;
mod collocation;
mod data_store;
mod device_operation;
mod directory;
mod edge_shape;
mod facts;
mod feature;
mod files;
mod flow;
mod gateway_type;
mod hardware;
mod host_firewall;
mod ipsec;
#[cfg(test)]
mod layer;
mod limits;
mod load;
mod name_form;
mod names;
#[cfg(test)]
mod occasion_tests;
mod pattern;
mod printed_rule;
mod provenance;
mod proxy_setting;
mod published_path;
mod raw;
#[cfg(test)]
mod refusals;
mod release;
mod rows;
mod samples;
mod setting;
mod software;
mod support;
#[cfg(test)]
mod tests;
mod user_model;
mod virtualization;

pub mod show;
pub mod step;

pub use balanced_role::BalancedRole;
pub use balancer_device::BalancerDevice;
pub use balancing::{Affinity, Balancing, Method};
pub use capacity::{EdgeCapacity, PoolCapacity};
use certificate::left_out_certificates;
pub use certificate::{
    CertificateForm, CertificateRow, Digest, Exportable, ExtendedUse, KeyUse, LcsCmd, SanRule, Scope, Serves, certificate_form,
    certificate_rows,
};
pub use certificate_limit::{SeparateCertificates, Wildcard, wildcard};
pub use changes::{ChangeKind, ChangeRow, changes};
pub use check::CatalogError;
pub use codec::Codec;
pub use collocation::{Collocation, Verdict};
pub use data_store::{DataStore, Keep};
pub use device_operation::{DeviceOperation, Task, device_operations};
pub use directory::{DirectoryGroup, DirectoryRequirement};
pub use edge_shape::{EdgeComputers, EdgeShapeRow};
pub use facts::{Fact, fact, facts};
pub use feature::{CombinationRow, FeatureRow};
pub use flow::{Condition, FlowRelation, FlowRow, LeftOut, ListenerRow, NatRule, Target, Tls};
pub use gateway_type::{GatewayType, MediationPlace};
pub use hardware::Hardware;
pub use host_firewall::{HostAdmission, HostFirewall, HostTool};
pub use ipsec::IpsecExemption;
pub use limits::Limit;
pub use load::{Catalog, catalog, load};
pub use name_form::NameForm;
pub use names::{NameRow, RecordType, SoaTimes, Subject, View, left_out_names, name_rows, service_names, soa_times};
pub use pattern::{Hole, Pattern};
pub use printed_rule::PrintedRule;
pub use provenance::{Claim, Confidence, Conflict, Provenance, Source};
pub use proxy_setting::ProxySetting;
pub use published_path::PublishedPath;
pub use release::Release;
pub use samples::{SampleDomain, SampleNetwork, Samples, samples};
pub use setting::{Place, Setting};
pub use software::Software;
pub use step::{StepCatalog, StepRow, step_catalog, step_rows};
pub use support::{Standing, Support};
pub use user_model::Assumption;
pub use virtualization::Virtualization;
