//! What stops a service of a site where nothing may fail, and is there once.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::Severity;
use crate::graph::{NetworkGraph, Node};
use crate::lint::availability::AvailabilityGoals;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::model::{Group, ServerId, SiteId, Topology};
use crate::plan::outage::{OutagePlan, Part, PartId};
use crate::product::GroupKind;
use crate::text::Span;

rule! {
    /// ## What it does
    /// Reports a server or device without which a service stops for users of a site whose `availability` is `high`: a Standard
    /// Edition server, the only domain controller, or something at another site that the users depend on. It finds them over the
    /// flows, as `ocstopo fail --all` does. What the other rules of this step report is not reported again.
    ///
    /// File shares, reverse proxies, Archiving, Monitoring, Group Chat and Exchange UM servers are not reported: the language cannot
    /// express yet that a second one takes over. `ocstopo fail --all` lists them, and certificates and whole sites.
    ///
    /// ## Why it matters
    /// A site is as available as what its users need elsewhere.
    ///
    /// ## Planning Guide
    /// Step 10 requires that there is no single point of failure.
    "OCS1009" "single-point-of-failure" {
        severity: Warning,
        confidence: Medium,
        source: "Planning Guide step 10, high availability and fault tolerance (bb870413)",
        bad: Example::with(bases::HIGH, &[("domain_controller dc[01..02] { address = 10.10.0.[5..6] }", "domain_controller dc01 { address = 10.10.0.5 }")]),
        good: Example::of(bases::HIGH),
    }
}

/// Kinds of which the language cannot express that a second one takes over.
const ALONE: [GroupKind; 6] = [
    GroupKind::FileShare,
    GroupKind::ReverseProxy,
    GroupKind::ArchivingServer,
    GroupKind::MonitoringServer,
    GroupKind::GroupChat,
    GroupKind::ExchangeUm,
];

/// What depends on a part.
#[derive(Default)]
struct Dependants {
    services: BTreeSet<usize>,
    people: BTreeSet<usize>,
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let goals = AvailabilityGoals::new(view);
    if view.topology.sites.iter().all(|site| goals.of(site.id).is_none()) {
        return;
    }
    let plan = view.outages();
    let cuts = plan.cuts();
    let mut found: BTreeMap<PartId, Dependants> = BTreeMap::new();
    for used in &plan.uses {
        if goals.of(plan.people[used.people].site).is_none() {
            continue;
        }
        for part in cuts.of(used.need).unwrap_or_default().iter().filter(|part| !plan.parts.has_spare(**part)) {
            let dependants = found.entry(*part).or_default();
            dependants.services.insert(used.service);
            dependants.people.insert(used.people);
        }
    }
    for (part, dependants) in found {
        report(view, plan, &goals, plan.parts.part(part), &dependants, sink);
    }
}

fn report(
    view: &RuleContext,
    plan: &OutagePlan,
    goals: &AvailabilityGoals,
    part: Part,
    dependants: &Dependants,
    sink: &mut Sink,
) {
    let topology = view.topology;
    let Some(thing) = thing(topology, part) else { return };
    let has_goal = thing.site.is_some_and(|site| goals.of(site).is_some());
    let Some(first) = dependants.people.iter().next().map(|at| &plan.people[*at]) else { return };
    let Some(goal) = goals.of(first.site) else { return };
    if has_goal && has_own_rule(topology, part) {
        return;
    }
    let users: u64 = dependants.people.iter().map(|at| plan.people[*at].users).sum();
    let titles: Vec<&str> = dependants.services.iter().map(|at| plan.services[*at].title.as_str()).collect();
    let finding = Finding::new(
        format!(
            "`{}` is a single point of failure for {} of {}, whose site requires high availability",
            thing.path,
            if titles.len() == 1 { titles[0].to_owned() } else { words::count(titles.len(), "service") },
            words::count(usize::try_from(users).unwrap_or(usize::MAX), "user")
        ),
        thing.span,
        format!("without it no {}", words::list(&titles[..titles.len().min(3)])),
    )
    .related(goal, "high availability is required here")
    .help(thing.help);
    sink.report_once(if matches!(part, Part::Balancer(_)) { finding.milder(Severity::Note) } else { finding });
}

/// Whether another rule reports such a part where its own site has the goal.
fn has_own_rule(topology: &Topology, part: Part) -> bool {
    let node = match part {
        Part::Computer(id) => {
            let kind = topology.group(topology.server(id).group).kind;
            return !matches!(kind, GroupKind::DomainController | GroupKind::WebAccess);
        }
        Part::Balancer(_) => return true,
        Part::Firewall(id) => Node::Firewall(id),
        Part::WanLink(id) => Node::WanLink(id),
        Part::Network(_) | Part::Certificate(_) | Part::Site(_) => return false,
    };
    NetworkGraph::new(topology).cut_points().contains(&node)
}

/// What a part is, in a finding.
struct Thing {
    path: String,
    span: Span,
    site: Option<SiteId>,
    help: String,
}

fn thing(topology: &Topology, part: Part) -> Option<Thing> {
    let pair = || "write `redundant = true` if it is a pair".to_owned();
    match part {
        Part::Computer(id) => server(topology, id),
        Part::Balancer(id) => {
            let balancer = topology.load_balancer(id);
            Some(Thing { path: balancer.path.clone(), span: balancer.span, site: Some(balancer.site), help: pair() })
        }
        Part::Firewall(id) => {
            let firewall = topology.firewall(id);
            let help = format!("{}, or declare a second way between its networks", pair());
            Some(Thing { path: firewall.path.clone(), span: firewall.span, site: Some(firewall.site), help })
        }
        Part::WanLink(id) => {
            let link = topology.wan_links.get(id.index())?;
            let site = link.joins.iter().find_map(|end| topology.network(end.value).site);
            let help = format!("{}, or declare a second link between its networks", pair());
            Some(Thing { path: link.path.clone(), span: link.span, site, help })
        }
        Part::Network(_) | Part::Certificate(_) | Part::Site(_) => None,
    }
}

fn server(topology: &Topology, id: ServerId) -> Option<Thing> {
    let server = topology.server(id);
    let group = topology.group(server.group);
    let is_alone = |group: &Group| ALONE.contains(&group.kind);
    let of_alone = topology
        .groups
        .iter()
        .any(|owner| is_alone(owner) && owner.related(crate::product::Relation::BackEnd).any(|own| own == group.id));
    if is_alone(group) || of_alone {
        return None;
    }
    let help = match group.kind {
        GroupKind::StandardEdition => "declare an `enterprise_pool` with two front ends in its place".to_owned(),
        GroupKind::BackEnd => {
            "make it a failover cluster: write the addresses of its `nodes` beside its virtual `address`".to_owned()
        }
        kind => format!("declare a second `{}` that does the same", kind.word()),
    };
    Some(Thing { path: server.path.clone(), span: server.span, site: Some(server.site), help })
}
