//! A time for which the archive cannot keep messages, or should not.

use crate::diag::Severity;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};

/// Seconds of a day.
const DAY: u64 = 86_400;

rule! {
    /// ## What it does
    /// Compares the `retention` in `compliance` with the values that the purge of the archive supports: whole days, up to the
    /// maximum of the release.
    ///
    /// ## Why it matters
    /// A value that cannot be set is replaced by another one, and records may be gone when the law requires them.
    ///
    /// ## Planning Guide
    /// Step 12: archiving keeps 1 to 2,562 days; 0 means for ever. In 2007 R2 fewer than 7 days are not recommended, which gives
    /// a note.
    "OCS1206" "archiving-retention" {
        severity: Error,
        confidence: High,
        source: "Archiving Server, days of archiving (bb232729; 2007 R2 help 74c70aab)",
        runs_despite_errors: true,
        bad: Example::with(bases::ARCHIVING, &[(
            "  active_directory {",
            "  compliance { retention = 3650d }\n\n  active_directory {",
        )]),
        good: Example::with(bases::ARCHIVING, &[(
            "  active_directory {",
            "  compliance { retention = 2562d }\n\n  active_directory {",
        )]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(most) = view.limit("archiving.retention") else { return };
    // Advice of the second release.
    let least = view.limit("archiving.retention.least").map_or(0, |limit| limit.value);
    for block in view.blocks_of("compliance") {
        let Some(retention) = block.decl.duration("retention") else { continue };
        let days = retention.value / DAY;
        let finding = if !retention.value.is_multiple_of(DAY) {
            Finding::new(
                "records are purged by whole days, and `retention` is not a number of whole days",
                retention.span,
                format!("{} and a part of a day", words::count(days, "day")),
            )
            .help(format!("write `retention = {}d`", days + 1))
        } else if days > most.value {
            Finding::new(
                format!(
                    "records are kept for at most {} days, and `retention` is {}",
                    words::thousands(most.value),
                    words::thousands(days)
                ),
                retention.span,
                format!("{} too many", words::count(days - most.value, "day")),
            )
            .help(format!("write `retention = {}d`", most.value))
        } else if days < least {
            Finding::new(
                format!("records should be kept for at least {least} days, and `retention` is {days}"),
                retention.span,
                "a problem of a week ago could not be investigated",
            )
            .help(format!("write `retention = {least}d` or more"))
            .milder(Severity::Note)
        } else {
            continue;
        };
        sink.report(finding);
    }
}
