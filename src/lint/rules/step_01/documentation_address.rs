//! Documentation addresses in a topology that is to be deployed.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::samples;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::lower::Value;
use crate::text::{Span, Spanned};

rule! {
    /// ## What it does
    /// Finds addresses and networks in the ranges reserved for documentation (192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24),
    /// unless the organization says `sample = true`.
    ///
    /// ## Why it matters
    /// These ranges are not routed. A firewall rule for one of them permits no traffic, and an external name that points to one
    /// cannot be reached.
    ///
    /// ## Planning Guide
    /// Step 6 asks for publicly routable addresses at the edge, which are ordered in advance.
    "OCS0104" "documentation-address" {
        severity: Error,
        confidence: High,
        source: "RFC 5737",
        runs_despite_errors: true,
        waivable: false,
        bad: Example::with(bases::REAL, &[
            ("10.10.0.0/24", "203.0.113.0/24"),
            ("10.10.0.5", "203.0.113.5"),
            ("10.10.0.11", "203.0.113.11"),
        ]),
        good: Example::of(bases::REAL),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    if view.organization().sample {
        return;
    }
    let mut places: BTreeMap<String, (&str, BTreeSet<Span>)> = BTreeMap::new();
    for block in view.blocks() {
        // What is not decided is no more than proposed, and that is reported.
        for (_, value) in block.decl.attrs.iter().filter(|(name, _)| !block.decl.undecided.contains(name)) {
            visit(value, &mut |address, span| {
                if let Some(network) = samples().network_of(address) {
                    places.entry(network.range.to_string()).or_insert((&network.source, BTreeSet::new())).1.insert(span);
                }
            });
        }
    }
    for (range, (source, spans)) in places {
        let mut spans = spans.into_iter();
        let Some(first) = spans.next() else { continue };
        let more = match spans.len() {
            0 => "this address cannot be deployed".to_owned(),
            more => format!("this address cannot be deployed; it is used in {}", words::count(more, "more place")),
        };
        let mut finding = Finding::new(format!("{range} is reserved for documentation ({source})"), first, more).help(format!(
            "write an address that is yours; for a topology that is never deployed write `sample = true` in `organization {}`",
            view.organization().name
        ));
        for span in spans.take(2) {
            finding = finding.related(span, "also here");
        }
        sink.report(finding);
    }
}

fn visit(value: &Spanned<Value>, found: &mut impl FnMut(std::net::Ipv4Addr, Span)) {
    match &value.value {
        Value::Address(address) => found(*address, value.span),
        Value::Network(network) => found(network.network(), value.span),
        Value::List(items) => items.iter().for_each(|item| visit(item, found)),
        _ => {}
    }
}
