//! Databases on disks of the wrong kind.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Notes a volume without protection (`raid_0`), and database files on `raid_5`.
    ///
    /// ## Why it matters
    /// On striped disks the first failure of a disk loses all data. With parity each write needs four accesses, and the databases
    /// of this product are written constantly.
    ///
    /// ## Planning Guide
    /// Step 11 recommends RAID. The suitable levels are recalled, so this is a note: mirrored disks for logs, striped mirrors for
    /// databases, parity for file shares.
    "OCS1104" "volume-protection" {
        severity: Note,
        confidence: Low,
        source: "Planning Guide step 11, database storage (bb870352); levels of RAID recalled",
        runs_despite_errors: true,
        bad: Example::with(bases::POOL, &[(
            "back_end sql01 { address = 10.10.0.30 }",
            "back_end sql01 {\n      address = 10.10.0.30\n      storage rtc { holds = [data]  raid = raid_5 }\n      storage log { holds = [log]  raid = raid_0 }\n    }",
        )]),
        good: Example::with(bases::POOL, &[(
            "back_end sql01 { address = 10.10.0.30 }",
            "back_end sql01 {\n      address = 10.10.0.30\n      storage rtc { holds = [data]  raid = raid_10 }\n      storage temp { holds = [tempdb]  raid = raid_0 }\n    }",
        )]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for block in view.blocks_of("storage") {
        let Some(raid) = block.decl.choice("raid") else { continue };
        let holds = |what: &str| block.decl.choices("holds").find(|held| held.value == what);
        let (problem, label, better) = match (raid.value, holds("data")) {
            // SQL Server makes tempdb anew whenever it starts.
            ("raid_0", _) if block.decl.choices("holds").any(|held| held.value != "tempdb") => (
                "loses all data when one disk fails",
                "no disk has a second copy",
                if holds("data").is_some() { "raid_10" } else { "raid_1" },
            ),
            ("raid_5", Some(_)) => ("has database files on disks with parity", "each write needs four accesses", "raid_10"),
            _ => continue,
        };
        sink.report_once(
            Finding::new(format!("`{}` {problem}", block.path), raid.span, label)
                .related_opt(block.parent.map(|parent| parent.name_span), "the volume belongs to this")
                .help(format!("plan it as `raid = {better}`")),
        );
    }
}
