//! What is known of a product release: flows, listeners, names, certificates, steps; each row with source and confidence.
//! The rows are TOML files in the folder of the release; this module gives them types. The build script compiles this module too: it reads
//! and checks the files (`read`) and stores the rows, and the program (`cfg(stored_catalogue)`) takes them from there.
//! Knows the model's words (roles, sides, features), nothing of any topology.

mod changes;
mod check;
mod column;
mod fact;
#[cfg(any(test, not(stored_catalogue)))]
mod fact_file;
mod feature;
mod files;
mod flow;
mod kind;
mod kinds;
mod load;
mod pattern;
mod provenance;
mod samples;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_conditions;

#[cfg(any(test, not(stored_catalogue)))]
pub(crate) mod read;
pub mod show;
pub mod step;
#[cfg(any(test, not(stored_catalogue)))]
pub(crate) mod written;

pub use changes::{ChangeKind, ChangeRow, changes};
pub use check::CatalogError;
pub use fact::{Fact, fact, facts};
pub use feature::{CombinationRow, FeatureRow};
pub use files::row_count;
pub use flow::{Condition, FlowRelation, FlowRow, LeftOut, ListenerRow, NatRule, Target, Tls};
pub use kinds::{
    Affinity, Assumption, BalancedRole, BalancerDevice, Balancing, CONSTANTS, CallRule, CertificateForm, CertificateRestart,
    CertificateRow, ClientConnection, ClientLookup, ClientRule, Codec, Collocation, ComplianceFact, ComplianceTopic,
    ConnectionStage, DataStore, DeviceOperation, Digest, DirectoryGroup, DirectoryRequirement, DnsView, Durability, EdgeCapacity,
    EdgeComputers, EdgeShapeRow, Exportable, ExtendedUse, FigureBound, FigureInput, FigureRow, FoundBy, GatewayType, Hardware,
    HostAdmission, HostFirewall, HostTool, Instances, IpsecExemption, KeyUse, LcsCmd, Left, Licence, LicensedBy, Limit,
    LookupStage, Measured, MediationPlace, Method, NameForm, NameRow, OutageAspect, OutageDevice, OutageFact, PartnerTerm, Place,
    PoolCapacity, PrintedRule, ProxySetting, PublishedPath, RecordType, RecordedThing, Release, SanRule, Scope,
    SeparateCertificates, Serves, Service, Setting, SoaTimes, Software, Subject, Support, SupportLevel, Task, TermPart,
    TestedThing, Verdict, Virtualization, Volume, Wildcard, all_device_operations, certificate_form, service_names, wildcard,
};
pub use load::{Catalog, catalog};
pub use pattern::{Hole, Pattern};
pub use provenance::{Claim, Confidence, Conflict, Provenance, Source};
pub use samples::{SampleDomain, SampleNetwork, Samples, samples};
pub use step::{StepCatalog, StepRow, change_catalog, step_catalog, step_rows};
