//! Who carries a name on a certificate, and what breaks without it.

use super::Known;
use crate::catalog::{FlowRow, Tls};
use crate::model::EndpointId;
use crate::plan::certificate::{Certificate, NameReason};

/// A certificate that carries a name.
#[derive(Debug)]
pub struct Carrier<'a> {
    /// The certificate.
    pub certificate: &'a Certificate,
    /// Why the name is on it.
    pub name: &'a NameReason,
    /// The rows of the traffic that meets the certificate, by id: what they carry breaks off without the name.
    pub meets: Vec<&'a FlowRow>,
}

/// The certificates that carry a name, by slug; where there is none, what may have been meant.
pub(super) fn carriers<'a>(name: &str, known: Known<'a>) -> Result<Vec<Carrier<'a>>, String> {
    let certificates = &known.certificates.certificates;
    let mut carriers = Vec::new();
    for certificate in certificates {
        if let Some(reason) = certificate.names.iter().find(|reason| reason.name.as_str() == name) {
            carriers.push(Carrier { certificate, name: reason, meets: meets(certificate, known) });
        }
    }
    if carriers.is_empty() { Err(nobody(name, known)) } else { Ok(carriers) }
}

/// The rows of the flows over TLS to whatever presents the certificate.
fn meets<'a>(certificate: &Certificate, known: Known<'a>) -> Vec<&'a FlowRow> {
    let presents = |endpoint: EndpointId| certificate.serves.iter().any(|served| served.endpoint == endpoint);
    let flows = known.flows.flows.iter().filter(|flow| flow.row.tls != Tls::None);
    let met = flows.filter(|flow| flow.to.iter().filter_map(|peer| peer.endpoint).any(presents));
    let mut rows: Vec<&FlowRow> = met.map(|flow| flow.row).collect();
    rows.sort_by(|a, b| a.id.cmp(&b.id));
    rows.dedup_by(|a, b| a.id == b.id);
    rows
}

fn nobody(name: &str, known: Known<'_>) -> String {
    let bearer =
        known.topology.endpoints.iter().find(|endpoint| endpoint.fqdn.as_ref().is_some_and(|own| own.value.as_str() == name));
    if let Some(endpoint) = bearer {
        let path = &known.topology.group(endpoint.group).path;
        let (role, side) = (endpoint.role.word(), endpoint.side.word());
        return format!("no certificate carries `{name}`: it is the name of `{path}` {role} {side}, which presents none");
    }
    let names = || known.certificates.certificates.iter().flat_map(|c| c.names.iter().map(|reason| reason.name.as_str()));
    match crate::diag::nearest(name, names()) {
        Some(near) => format!("no certificate carries `{name}`: did you mean `{near}`?"),
        None => format!("no certificate carries `{name}`: certificates.csv of a build lists all names"),
    }
}
