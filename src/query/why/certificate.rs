//! Who carries a name on a certificate, and what breaks without it.

use super::{Carrier, InstalledOn, MetTraffic};
use crate::catalog::{FlowRow, Tls};
use crate::model::EndpointId;
use crate::plan::Plans;
use crate::plan::certificate::{Certificate, NameReason};
use crate::query::answer::{Grounds, ServedEnd};

/// The certificates that carry a name, by slug; where there is none, what may have been meant.
pub(super) fn carriers(name: &str, plans: Plans<'_>) -> Result<Vec<Carrier>, String> {
    let mut carriers = Vec::new();
    for certificate in &plans.certificates().certificates {
        if let Some(reason) = certificate.names.iter().find(|reason| reason.name.as_str() == name) {
            carriers.push(carrier(certificate, reason, plans));
        }
    }
    if carriers.is_empty() { Err(no_carrier(name, plans)) } else { Ok(carriers) }
}

fn carrier(certificate: &Certificate, name: &NameReason, plans: Plans<'_>) -> Carrier {
    let reason = &certificate.reason;
    let met =
        |row: &FlowRow| MetTraffic { row: row.id.clone(), application: row.application.clone(), breaks: row.breaks.clone() };
    Carrier {
        certificate: certificate.slug.clone(),
        name: name.name.to_string(),
        common_name: certificate.common_name == name.name,
        serves: certificate.serves.iter().map(ServedEnd::from).collect(),
        installs: certificate
            .installs
            .iter()
            .map(|install| InstalledOn { path: install.path.clone(), fqdn: install.fqdn.as_ref().map(ToString::to_string) })
            .collect(),
        issuer: certificate.issuer.as_ref().map(|issuer| issuer.name.clone()),
        pattern: name.pattern.clone(),
        written: name.written.clone(),
        sign_in: name.sign_in,
        serving: name.serving.map(|role| role.word()),
        features: reason.features.iter().chain(&name.features).copied().collect(),
        declared: reason.declared.clone(),
        purpose: reason.purpose.clone(),
        meets: meets(certificate, plans).into_iter().map(met).collect(),
        grounds: Grounds::of_reason(reason, plans.catalog),
    }
}

/// The rows of the flows over TLS to whatever presents the certificate.
fn meets<'a>(certificate: &Certificate, plans: Plans<'a>) -> Vec<&'a FlowRow> {
    let presents = |endpoint: EndpointId| certificate.serves.iter().any(|served| served.endpoint == endpoint);
    let flows = plans.flows.flows.iter().filter(|flow| flow.row.tls != Tls::None);
    let met = flows.filter(|flow| flow.to.iter().filter_map(|peer| peer.endpoint).any(presents));
    let mut rows: Vec<&FlowRow> = met.map(|flow| flow.row).collect();
    rows.sort_by(|a, b| a.id.cmp(&b.id));
    rows.dedup_by(|a, b| a.id == b.id);
    rows
}

fn no_carrier(name: &str, plans: Plans<'_>) -> String {
    let endpoint =
        plans.topology.endpoints.iter().find(|endpoint| endpoint.fqdn.as_ref().is_some_and(|own| own.value.as_str() == name));
    if let Some(endpoint) = endpoint {
        let path = &plans.topology.group(endpoint.group).path;
        let (role, side) = (endpoint.role.word(), endpoint.side.word());
        return format!("no certificate carries `{name}`: it is the name of `{path}` {role} {side}, which presents none");
    }
    let names = || plans.certificates().certificates.iter().flat_map(|c| c.names.iter().map(|reason| reason.name.as_str()));
    match crate::diag::nearest(name, names()) {
        Some(near) => format!("no certificate carries `{name}`: did you mean `{near}`?"),
        None => format!("no certificate carries `{name}`: certificates.csv of a build lists all names"),
    }
}
