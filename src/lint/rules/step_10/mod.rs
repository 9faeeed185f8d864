//! Step 10, high availability: what is there once, where no failure may take a service away.

mod single_conferencing_server;
mod single_database;
mod single_director;
mod single_edge_server;
mod single_front_end;
mod single_gateway;
mod single_load_balancer;
mod single_way;

use std::collections::BTreeMap;

use crate::lint::{Rule, RuleContext};
use crate::model::SiteId;
use crate::text::Span;

/// The rules of this step, by code.
pub(super) const RULES: &[&Rule] = &[
    &single_front_end::RULE,
    &single_database::RULE,
    &single_conferencing_server::RULE,
    &single_edge_server::RULE,
    &single_director::RULE,
    &single_load_balancer::RULE,
    &single_gateway::RULE,
    &single_way::RULE,
];

/// Where no failure may take a service away, with the place that says so.
pub(in crate::lint) struct Goals {
    organization: Option<Span>,
    /// What sites say for themselves: `None` is `ordinary`.
    sites: BTreeMap<SiteId, Option<Span>>,
}

impl Goals {
    pub(in crate::lint) fn new(view: &RuleContext) -> Self {
        let stated = |decl: &crate::lower::Decl| {
            let choice = decl.choice("availability").filter(|_| decl.is_written("availability"))?;
            Some((choice.value == "high").then_some(choice.span))
        };
        let organization = view.blocks_of("organization").next().and_then(|block| stated(block.decl)).flatten();
        let by_name: BTreeMap<&str, SiteId> = view.topology.sites.iter().map(|site| (site.name.as_str(), site.id)).collect();
        let sites =
            view.blocks_of("site").filter_map(|block| Some((*by_name.get(block.decl.name.as_str())?, stated(block.decl)?)));
        Self { organization, sites: sites.collect() }
    }

    /// The place that states the goal for a site; `None` where failures may cost something.
    pub(in crate::lint) fn of(&self, site: SiteId) -> Option<Span> {
        self.sites.get(&site).copied().unwrap_or(self.organization)
    }
}
