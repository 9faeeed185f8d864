//! The goal of high availability that a topology states, for the organization and for single sites.

use std::collections::BTreeMap;

use super::RuleContext;
use crate::lower::Decl;
use crate::model::SiteId;
use crate::text::Span;

/// The sites where one failure must not stop a service, with the place that states it.
pub(super) struct AvailabilityGoals {
    organization: Option<Span>,
    /// What sites state for themselves: `None` is `ordinary`.
    sites: BTreeMap<SiteId, Option<Span>>,
}

impl AvailabilityGoals {
    /// Reads the goals of a topology.
    pub(super) fn new(view: &RuleContext) -> Self {
        let stated = |decl: &Decl| {
            let choice = decl.choice("availability").filter(|_| decl.is_written("availability"))?;
            Some((choice.value == "high").then_some(choice.span))
        };
        let organization = view.blocks_of("organization").next().and_then(|block| stated(block.decl)).flatten();
        let by_name: BTreeMap<&str, SiteId> = view.topology.sites.iter().map(|site| (site.name.as_str(), site.id)).collect();
        let sites =
            view.blocks_of("site").filter_map(|block| Some((*by_name.get(block.decl.name.as_str())?, stated(block.decl)?)));
        Self { organization, sites: sites.collect() }
    }

    /// The place that states the goal for a site; `None` where a failure may stop a service.
    pub(super) fn of(&self, site: SiteId) -> Option<Span> {
        self.sites.get(&site).copied().unwrap_or(self.organization)
    }
}
