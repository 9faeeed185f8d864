//! More load on the roles of an edge array than its computers carry.

use crate::formula::Number;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::Named;
use crate::plan::sizing::shown;

/// Figures of a load that the topology states.
const STATED: [&str; 3] =
    ["edge_array.access_connections_stated", "edge_array.web_conferencing_connections_stated", "edge_array.av_sessions_stated"];

rule! {
    /// ## What it does
    /// Compares the load that the topology states for the roles of an edge array, as `connections` and `sessions` in its blocks or
    /// in `user_model`, with the capacity of its computers. The capacity depends on the other roles on them.
    ///
    /// ## Why it matters
    /// When the capacity of the servers is used up, further connections are refused.
    ///
    /// ## Planning Guide
    /// Steps 2 and 6, the table of edge capacities.
    "OCS0633" "edge-load" {
        severity: Warning,
        confidence: High,
        source: "Planning Guide step 2, edge capacities (bb870396)",
        bad: Example::with(bases::EDGE, &[("av_edge               { fqdn = \"av.contoso.com\" }", "av_edge               { fqdn = \"av.contoso.com\"  sessions = 900 }")]),
        good: Example::with(bases::EDGE, &[("av_edge               { fqdn = \"av.contoso.com\" }", "av_edge               { fqdn = \"av.contoso.com\"  sessions = 300 }")]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for figure in &view.sizing().figures {
        if !STATED.contains(&figure.row.id.as_str()) {
            continue;
        }
        let Some(declared) = &figure.declared else { continue };
        if declared.used.is_none_or(|used| used <= Number::from_integer(100)) {
            continue;
        }
        let Some(Named::Group(group)) = view.topology.by_path.get(&figure.subject.path) else { continue };
        let group = view.topology.group(*group);
        sink.report(
            Finding::new(
                format!(
                    "`{}` carries {}, but {} are needed ({})",
                    group.path,
                    shown(&declared.value, &figure.row.unit),
                    shown(&figure.value, &figure.row.unit),
                    figure.row.title
                ),
                group.span,
                "too few servers for this load",
            )
            .help("add computers to the array, move roles to computers of their own, or correct the load"),
        );
    }
}
