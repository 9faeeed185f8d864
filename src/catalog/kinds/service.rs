//! What users have of a deployment, and the flows that carry it: an outage takes away what loses one of its flows.

use serde::{Deserialize, Serialize};

use crate::catalog::Provenance;
use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::fact_row;
use crate::catalog::kind::Kind;
use crate::product::{Feature, Role};

/// One thing that users have.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Stable name: the word of its feature, where a feature is one service.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Whether it begins outside, at the internet; else at the clients of a site.
    #[serde(default)]
    pub outside: bool,
    /// The roles without which a deployment does not have it.
    pub roles: Vec<Role>,
    /// The rows of the flows that it needs, all of them; a row whose two ends a deployment does not have is not needed there.
    pub flows: Vec<String>,
    /// The rows of the flows that it needs too where front ends stop when they cannot archive.
    #[serde(default)]
    pub flows_if_critical: Vec<String>,
    /// A flow of some servers only, which those without it use by handing on to these.
    #[serde(default)]
    pub handed_on: Option<HandedOn>,
    /// Offered when all features of one inner list are on; an empty outer list means always.
    #[serde(default)]
    pub when: Vec<Vec<Feature>>,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

/// How servers without a flow use that of others of their role.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandedOn {
    /// The row of the flow; its relation is `from`: the servers at its end name those that it begins at.
    pub flow: String,
    /// The row by which one server hands on to another one of its role.
    pub by: String,
}

fact_row!(Service, "services.toml", |row, checks| {
    checks.text(&row.id, "title", &row.title);
    if row.flows.is_empty() || row.roles.is_empty() {
        checks.refuse(&row.id, "a service has roles and flows");
    }
}, keeps_order: true);

const COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("service", &["title"]),
    column("flows", &["flows"]),
    column("in critical mode", &["flows_if_critical"]),
    column("handed on", &["handed_on"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const KIND: Kind = Kind::of::<Service>(
    "services",
    "Services",
    "What users have, and the flows that carry it. An outage takes a service away from users when one of its flows has no way left.",
    COLUMNS,
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{FlowRelation, catalog, facts};
    use crate::product::Product;
    use std::collections::{BTreeMap, BTreeSet};

    #[test]
    fn services_name_flows_that_open_ports_and_lead_in_no_circle() {
        for product in Product::ALL {
            let rows: BTreeMap<&str, _> = catalog(product).flows.iter().map(|row| (row.id.as_str(), row)).collect();
            for service in facts::<Service>(product) {
                let mut edges: BTreeMap<Role, BTreeSet<Role>> = BTreeMap::new();
                let mut met = BTreeSet::new();
                for id in service.flows.iter().chain(&service.flows_if_critical) {
                    let row = rows.get(id.as_str()).unwrap_or_else(|| panic!("{}: no flow {id}", service.id));
                    assert!(row.opens_ports(), "{}: {id} is too unsure", service.id);
                    met.extend(row.from.iter().copied().chain([row.to]));
                    for from in &row.from {
                        edges.entry(*from).or_default().extend((*from != row.to).then_some(row.to));
                    }
                }
                assert!(service.roles.iter().all(|role| met.contains(role)), "{}: a role without a flow", service.id);
                // Roles without a way on are taken away until none is left; what remains is a circle.
                while let Some(end) =
                    edges.iter().find(|(_, to)| to.iter().all(|to| !edges.contains_key(to))).map(|(from, _)| *from)
                {
                    edges.remove(&end);
                }
                assert!(edges.is_empty(), "{}: {edges:?}", service.id);
            }
        }
    }

    #[test]
    fn what_is_handed_on_goes_from_a_role_to_itself() {
        for product in Product::ALL {
            let services = facts::<Service>(product);
            for (service, handed) in services.iter().filter_map(|row| Some((row, row.handed_on.as_ref()?))) {
                assert!(service.flows.contains(&handed.flow), "{}", service.id);
                let row = |id| catalog(product).flow(id).unwrap_or_else(|| panic!("{}: no flow {id}", service.id));
                let (flow, by) = (row(&handed.flow), row(&handed.by));
                assert!(matches!(flow.relation, FlowRelation::From(_)), "{}", service.id);
                assert!(by.opens_ports() && by.from == [by.to] && flow.from == by.from, "{}", service.id);
            }
        }
    }

    #[test]
    fn every_feature_is_part_of_a_service() {
        for product in Product::ALL {
            let services = facts::<Service>(product);
            let of_services: BTreeSet<Feature> = services.iter().flat_map(|row| row.when.iter().flatten()).copied().collect();
            for row in &catalog(product).features {
                let is_base = row.feature == Feature::ImPresence;
                assert!(is_base || of_services.contains(&row.feature), "{}: {}", product.word(), row.feature.word());
            }
        }
    }
}
