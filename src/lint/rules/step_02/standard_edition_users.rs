//! More users on a Standard Edition server than it carries.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::model::Detail;
use crate::product::GroupKind;

rule! {
    /// ## What it does
    /// Compares the users of each Standard Edition server with the 5,000 that one carries.
    ///
    /// ## Why it matters
    /// Everything runs on one computer, including the database. Beyond the limit, sign-in and conferencing slow down for all of
    /// its users, and a Standard Edition server cannot be extended.
    ///
    /// ## Planning Guide
    /// Step 2, the capacity table of the tested topologies; 2007 R2 has the same figure.
    "OCS0201" "standard-edition-users" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 2, tested topologies (bb870396)",
        runs_despite_errors: true,
        bad: Example::with(bases::STANDARD, &[("users             = 900", "users             = 9_000")]),
        good: Example::of(bases::STANDARD),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(limit) = view.limit("standard_edition.users") else { return };
    for group in view.groups(GroupKind::StandardEdition) {
        let Detail::Pool { users: Some(users), .. } = &group.detail else { continue };
        if users.value > limit.value {
            sink.report(
                Finding::new(
                    format!(
                        "a Standard Edition server carries at most {} users, and `{}` has {}",
                        words::thousands(limit.value),
                        group.path,
                        words::thousands(users.value)
                    ),
                    users.span,
                    format!("{} too many", words::thousands(users.value - limit.value)),
                )
                .related(group.span, "declared as a Standard Edition server")
                .help(format!("make `{}` an `enterprise_pool`, or home some of its users on another server", group.name)),
            );
        }
    }
}
