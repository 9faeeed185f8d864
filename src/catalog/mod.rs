//! What is known of a product release: flows, listeners, names, certificates, steps; each row with source and confidence.
//! The rows are TOML files in the folder of the release; this module gives them types and refuses a bad row.
//! Knows the model's words (roles, sides, features), nothing of any topology.

mod certificate;
mod flow;
mod load;
mod names;
mod pattern;
mod provenance;

pub use certificate::{
    CertificateForm, CertificateRow, Digest, Exportable, ExtendedUse, KeyUse, LcsCmd, SanRule, Scope, Serves, certificate_form,
    certificate_rows,
};
pub use flow::{FeatureRow, FlowRelation, FlowRow, ListenerRow, NatRule, PortRange, Target, Tls, Transport};
pub use load::{Catalog, CatalogError, catalog};
pub use names::{Conflict, NameRow, RecordType, SoaTimes, Subject, View, name_rows, soa_times};
pub use pattern::{Hole, Pattern};
pub use provenance::{Confidence, Provenance};

/// What is missing in a row's provenance.
fn provenance_faults(id: &str, provenance: &Provenance) -> Vec<String> {
    let mut faults = Vec::new();
    if provenance.source.is_empty() {
        faults.push(format!("`{id}`: no source"));
    }
    if !(1..=12).contains(&provenance.step) {
        faults.push(format!("`{id}`: step {} is none of the guide's twelve", provenance.step));
    }
    faults
}
