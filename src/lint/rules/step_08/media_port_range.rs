//! Other media ports of a Mediation Server than those of the guide.

use crate::catalog::{ListenerRow, Support};
use crate::diag::Severity;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::product::Role;

rule! {
    /// ## What it does
    /// Notes a Mediation Server whose media ports are not within 60,000 to 64,000. A range that ends before it begins, or of which
    /// one end is missing, is an error.
    ///
    /// ## Why it matters
    /// The product sets up no firewall for other ports, and its guide advises against another range. The files of a
    /// build use the range of the topology; the server must be configured for it too.
    ///
    /// ## Planning Guide
    /// Step 8: the range of media ports stays unchanged. The service reads `MediaPortRangeFrom` and `MediaPortRangeTo`.
    "OCS0833" "media-port-range" {
        severity: Error,
        confidence: High,
        source: "How to Cheat at Administering OCS 2007, p. 180; 2007 R2, Mediation Server ports (dd441159)",
        bad: Example::with(bases::VOICE, &[("next_hop         = se01", "media_port_first = 61000\n    next_hop         = se01")]),
        good: Example::with(bases::VOICE, &[(
            "next_hop         = se01",
            "media_port_first = 61000\n    media_port_last  = 61999\n    next_hop         = se01",
        )]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let is_media = |row: &&ListenerRow| row.role == Role::Mediation && row.ports.iter().any(|range| range.first < range.last);
    let usual = view.catalog.listeners.iter().find(is_media).and_then(|row| row.ports.first().copied());
    let (Some(usual), Some(advice)) = (usual, view.fact::<Support>("mediation_server.media_ports")) else { return };
    for block in view.blocks_of("mediation_server") {
        let (first, last) = (block.decl.port("media_port_first"), block.decl.port("media_port_last"));
        let (first, last) = match (first, last) {
            (None, None) => continue,
            (Some(first), Some(last)) => (first, last),
            (first, last) => {
                let missing = if first.is_some() { "media_port_last" } else { "media_port_first" };
                let Some(written) = first.or(last).filter(|_| !block.decl.is_written(missing)) else { continue };
                let end = if first.is_some() { usual.last } else { usual.first };
                sink.report(
                    Finding::new(
                        format!("`{}` states only one end of its media ports", block.path),
                        written.span,
                        format!("`{missing}` is missing"),
                    )
                    .help(format!("write `{missing} = {end}` too, or remove both")),
                );
                continue;
            }
        };
        if first.value > last.value {
            sink.report(
                Finding::new(
                    format!("the media ports of `{}` end before they begin", block.path),
                    first.span,
                    format!("{} comes after {}", first.value, last.value),
                )
                .related(last.span, "the last port")
                .help("exchange the two ports"),
            );
        } else if first.value < usual.first || last.value > usual.last {
            sink.report(
                Finding::new(
                    format!("`{}` has {} other than {usual}", block.path, "media ports"),
                    first.span,
                    format!("{} to {}", first.value, last.value),
                )
                .help(format!(
                    "write a range within {} to {}, or set the same range on the server and leave this as it is",
                    usual.first, usual.last
                ))
                .milder(Severity::Note)
                .as_sure_as(&advice.provenance),
            );
        }
    }
}
