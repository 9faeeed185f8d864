//! Traffic that may take either of two ways.

use crate::flow::FlowProblem;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports two networks between which two routes cross the same number of firewalls.
    ///
    /// ## Why it matters
    /// The rules of a flow are written for the firewalls of one route. If the routers choose the other route, its firewalls
    /// refuse the flow.
    ///
    /// ## Planning Guide
    /// Not in the guide: the topology must determine the route of traffic, and the shortest one is assumed.
    "OCS0417" "equal-ways" {
        severity: Warning,
        confidence: High,
        source: "ocstopo, how routes are chosen",
        bad: Example::with(bases::STANDARD, &[(
            "  firewall core ",
            "  firewall backup { joins = [servers, clients] }\n  firewall core ",
        )]),
        good: Example::of(bases::STANDARD),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for problem in &view.flows.problems {
        let FlowProblem::TwoWays { flow, from, to, taken, other } = problem else { continue };
        let (taken, other) = (view.topology.firewall(*taken), view.topology.firewall(*other));
        sink.report_once(
            Finding::new(
                format!("two routes from `{}` to `{}` cross the same number of firewalls", from.path, to.path),
                other.span,
                format!("rules are written for `{}` and not for `{}`", taken.path, other.path),
            )
            .related(taken.span, format!("flows such as `{flow}` take this route"))
            .help("remove the network that this traffic does not use from the `joins` of one of them"),
        );
    }
}
