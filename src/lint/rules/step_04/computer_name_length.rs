//! Computer names that NetBIOS cuts.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Notes a server whose host name has more than 15 characters.
    ///
    /// ## Why it matters
    /// Windows truncates the NetBIOS name of such a computer, so two long names may become equal; the DNS name is not truncated.
    ///
    /// ## Planning Guide
    /// Not in the guide: a limit of Windows, recalled and not read in a source, so this is a note.
    "OCS0404" "computer-name-length" {
        severity: Note,
        confidence: Low,
        source: "Windows computer names (recalled)",
        bad: Example::with(bases::STANDARD, &[("standard_edition se01 {", "standard_edition communications-01 {")]),
        good: Example::of(bases::STANDARD),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(limit) = view.limit("computer_name.characters") else { return };
    for server in &view.topology.servers {
        let host = server.fqdn.as_ref().and_then(|fqdn| fqdn.as_str().split('.').next()).unwrap_or(&server.name);
        let length = host.chars().count() as u64;
        if length > limit.value {
            sink.report_once(
                Finding::new(
                    format!("the computer name `{host}` has {length} characters, and NetBIOS keeps {}", limit.value),
                    server.span,
                    format!("its NetBIOS name is `{}`", host.chars().take(limit.value as usize).collect::<String>()),
                )
                .help(format!("choose a name of at most {} characters", limit.value)),
            );
        }
    }
}
