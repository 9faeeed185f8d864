//! Connections that are dropped while people are silent.

use crate::diag::Fix;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, Sink, View, bases};

rule! {
    /// ## What it does
    /// Notes a load balancer that drops idle connections before 20 minutes have passed.
    ///
    /// ## Why it matters
    /// A client that says nothing for a while loses its connection without being told; messages to it fail until it signs in
    /// again.
    ///
    /// ## Planning Guide
    /// Step 7: the idle timeout must outlast the pause between two messages that keep a connection alive. The figure of 20
    /// minutes is recalled, so this is a note.
    "OCS0707" "load-balancer-idle-timeout" {
        severity: Note,
        confidence: Low,
        source: "Planning Guide step 7, load balancer requirements (the figure recalled)",
        of_what_is_written: true,
        fixable: true,
        bad: Example::with(bases::POOL, &[("idle_timeout   = 20min", "idle_timeout   = 90s")]),
        good: Example::of(bases::POOL),
    }
}

fn check(view: &View, sink: &mut Sink) {
    let Some(limit) = view.limit("load_balancer.idle_timeout") else { return };
    for balancer in &view.topology.load_balancers {
        let Some(timeout) = balancer.idle_timeout.filter(|timeout| timeout.value < limit.value) else { continue };
        sink.report(
            Finding::new(
                format!(
                    "an idle timeout of {} minutes is usual, and `{}` drops connections after {} seconds",
                    limit.value / 60,
                    balancer.path,
                    timeout.value
                ),
                timeout.span,
                "quiet clients lose their connection",
            )
            .help(format!("write `idle_timeout = {}min`", limit.value / 60))
            .fix(Fix::write(timeout.span, format!("{}min", limit.value / 60))),
        );
    }
}
