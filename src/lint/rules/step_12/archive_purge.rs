//! An archive of many users that keeps more days than it was measured with.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::model::Detail;
use crate::product::{Feature, GroupKind, Relation};

/// Seconds of a day.
const DAY: u64 = 86_400;

rule! {
    /// ## What it does
    /// Reports a `retention` longer than the purge interval with which the capacity of an Archiving and CDR Server was measured:
    /// 3 days when messages are archived, 7 days when only call details are, for 65,000 archived users and more.
    ///
    /// ## Why it matters
    /// The database grows with each day of retention. The capacity of a server with a larger database was not measured, and front
    /// ends queue the records that it cannot accept.
    ///
    /// ## Planning Guide
    /// Step 12: 65,000 users with messages purged every 3 days, 125,000 with call details purged every 7. With fewer users,
    /// records may be kept longer; the guide has no figure for that.
    "OCS1207" "archive-purge" {
        severity: Warning,
        confidence: High,
        source: "Planning Guide step 12, Archiving and CDR scalability (bb870411)",
        until: Ocs2007,
        bad: Example::with(bases::ARCHIVING, &[LARGE[0], LARGE[1], LARGE[2], LARGE[3], LARGE[4], LARGE[5], LARGE[6], LARGE[7],
            ("  active_directory {", "  compliance { retention = 60d }\n\n  active_directory {"),
        ]),
        good: Example::with(bases::ARCHIVING, &[LARGE[0], LARGE[1], LARGE[2], LARGE[3], LARGE[4], LARGE[5], LARGE[6], LARGE[7],
            ("  active_directory {", "  compliance { retention = 7d }\n\n  active_directory {"),
        ]),
    }
}

/// A pool of 90,000 users of whom call details are kept.
const LARGE: [(&str, &str); 8] = [
    ("im_archiving]", "call_detail_records]"),
    ("  users  = 30_000", "  users  = 90_000"),
    ("    users             = 30_000", "    users             = 90_000"),
    ("fe[01..02] { address = 10.10.0.[11..12] }", "fe[01..06] { address = 10.10.0.[11..16] }"),
    ("wc[01..02] { address = 10.10.0.[23..24] }", "wc[01..04] { address = 10.10.0.[33..36] }"),
    ("avc[01..02] { address = 10.10.0.[25..26] }", "avc[01..04] { address = 10.10.0.[45..48] }"),
    ("[10.10.0.9]", "[10.10.0.8, 10.10.0.9]"),
    ("address = 10.10.0.51", "address = 10.10.0.52"),
];

fn check(view: &RuleContext, sink: &mut Sink) {
    let messages = view.organization().feature(Feature::ImArchiving);
    let (purge, kept) = match (messages, view.organization().feature(Feature::CallDetailRecords)) {
        (Some(place), _) => ("archiving.purge.im_archiving", place),
        (None, Some(place)) => ("archiving.purge.call_detail_records", place),
        _ => return,
    };
    let (Some(purge), Some(many)) = (view.limit(purge), view.limit("archiving_server.users.im_archiving")) else { return };
    let served = |group| !view.dependants(Relation::Archiving, group).is_empty();
    let Some(server) = view.groups(GroupKind::ArchivingServer).find(|group| served(group.id)) else { return };
    let archived = view.pools().filter(|pool| pool.related(Relation::Archiving).next().is_some());
    let users: u64 = archived
        .filter_map(|pool| match &pool.detail {
            Detail::Pool { users, .. } => users.as_ref().map(|users| users.value),
            _ => None,
        })
        .sum();
    if users < many.value {
        return;
    }
    for block in view.blocks_of("compliance") {
        let Some(retention) = block.decl.duration("retention") else { continue };
        let days = retention.value / DAY;
        if days <= purge.value {
            continue;
        }
        sink.report(
            Finding::new(
                format!(
                    "archives of {} users and more were measured with {} days of {}, and `retention` keeps {}",
                    words::thousands(many.value),
                    purge.value,
                    if messages.is_some() { "messages" } else { "call details" },
                    words::count(days, "day")
                ),
                retention.span,
                format!("{} more than measured", words::count(days - purge.value, "day")),
            )
            .related(server.span, format!("the pools that are archived have {}", words::count(users, "user")))
            .related(kept, "what is archived")
            .help(format!(
                "write `retention = {}d`; if records must be kept longer, measure the capacity with the real database, and waive this",
                purge.value
            ))
            .as_sure_as(&purge.provenance),
        );
    }
}
