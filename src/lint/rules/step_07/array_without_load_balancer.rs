//! Several servers and no one address for them all.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::Fact;
use crate::flow::FlowProblem;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, advice, bases, words};
use crate::model::{Detail, Endpoint, EndpointId, Group, GroupId, LoadBalancer, NetworkId};
use crate::product::{EdgeShape, GroupKind, Product, Relation, Side};

rule! {
    /// ## What it does
    /// Reports a pool or an array of Directors with two or more servers that is reached by one name, without a virtual address on
    /// a load balancer; in 2007 R2 an edge service too. Edges of 2007 are reported by `edge-array-without-load-balancer`.
    ///
    /// ## Why it matters
    /// The name has one address in DNS. Without a load balancer that is the address of one server: the others are idle, and when
    /// that server fails, the service fails.
    ///
    /// ## Planning Guide
    /// Step 7: an Enterprise pool with two or more Front End Servers needs a load balancer, and so do Web Components Servers
    /// of an expanded pool; 2007 R2 requires one in front of several edge servers. Web Conferencing and A/V Conferencing Servers
    /// never have a virtual address, and Web Conferencing Edges have none on the inside.
    "OCS0701" "array-without-load-balancer" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 7, load balancers (bb870398, bb964010); 2007 R2, load balancers (dd572362)",
        waivable: false,
        bad: Example::with(bases::POOL, &[(
            "    load_balancer     = lb\n    vip               = 10.10.0.10\n",
            "",
        ), (
            r"  load_balancer lb {
    nat            = snat
    snat_addresses = [10.10.0.9]
    idle_timeout   = 30min
  }

",
            "",
        )]),
        good: Example::of(bases::POOL),
    }
}

/// The groups that this rule reports, with their endpoints that lack a virtual address.
pub(in crate::lint::rules) fn lacking<'a>(view: &RuleContext<'a>) -> BTreeMap<GroupId, Vec<&'a Endpoint>> {
    let mut lacking: BTreeMap<GroupId, Vec<&Endpoint>> = BTreeMap::new();
    let needed: BTreeSet<EndpointId> = view
        .flows
        .problems
        .iter()
        .filter_map(|problem| match problem {
            FlowProblem::NoVip { endpoint, .. } => Some(*endpoint),
            _ => None,
        })
        .collect();
    for endpoint in &view.topology.endpoints {
        let alone = endpoint.members.len() > 1 && endpoint.vip.is_none();
        if alone && (needed.contains(&endpoint.id) || by_one_name(view, endpoint)) {
            lacking.entry(endpoint.group).or_default().push(endpoint);
        }
    }
    // An array whose shape has no load balancer has too many servers, and that is what is reported.
    let scalable = |group: &GroupId| match &view.topology.group(*group).detail {
        Detail::Edge { shape } => !matches!(shape.value, EdgeShape::Consolidated | EdgeShape::SingleSite),
        _ => true,
    };
    lacking.retain(|group, _| scalable(group));
    lacking
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for (id, endpoints) in lacking(view) {
        if !edge_of_2007(view, id) {
            sink.report(finding(view, id, &endpoints));
        }
    }
}

/// Whether a group is an edge array of the release that recommends a load balancer in front of it.
pub(in crate::lint::rules) fn edge_of_2007(view: &RuleContext, id: GroupId) -> bool {
    view.topology.group(id).kind == GroupKind::EdgeArray && view.organization().product == Product::Ocs2007
}

/// What is reported of a group without a load balancer.
pub(in crate::lint::rules) fn finding(view: &RuleContext, id: GroupId, endpoints: &[&Endpoint]) -> Finding {
    let group = view.topology.group(id);
    let servers = endpoints.iter().map(|endpoint| endpoint.members.len()).max().unwrap_or_default();
    let finding = Finding::new(
        format!("`{}` has {} and no load balancer", group.path, words::count(servers, "server")),
        group.span,
        "they have no common address",
    )
    .help(way_out(view, group, endpoints))
    .blames(Fact::Balanced(group.span));
    match view.dependants(Relation::NextHop, id).first() {
        Some((other, span)) => {
            finding.related(*span, format!("the next hop of `{}` must be one address", view.topology.group(*other).path))
        }
        None => finding,
    }
}

/// The load balancer and virtual addresses to write, of those that are in the servers' networks already, or of one to declare.
fn way_out(view: &RuleContext, group: &Group, endpoints: &[&Endpoint]) -> String {
    let mut places: Vec<(&str, NetworkId)> =
        endpoints.iter().filter_map(|endpoint| Some((place(endpoint, group), endpoint.members.first()?.network))).collect();
    places.sort_unstable();
    places.dedup_by_key(|(place, _)| *place);
    let mut taken = BTreeSet::new();
    let mut next = |network| view.topology.free_addresses(network).find(|address| taken.insert(*address));
    let (mut written, mut declared) = (Vec::new(), Vec::new());
    for (place, network) in &places {
        let Some(vip) = next(*network) else { continue };
        let block = if *place == group.block { advice::block(group) } else { format!("`{place}`") };
        let name = match balancer_in(view, group, *network) {
            Some(name) => name.to_owned(),
            None => {
                let name = format!("lb_{}", view.topology.network(*network).name);
                if let Some(own) = next(*network) {
                    declared.push(format!("`load_balancer {name} {{ nat = snat  snat_addresses = [{own}] }}`"));
                }
                name
            }
        };
        written.push(format!("`load_balancer = {name}` and `vip = {vip}` in {block}"));
    }
    match declared.is_empty() {
        true => format!("write {}", words::list(&written)),
        false => format!("declare {} in the site, then put {}", words::list(&declared), words::list(&written)),
    }
}

/// A load balancer of the site that has an address in a network already.
fn balancer_in<'a>(view: &RuleContext<'a>, group: &Group, network: NetworkId) -> Option<&'a str> {
    let mut own = view.topology.load_balancers_at(group.site);
    let is_in_network = |balancer: &&LoadBalancer| {
        let vips = view.topology.endpoints.iter().filter_map(|endpoint| endpoint.vip.as_ref());
        let range = view.topology.network(network).range;
        vips.filter(|vip| vip.load_balancer == balancer.id).any(|vip| vip.network == network)
            || balancer.snat_addresses.iter().any(|address| range.contains(&address.value))
    };
    own.find(is_in_network).map(|balancer| balancer.name.as_str())
}

/// Whether a listener of the role is on the virtual address of a load-balanced group.
fn by_one_name(view: &RuleContext, endpoint: &Endpoint) -> bool {
    view.catalog.listeners.iter().any(|row| row.role == endpoint.role && row.side == endpoint.side && row.vip)
}

/// The block that takes the virtual address.
fn place(endpoint: &Endpoint, group: &Group) -> &'static str {
    match (group.kind, endpoint.side) {
        (GroupKind::EdgeArray, Side::Outside) => endpoint.role.word(),
        (GroupKind::EdgeArray, _) => "inside",
        _ => group.block,
    }
}
