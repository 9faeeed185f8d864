//! What `ocstopo trace` finds.

use super::lines::{Lines, joined, parties, way};
use crate::query::trace::{Trace, Way};
use crate::report::count;

/// The ways one below the other.
pub fn human(trace: &Trace, width: usize) -> String {
    if trace.ways.is_empty() {
        return format!("there is no flow from {} to {}: traffic that is not listed is blocked\n", trace.from, trace.to);
    }
    trace.ways.iter().map(|way| one(way, width) + "\n").collect()
}

/// How much was found; nothing where the text says so itself.
pub fn summary(trace: &Trace) -> Option<String> {
    let counts = || format!("{} on {}\n", count(trace.connections, "connection"), count(trace.ways.len(), "way"));
    (!trace.ways.is_empty()).then(counts)
}

fn one(found: &Way, width: usize) -> String {
    let transports: Vec<&str> = found.transports.iter().map(|transport| transport.word()).collect();
    let ports = if found.ports.is_empty() { "any".to_owned() } else { joined(&found.ports, ",") };
    let mut lines = Lines::new(&format!("{}  {} {ports}  {}", found.flow, transports.join("+"), found.application), width);
    lines.line("from", &parties(&found.from));
    lines.line("to", &parties(&found.to));
    lines.line("way", &way(&found.hops));
    for rule in &found.rules {
        lines.line("rule", &format!("{} on {}", rule.rule, rule.firewall));
    }
    lines.line("feature", &found.features.join(" "));
    lines.line("why", &found.purpose);
    lines.line("without", &found.breaks);
    lines.source(&found.grounds);
    lines.text()
}
