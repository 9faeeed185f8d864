//! No server answers clients that find their server by DNS.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports an organization with pools none of which, nor any Director, says `automatic_sign_in = true`.
    ///
    /// ## Why it matters
    /// The zones then hold no `_sipinternaltls` record, and every client must be given its server by hand or by Group Policy.
    ///
    /// ## Planning Guide
    /// Step 4: one Standard Edition server or Enterprise pool of the organization is designated for automatic sign-in.
    /// Configuring clients by hand is allowed, so this is a warning: waive it if that is the plan.
    "OCS0401" "no-automatic-sign-in" {
        severity: Warning,
        confidence: High,
        source: "Planning Guide step 4, automatic client sign-in (bb870344)",
        bad: Example::with(bases::STANDARD, &[("    automatic_sign_in = true\n", "")]),
        good: Example::of(bases::STANDARD),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    if view.topology.groups.iter().any(|group| group.automatic_sign_in.is_some()) {
        return;
    }
    let Some(pool) = view.pools().next() else { return };
    sink.report(
        Finding::new("no server answers automatic sign-in", pool.span, "one pool or Director of the organization should")
            .related(view.organization().span, "clients look for it under the SIP domains declared here")
            .help(format!("write `automatic_sign_in = true` in `{}`, or in the Director in front of it", pool.path)),
    );
}
