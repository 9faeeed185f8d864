//! Where a step is done: its site, and the computers and devices. Pages filter by them.

use super::facts::Facts;
use super::group_values::hosts;
use super::instances::Subject;
use crate::model::SiteId;

impl Subject {
    /// The site that it is in, if it is in one.
    pub(super) fn site_name(self, facts: &Facts<'_>) -> Option<String> {
        let topology = facts.inputs.plans.topology;
        let in_group = |at| facts.group_of_certificate(at).map(|group| facts.group(group).site);
        let site: Option<SiteId> = match self {
            Subject::Site(site) => Some(site),
            Subject::Group(group) => Some(facts.group(group).site),
            Subject::Server(server) => Some(facts.server(server).site),
            Subject::Certificate(at) => in_group(at),
            Subject::Firewall(at) => facts.firewall_id(at).map(|id| topology.firewall(id).site),
            Subject::LoadBalancer(id) => Some(topology.load_balancer(id).site),
            Subject::Organization | Subject::Domain(_) | Subject::Zone(_) => None,
        };
        site.map(|site| topology.site(site).name.clone())
    }

    /// The computers and devices, by the names that people use.
    pub(super) fn machines(self, facts: &Facts<'_>) -> Vec<String> {
        match self {
            Subject::Group(group) => facts.group(group).servers.iter().map(|server| facts.host(*server)).collect(),
            Subject::Server(server) => vec![facts.host(server)],
            Subject::Certificate(at) => hosts(facts.certificate(at)).collect(),
            Subject::Firewall(at) => vec![facts.firewall(at).path.clone()],
            Subject::LoadBalancer(id) => vec![facts.inputs.plans.topology.load_balancer(id).path.clone()],
            Subject::Organization | Subject::Domain(_) | Subject::Site(_) | Subject::Zone(_) => Vec::new(),
        }
    }
}
