//! Connections that are dropped while people are silent.

use crate::diag::Fix;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};

rule! {
    /// ## What it does
    /// Reports a load balancer that drops idle connections sooner than the release allows: after less than 30 minutes in 2007
    /// R2, after less than 20 in 2007.
    ///
    /// ## Why it matters
    /// A client that sends nothing for a while loses its connection without notice; messages to it fail until it signs in again.
    ///
    /// ## Planning Guide
    /// Step 7: the idle timeout must outlast the pause between two messages that keep a connection alive. The help of 2007 R2
    /// requires half an hour. The 20 minutes of 2007 are recalled, so there this is a note.
    "OCS0707" "load-balancer-idle-timeout" {
        severity: Warning,
        confidence: High,
        source: "Planning Guide step 7, load balancer requirements; 2007 R2, load balancers",
        runs_despite_errors: true,
        fixable: true,
        bad: Example::with(bases::POOL, &[("idle_timeout   = 30min", "idle_timeout   = 90s")]),
        good: Example::of(bases::POOL),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(limit) = view.limit("load_balancer.idle_timeout") else { return };
    for balancer in &view.topology.load_balancers {
        let Some(timeout) = balancer.idle_timeout.filter(|timeout| timeout.value < limit.value) else { continue };
        let finding = Finding::new(
            format!(
                "the idle timeout should be at least {} minutes, and `{}` drops connections after {}",
                limit.value / 60,
                balancer.path,
                match timeout.value % 60 {
                    0 => words::count(timeout.value / 60, "minute"),
                    _ => words::count(timeout.value, "second"),
                }
            ),
            timeout.span,
            "idle clients lose their connection",
        )
        .help(format!("write `idle_timeout = {}min`", limit.value / 60))
        .fix(Fix::write(timeout.span, format!("{}min", limit.value / 60)));
        // To one device 0 is at once, to another never: whatever the release asks for, it is no time.
        sink.report(if timeout.value == 0 { finding } else { finding.as_sure_as(&limit.provenance) });
    }
}
