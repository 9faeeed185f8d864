//! One name with two answers.

use std::collections::BTreeSet;

use super::duplicate_name::clashes;
use crate::catalog;
use crate::lint::rule::rule;
use crate::lint::rules::step_06::shared_outside_name::shared_names;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::plan::dns::DnsProblem;

rule! {
    /// ## What it does
    /// Reports a name that would need two records that contradict each other in one view: two addresses, or another name beside anything else.
    ///
    /// ## Why it matters
    /// A zone that holds both sends each client to one of them by chance, and the certificate, the firewall rules or the load balancer are made for one only.
    ///
    /// ## Planning Guide
    /// Steps 4 and 6: each pool, edge service and web farm has one name that leads to one address, its virtual one where it has a load balancer.
    "OCS0422" "contradicting-records" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 4, DNS; step 6, DNS requirements of edge servers (bb870404)",
        waivable: false,
        bad: Example::with(bases::EDGE, &[(
            "  reverse_proxy rp {",
            "  reverse_proxy second {\n    outside   = 131.107.155.41\n    inside    = 172.25.33.41\n    fqdn      = \"rp02.contoso.com\"\n    publishes = [se01]\n  }\n\n  reverse_proxy rp {",
        )]),
        good: Example::of(bases::EDGE),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let mut contradictions = view.dns.problems.iter().filter_map(|problem| match problem {
        DnsProblem::Contradiction { view, name, kept, left_out } => Some((*view, name, kept, left_out)),
        _ => None,
    });
    let Some(first) = contradictions.next() else { return };
    // A name that two of them have is reported as that, inside or outside.
    let inside: BTreeSet<&str> = clashes(view).iter().map(|clash| clash.name.as_str()).collect();
    let outside = shared_names(view);
    for (asker, name, one, other) in std::iter::once(first).chain(contradictions) {
        let reported = match asker {
            catalog::DnsView::Internal => inside.contains(name.as_str()),
            catalog::DnsView::External => outside.contains(name.as_str()),
        };
        if reported {
            continue;
        }
        // Where both have the name from one place, that they lead to different places is what shows the contradiction.
        let (one_place, other_place) = if one.name == other.name { (one.answer, other.answer) } else { (one.name, other.name) };
        sink.report(
            Finding::new(
                format!("the {} name `{name}` has two answers, `{}` and `{}`", asker.word(), one.data, other.data),
                other_place,
                format!("leads to `{}`, {}", other.path, other.data),
            )
            .related(one_place, format!("leads to `{}`, {}", one.path, one.data))
            .help("give one of the two another name, or leave one of them out"),
        );
    }
}
