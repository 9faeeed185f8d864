//! A network that nothing joins.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Fact, Severity};
use crate::flow::FlowProblem;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::model::{Network, NetworkId, SiteId};

rule! {
    /// ## What it does
    /// Reports a network that no firewall and no WAN link joins with the others. It is an error when a flow must reach the
    /// network, and a warning otherwise.
    ///
    /// ## Why it matters
    /// The network cannot be reached, and its servers reach no other network: no firewall rule names them.
    ///
    /// ## Planning Guide
    /// Steps 4 and 6: every server must reach Active Directory and its partners, every client its pool.
    "OCS0411" "isolated-network" {
        severity: Error,
        confidence: High,
        source: "the catalogue's flows, Planning Guide steps 4 and 6",
        bad: Example::with(bases::STANDARD, &[(
            "  firewall core { joins = [servers, clients]  dialect = nftables }",
            r"  network lab { zone = internal range = 10.20.0.0/24 }
  firewall core { joins = [servers, clients]  dialect = nftables }",
        )]),
        good: Example::of(bases::STANDARD),
    }
}

/// The networks that nothing joins, if there is more than one network beside the internet.
pub(in crate::lint::rules) fn isolated(view: &RuleContext) -> BTreeSet<NetworkId> {
    let topology = view.topology;
    if topology.networks.len() <= 2 {
        return BTreeSet::new();
    }
    let firewalls = topology.firewalls.iter().flat_map(|firewall| &firewall.joins);
    let links = topology.wan_links.iter().flat_map(|link| &link.joins);
    let joined: BTreeSet<NetworkId> = firewalls.chain(links).map(|network| network.value).collect();
    topology.networks.iter().map(|network| network.id).filter(|id| *id != NetworkId::INTERNET && !joined.contains(id)).collect()
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let isolated = isolated(view);
    if isolated.is_empty() {
        return;
    }
    let mut needed = BTreeSet::new();
    for problem in &view.flows.problems {
        if let FlowProblem::NoRoute { from, to, .. } = problem {
            needed.extend([from.network, to.network]);
        }
    }
    // What joins the networks of a site is one thing that is missing.
    let mut sites: BTreeMap<Option<SiteId>, Vec<&Network>> = BTreeMap::new();
    for id in isolated {
        let network = view.topology.network(id);
        sites.entry(network.site).or_default().push(network);
    }
    for networks in sites.values_mut() {
        networks.sort_by_key(|network| (!needed.contains(&network.id), network.span));
        let Some((first, place)) = networks.first().and_then(|first| Some((*first, first.span?))) else { continue };
        let paths: Vec<&str> = networks.iter().map(|network| network.path.as_str()).collect();
        let names: Vec<&str> = networks.iter().map(|network| network.name.as_str()).collect();
        let message = match paths.as_slice() {
            [path] => format!("no firewall or link joins the network `{path}` with another"),
            paths => format!("no firewall or link joins the networks {} with others", words::quoted(paths)),
        };
        let mut finding = Finding::new(message, place, "not in the `joins` of any firewall or link").help(format!(
            "name {} in the `joins` of a firewall, or of a `wan_link` where nothing is filtered",
            words::quoted(&names)
        ));
        for network in networks.iter().skip(1).take(3) {
            finding = finding.related_opt(network.span, "nor this one");
        }
        for network in networks.iter() {
            finding = finding.blames(Fact::Joined(network.span.unwrap_or(place)));
        }
        sink.report(if needed.contains(&first.id) { finding } else { finding.milder(Severity::Warning) });
    }
}
