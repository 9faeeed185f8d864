//! No server answers clients that find their server by DNS.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports an organization with pools, where no pool and no Director has `automatic_sign_in = true`.
    ///
    /// ## Why it matters
    /// The zones then have no `_sipinternaltls` record, and the server must be configured on every client by hand or by Group
    /// Policy.
    ///
    /// ## Planning Guide
    /// Step 4: one Standard Edition server or Enterprise pool of the organization is designated for automatic sign-in. Manual
    /// configuration of clients is allowed, so this is a warning: waive it if that is the plan.
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
        Finding::new("no server accepts automatic sign-in", pool.span, "one pool or Director of the organization should")
            .related(view.organization().span, "clients look for it under the SIP domains declared here")
            .help(format!("write `automatic_sign_in = true` in `{}`, or in the Director in front of it", pool.path)),
    );
}
