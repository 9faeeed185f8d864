//! A feature without the servers that the guide advises for it.

use super::missing_role::{blocks_for, needs};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::product::Role;
use crate::schema::a;

rule! {
    /// ## What it does
    /// Looks for each feature that is switched on whether the roles that the guide recommends for it exist in the topology.
    ///
    /// ## Why it matters
    /// It works without them. A Director, for example, keeps the sign-in of outside users away from the servers that home
    /// users, and a flood from the internet then ends at the Director.
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
        let titles: Vec<String> = missing.iter().map(|role| a(role.title_in(view.organization().product))).collect();
        sink.report(
            Finding::new(
                format!("for {} the guide recommends {}", need.text, words::list(&titles)),
                need.place,
                "switched on here",
            )
            .help(format!("declare {}, or leave it out: it is advice", blocks_for(&missing, view.organization().product))),
        );
        reported.extend(missing);
    }
}
