//! Traffic that an assertion demands and no flow brings.

use std::collections::BTreeSet;

use crate::catalog::FlowRow;
use crate::diag::Fact;
use crate::flow::{Peer, Selector, switched_on};
use crate::lint::assertions::{Question, concerns, first_gap, ports_text, questions, witnesses};
use crate::lint::rule::rule;
use crate::lint::rules::step_04::flow_without_route::{between, parts, way};
use crate::lint::rules::step_04::isolated_network::isolated;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::lower::{AssertionKind, PortSpec};
use crate::model::{Endpoint, Named, Network, NetworkId, SiteId};
use crate::product::{Role, Zone};
use crate::text::Span;

rule! {
    /// ## What it does
    /// Reports an `allow` line that no flow meets, or that the flows meet on some of its ports only.
    ///
    /// ## Why it matters
    /// Firewalls allow what flows need and nothing else, so the traffic of this line would be refused.
    ///
    /// ## Planning Guide
    /// Not in the guide: assertions are the topology's own.
    "OCS0081" "assertion-unmet" {
        severity: Error,
        confidence: High,
        source: "the topology's own assertion",
        waivable: false,
        bad: Example::with(bases::STANDARD, &[(r"    automatic_sign_in = true
  }
}
", r"    automatic_sign_in = true
  }
}

assert {
  allow hq.clients -> hq.se01 on tcp/5060
}
")]),
        good: Example::with(bases::STANDARD, &[(r"    automatic_sign_in = true
  }
}
", r"    automatic_sign_in = true
  }
}

assert {
  allow hq.clients -> hq.se01 on tcp/5061
}
")]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for question in questions(view, AssertionKind::Allow) {
        let witnesses = witnesses(view, &question);
        let on = question.assertion.on.as_ref();
        let gap = match on {
            None if witnesses.is_empty() => None,
            None => continue,
            Some(on) => match first_gap(witnesses.iter().map(|witness| witness.flow), &on.value) {
                None => continue,
                Some(port) => Some((on, PortSpec { first: port, last: port, ..on.value.clone() })),
            },
        };
        let mut there: Vec<String> = witnesses.iter().map(|witness| ports_text(witness.flow)).collect();
        there.sort();
        there.dedup();
        let (what, place, label) = match &gap {
            None => (String::new(), question.assertion.span, "no flow matches".to_owned()),
            Some((on, gap)) => {
                let label = if there.is_empty() {
                    "no flow matches".to_owned()
                } else {
                    format!("flows use {} only", words::list(&there))
                };
                (format!(" on {}/{}", gap.transport, gap.first), on.span, label)
            }
        };
        let message = format!("`{}` must reach `{}`{what}, but no flow does", question.from.text, question.to.text);
        let gap = gap.as_ref().map(|(_, gap)| gap);
        if let Some((from, to)) = unrouted(view, &question, gap) {
            sink.report(without_way(view, message, place, from, to));
        } else if let Some(network) = deserted(view, &question) {
            let site = network.site.map(|id| view.topology.site(id));
            let mut finding = Finding::new(message, place, format!("no connection begins in `{}`", network.path))
                .related_opt(network.span, "it has neither servers nor clients")
                .help(format!("write `clients = true` in `network {}` if users work in it", network.name));
            if let Some(site) = site.filter(|site| !has_clients(view, site.id)) {
                finding = finding.blames(Fact::Clients(site.span));
            }
            sink.report(finding);
        } else {
            sink.report(Finding::new(message, place, label).help(way_out(view, &question, gap)));
        }
    }
}

/// Both ends of a flow that would meet the line if any way led from one to the other.
fn unrouted<'v>(view: &'v RuleContext, question: &Question, on: Option<&PortSpec>) -> Option<(&'v Peer, &'v Peer)> {
    let (source, destination) = (Selector::new(question.from.named), Selector::new(question.to.named));
    let wanted = view.flows.flows.iter().filter(|flow| concerns(flow, on));
    wanted
        .filter_map(|flow| {
            let from = flow.from.iter().find(|peer| source.selects(view.topology, peer))?;
            let to = flow.to.iter().find(|peer| destination.selects(view.topology, peer))?;
            Some((from, to))
        })
        .next()
}

/// A line that is not met because no way leads there: what the networks lack is the cause.
fn without_way(view: &RuleContext, message: String, place: Span, from: &Peer, to: &Peer) -> Finding {
    let isolated = isolated(view);
    let alone: Vec<&Network> = [from, to]
        .iter()
        .filter(|peer| isolated.contains(&peer.network))
        .map(|peer| view.topology.network(peer.network))
        .collect();
    let (here, there) = (view.topology.network(from.network), view.topology.network(to.network));
    if alone.is_empty() {
        return Finding::new(message, place, format!("there is no route from `{}` to `{}`", here.path, there.path))
            .help(format!("join `{}` and `{}` by firewalls or links", here.path, there.path))
            .needs(way(view, between(&parts(view), here.id, there.id)));
    }
    let names: Vec<&str> = alone.iter().map(|network| network.path.as_str()).collect();
    let mut finding =
        Finding::new(message, place, format!("no firewall or link joins {} with another network", words::quoted(&names)))
            .help(format!("name {} in the `joins` of a firewall or a link", words::quoted(&names)));
    for network in alone {
        finding = finding.related_opt(network.span, "in no `joins`").needs_one_of(network.span.map(Fact::Joined));
    }
    finding
}

/// The network on the left of a line, if it is an internal one without servers or users.
fn deserted<'v>(view: &RuleContext<'v>, question: &Question) -> Option<&'v Network> {
    let Named::Network(id) = question.from.named else { return None };
    let network = view.topology.network(id);
    (network.zone == Zone::Internal && roles(view, question.from.named).is_empty()).then_some(network)
}

fn has_clients(view: &RuleContext, site: SiteId) -> bool {
    view.topology.networks_at(site).any(|network| network.clients)
}

/// What would bring the traffic: a feature that is off, or another block that has it.
fn way_out(view: &RuleContext, question: &Question, on: Option<&PortSpec>) -> String {
    let (from, to) = (roles(view, question.from.named), roles(view, question.to.named));
    let off = view.catalog.flows.iter().find(|row| {
        row.opens_ports()
            && from.iter().any(|role| row.from.contains(role))
            && to.contains(&row.to)
            && on.is_none_or(|on| fits(row, on))
            && switched_on(view.topology, &row.when).is_none()
    });
    if let Some(row) = off {
        let features: Vec<&str> =
            row.when.first().map(|all| all.iter().map(|feature| feature.written()).collect()).unwrap_or_default();
        return format!("with {} switched on, the flow `{}` connects them ({})", words::quoted(&features), row.id, row.purpose);
    }
    let to_it = view.flows.flows.iter().filter(|flow| concerns(flow, on));
    let mut sources: Vec<&str> = to_it
        .filter(|flow| flow.to.iter().any(|peer| Selector::new(question.to.named).selects(view.topology, peer)))
        .flat_map(|flow| flow.from.iter().map(|peer| peer.path.as_str()))
        .collect();
    sources.sort_unstable();
    sources.dedup();
    match sources.as_slice() {
        [] => "no flow of the catalogue has this port there; remove the line, or correct it".to_owned(),
        sources => format!("{} may reach it on these ports; correct the line, or remove it", words::quoted(sources)),
    }
}

fn fits(row: &FlowRow, on: &PortSpec) -> bool {
    row.transport.iter().any(|transport| transport.word() == on.transport)
        && row.ports.iter().any(|ports| ports.first <= on.last && on.first <= ports.last)
}

/// The roles that something of the topology plays.
fn roles(view: &RuleContext, named: Named) -> BTreeSet<Role> {
    let of = |holds: &dyn Fn(&Endpoint) -> bool| {
        view.topology.endpoints.iter().filter(|endpoint| holds(endpoint)).map(|endpoint| endpoint.role).collect::<BTreeSet<_>>()
    };
    match named {
        Named::Group(id) => of(&|endpoint| endpoint.group == id),
        Named::Server(id) => of(&|endpoint| endpoint.members.iter().any(|member| member.server == id)),
        Named::Network(NetworkId::INTERNET) => {
            BTreeSet::from([Role::RemoteClient, Role::FederatedPartner, Role::PublicIm, Role::PublicService])
        }
        Named::Network(id) => {
            let mut roles = of(&|endpoint| endpoint.members.iter().any(|member| member.network == id));
            roles.extend(users(view.topology.network(id)));
            roles
        }
        Named::Site(id) => {
            let mut roles = of(&|endpoint| view.topology.group(endpoint.group).site == id);
            roles.extend(view.topology.networks_at(id).flat_map(users));
            roles
        }
        Named::Firewall(_) | Named::LoadBalancer(_) => BTreeSet::new(),
    }
}

fn users(network: &Network) -> impl Iterator<Item = Role> {
    [network.clients.then_some(Role::Client), network.administrators.then_some(Role::Administrator)].into_iter().flatten()
}
