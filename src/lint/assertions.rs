//! `never A -> B` and `allow A -> B`, decided over the flows.
//!
//! A name means every party of a flow that belongs to it: a site for all in its networks, a network for all in it, a
//! group for its virtual
//! address and its servers, a server for itself. An assertion holds for a pair as soon as one party of each side is
//! concerned.

use super::RuleContext;
use super::assertion_index::Party;
use crate::flow::{Crossing, Flow, Peer, Selector};
use crate::lower::{Assertion, AssertionKind, PortSpec};
use crate::model::Named;
use crate::product::PortRange;
use crate::text::Spanned;

/// One side of an assertion.
#[derive(Debug, Clone)]
pub(super) struct Side {
    /// As written.
    pub(super) text: String,
    /// What it names.
    pub(super) named: Named,
    party: Party,
}

/// Why a name of an assertion names nothing that takes part in flows.
#[derive(Debug)]
pub(super) struct Unresolved {
    /// As written.
    pub(super) text: String,
    /// What the name is, if it names anything.
    pub(super) what: Option<&'static str>,
}

/// One assertion with both sides resolved.
#[derive(Debug)]
pub(super) struct Question<'a> {
    /// The line.
    pub(super) assertion: &'a Assertion,
    /// The parties that open the connection.
    pub(super) from: Side,
    /// The parties that listen.
    pub(super) to: Side,
}

/// A flow that concerns an assertion, with an example pair and its way.
#[derive(Debug)]
pub(super) struct Witness<'v> {
    pub(super) flow: &'v Flow<'v>,
    pub(super) from: &'v Peer,
    pub(super) to: &'v Peer,
    pub(super) crossings: &'v [Crossing],
}

/// All assertions with the scope that their names are searched in first.
pub(super) fn assertions<'v>(view: &'v RuleContext) -> impl Iterator<Item = (&'v str, &'v Assertion)> {
    view.blocks_of("assert").flat_map(|block| block.decl.assertions.iter().map(|assertion| (block.path.as_str(), assertion)))
}

/// The assertions of one kind whose names are all known.
pub(super) fn questions<'v>(view: &'v RuleContext, kind: AssertionKind) -> impl Iterator<Item = Question<'v>> {
    assertions(view).filter(move |(_, assertion)| assertion.kind == kind).filter_map(|(scope, assertion)| {
        let (from, to) = (resolve(view, scope, &assertion.from).ok()?, resolve(view, scope, &assertion.to).ok()?);
        Some(Question { assertion, from, to })
    })
}

/// What a name means: searched in the scope first, then as a full path.
pub(super) fn resolve(view: &RuleContext, scope: &str, words: &Spanned<Vec<String>>) -> Result<Side, Unresolved> {
    let text = words.value.join(".");
    let paths = &view.topology.by_path;
    let scoped = (!scope.is_empty()).then(|| format!("{scope}.{text}"));
    let found = scoped.as_deref().and_then(|path| paths.get(path)).or_else(|| paths.get(&text));
    let party = match found {
        Some(Named::Site(id)) => Party::Site(*id),
        Some(Named::Network(id)) => Party::Network(*id),
        Some(Named::Group(id)) => Party::Group(*id),
        Some(Named::Server(id)) => Party::Server(*id),
        Some(Named::Firewall(_)) => return Err(Unresolved { text, what: Some("a firewall") }),
        Some(Named::LoadBalancer(_)) => return Err(Unresolved { text, what: Some("a load balancer") }),
        None => return Err(Unresolved { text, what: None }),
    };
    found.map(|named| Side { text: text.clone(), named: *named, party }).ok_or(Unresolved { text, what: None })
}

/// The flows from one side to the other, whatever their ports; each with one pair that shows it.
pub(super) fn witnesses<'v>(view: &'v RuleContext, question: &Question) -> Vec<Witness<'v>> {
    let index = view.assertion_index();
    let from = index.from(question.from.party);
    let to = index.to(question.to.party);
    // The shorter list is walked, so that a party with very many flows costs nothing.
    let (walked, searched) = if from.len() <= to.len() { (from, to) } else { (to, from) };
    let both = walked.iter().filter(|number| searched.binary_search(number).is_ok());
    both.filter_map(|number| witness(view, &view.flows.flows[*number], question)).collect()
}

fn witness<'v>(view: &'v RuleContext, flow: &'v Flow<'v>, question: &Question) -> Option<Witness<'v>> {
    let (source, destination) = (Selector::new(question.from.named), Selector::new(question.to.named));
    flow.legs.iter().find_map(|leg| {
        let mut to =
            leg.to.iter().map(|index| &flow.to[*index]).filter(|peer| destination.selects(view.topology, peer)).peekable();
        to.peek()?;
        let from: Vec<&Peer> =
            leg.from.iter().map(|index| &flow.from[*index]).filter(|peer| source.selects(view.topology, peer)).take(2).collect();
        // A server's talk with itself is no traffic; of two sources one is another computer.
        to.find_map(|to| Some((*from.iter().find(|from| from.server.is_none() || from.server != to.server)?, to)))
            .map(|(from, to)| Witness { flow, from, to, crossings: &leg.crossings })
    })
}

/// Whether a flow has a port of the specification.
pub(super) fn concerns(flow: &Flow, on: Option<&PortSpec>) -> bool {
    on.is_none_or(|on| {
        flow.transports.iter().any(|transport| transport.word() == on.transport)
            && flow.ports.iter().any(|ports| ports.first <= on.last && on.first <= ports.last)
    })
}

/// The first port of the specification that none of the flows has.
pub(super) fn first_gap<'f>(flows: impl Iterator<Item = &'f Flow<'f>>, on: &PortSpec) -> Option<u16> {
    let mut ranges: Vec<PortRange> = flows
        .filter(|flow| flow.transports.iter().any(|transport| transport.word() == on.transport))
        .flat_map(|flow| flow.ports.iter().copied())
        .collect();
    ranges.sort();
    let mut next = u32::from(on.first);
    for range in ranges {
        if u32::from(range.first) > next {
            break;
        }
        next = next.max(u32::from(range.last) + 1);
    }
    (next <= u32::from(on.last)).then_some(next as u16)
}

/// `tcp/443`, or `tcp/443, udp/3478`.
pub(super) fn ports_text(flow: &Flow) -> String {
    let mut words = Vec::new();
    for transport in &flow.transports {
        words.extend(flow.ports.iter().map(|ports| format!("{}/{ports}", transport.word())));
    }
    words.join(", ")
}
