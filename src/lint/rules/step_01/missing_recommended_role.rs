//! A feature without the servers that the guide advises for it.

use super::missing_role::{blocks_for, needs};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::product::Role;
use crate::schema::a;

rule! {
    /// ## What it does
    /// Reports a role that the guide recommends for a feature that is switched on, and that the topology does not have.
    ///
    /// ## Why it matters
    /// The feature works without the role. A Director, for example, authenticates outside users before they reach the servers
    /// that home users, and absorbs a flood of requests from the internet.
    ///
    /// ## Planning Guide
    /// Steps 1 and 6 recommend such roles and never require them, so this is a note.
    "OCS0102" "missing-recommended-role" {
        severity: Note,
        confidence: High,
        source: "Planning Guide step 1, features and the server roles that they need",
        bad: Example::with(bases::EDGE, &[(r"  director dir01 { address = 10.10.0.21 }

", ""), ("next_hop = dir01", "next_hop = se01")]),
        good: Example::of(bases::EDGE),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let needs = needs(view);
    // What another feature cannot do without is reported as missing.
    let mut reported: Vec<Role> = needs.iter().flat_map(|need| need.requires).copied().collect();
    for need in &needs {
        let missing: Vec<Role> =
            need.recommends.iter().copied().filter(|role| !reported.contains(role) && !view.has_role(*role)).collect();
        if missing.is_empty() {
            continue;
        }
        let titles: Vec<String> = missing.iter().map(|role| a(role.noun_in(view.organization().product))).collect();
        sink.report(
            Finding::new(
                format!("for {} the guide recommends {}", need.text, words::list(&titles)),
                need.place,
                "switched on here",
            )
            .help(format!(
                "declare {}, or leave it out: it is a recommendation",
                blocks_for(&missing, view.organization().product)
            )),
        );
        reported.extend(missing);
    }
}
