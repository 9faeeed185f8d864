//! The kinds of rows in files of their own, one file each, and the list of them.
//! To add a kind: a type with `fact_row!`, its [`Kind`] in [`KINDS`], and its file in the folder of the first release that has
//! it.

mod balanced_role;
mod balancer_device;
mod balancing;
mod call_rule;
mod capacity;
mod certificate;
mod certificate_limit;
mod client;
mod codec;
mod collocation;
mod compliance;
mod data_store;
mod device_operation;
mod directory;
mod edge_shape;
mod figure;
mod gateway_type;
mod handover;
mod hardware;
mod host_firewall;
mod ipsec;
mod licence;
mod limits;
mod name;
mod name_form;
mod outage;
mod printed_rule;
mod proxy_setting;
mod published_path;
mod release;
mod service;
mod setting;
mod software;
mod support;
mod user_model;
mod virtualization;
mod volume;

use super::kind::Kind;
pub use balanced_role::BalancedRole;
pub use balancer_device::BalancerDevice;
pub use balancing::{Affinity, Balancing, Method};
pub use call_rule::CallRule;
pub use capacity::{EdgeCapacity, PoolCapacity};
pub use certificate::{
    CertificateForm, CertificateRow, Digest, Exportable, ExtendedUse, KeyUse, LcsCmd, SanRule, Scope, Serves, certificate_form,
};
pub use certificate_limit::{SeparateCertificates, Wildcard, wildcard};
pub use client::{ClientConnection, ClientLookup, ClientRule, ConnectionStage, LookupStage};
pub use codec::Codec;
pub use collocation::{Collocation, Instances, Verdict};
pub use compliance::{ComplianceFact, ComplianceTopic, RecordedThing};
pub use data_store::{DataStore, Durability};
pub use device_operation::{DeviceOperation, Task, all_device_operations};
pub use directory::{DirectoryGroup, DirectoryRequirement};
pub use edge_shape::{EdgeComputers, EdgeShapeRow};
pub use figure::{CONSTANTS, FigureBound, FigureInput, FigureRow, Measured};
pub use gateway_type::{GatewayType, MediationPlace};
pub use handover::{CertificateRestart, FoundBy, PartnerTerm, TermPart, TestedThing};
pub use hardware::Hardware;
pub use host_firewall::{HostAdmission, HostFirewall, HostTool};
pub use ipsec::IpsecExemption;
pub use licence::{Licence, LicensedBy};
pub use limits::Limit;
pub use name::{DnsView, NameRow, RecordType, SoaTimes, Subject, service_names};
pub use name_form::NameForm;
pub use outage::{Left, OutageAspect, OutageDevice, OutageFact};
pub use printed_rule::PrintedRule;
pub use proxy_setting::ProxySetting;
pub use published_path::PublishedPath;
pub use release::Release;
pub use service::Service;
pub use setting::{Place, Setting};
pub use software::Software;
pub use support::{Support, SupportLevel};
pub use user_model::Assumption;
pub use virtualization::Virtualization;
pub use volume::Volume;

/// Every kind, in the order in which the catalogue shows them.
pub(super) const KINDS: &[&Kind] = &[
    &release::KIND,
    &capacity::POOLS,
    &capacity::EDGES,
    &collocation::KIND,
    &directory::REQUIREMENTS,
    &directory::GROUPS,
    &hardware::KIND,
    &software::KIND,
    &licence::KIND,
    &virtualization::KIND,
    &data_store::KIND,
    &volume::KIND,
    &limits::KIND,
    &user_model::KIND,
    &figure::KIND,
    &compliance::THINGS,
    &compliance::FACTS,
    &support::KIND,
    &service::KIND,
    &outage::KIND,
    &edge_shape::KIND,
    &balanced_role::KIND,
    &balancing::KIND,
    &balancer_device::KIND,
    &gateway_type::KIND,
    &codec::KIND,
    &printed_rule::KIND,
    &call_rule::KIND,
    &name_form::KIND,
    &certificate_limit::SEPARATE,
    &certificate_limit::WILDCARDS,
    &published_path::KIND,
    &proxy_setting::KIND,
    &ipsec::KIND,
    &setting::KIND,
    &host_firewall::FIREWALLS,
    &host_firewall::ADMISSIONS,
    &device_operation::KIND,
    &name::NAMES,
    &name::TIMES,
    &client::LOOKUPS,
    &client::RULES,
    &client::CONNECTIONS,
    &certificate::CERTIFICATES,
    &certificate::FORM,
    &handover::RESTARTS,
    &handover::TERMS,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::product::Product;

    #[test]
    fn every_release_has_rows_of_every_kind() {
        for product in Product::ALL {
            for kind in KINDS {
                assert!(!(kind.rows)(product).is_empty(), "{} has no {}", product.word(), kind.name);
            }
        }
    }

    #[test]
    fn names_of_kinds_are_distinct() {
        let mut names: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), KINDS.len());
    }
}
