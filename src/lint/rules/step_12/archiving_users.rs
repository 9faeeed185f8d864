//! More users than an Archiving Server keeps up with.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::model::Detail;
use crate::product::{Feature, GroupKind, Relation};

rule! {
    /// ## What it does
    /// Compares the users of all pools that an Archiving and CDR Server serves with its capacity: 125,000 with call detail
    /// records only, 65,000 with messages too. The users of a pool with several such servers are assumed to be divided evenly.
    ///
    /// ## Why it matters
    /// Front ends queue the records that the server cannot accept. When archiving is critical, they stop delivering messages once
    /// the queue is full.
    ///
    /// ## Planning Guide
    /// Step 12, scalability of archiving, with records purged every 7 days or messages every 3.
    "OCS1201" "archiving-users" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 12, Archiving and CDR scalability (bb870411)",
        until: Ocs2007,
        bad: Example::with(bases::ARCHIVING, &LARGE),
        good: Example::with(bases::ARCHIVING, &[LARGE[0], LARGE[1], LARGE[2], LARGE[3], LARGE[4],
            ("archiving         = arch01", "archiving         = [arch01, arch02]"),
            ("  enterprise_pool pool01 {", "  archiving_server arch02 { address = 10.10.0.52 }\n\n  enterprise_pool pool01 {"),
        ]),
    }
}

/// A pool of more users than one server archives.
const LARGE: [(&str, &str); 5] = [
    ("users             = 30_000", "users             = 90_000"),
    ("fe[01..02] { address = 10.10.0.[11..12] }", "fe[01..06] { address = 10.10.0.[11..16] }"),
    ("wc[01..02] { address = 10.10.0.[23..24] }", "wc[01..04] { address = 10.10.0.[33..36] }"),
    ("avc[01..02] { address = 10.10.0.[25..26] }", "avc[01..04] { address = 10.10.0.[45..48] }"),
    ("[10.10.0.9]", "[10.10.0.8, 10.10.0.9]"),
];

fn check(view: &RuleContext, sink: &mut Sink) {
    let messages = view.organization().feature(Feature::ImArchiving);
    let limit = view.limit(match messages {
        Some(_) => "archiving_server.users.im_archiving",
        None => "archiving_server.users.call_detail_records",
    });
    let Some(limit) = limit else { return };
    for server in view.groups(GroupKind::ArchivingServer) {
        let pools = view.dependants(Relation::Archiving, server.id);
        let users: u64 = pools
            .iter()
            .filter_map(|(pool, _)| {
                let pool = view.topology.group(*pool);
                let Detail::Pool { users: Some(users), .. } = &pool.detail else { return None };
                Some(users.value.div_ceil(pool.related(Relation::Archiving).count().max(1) as u64))
            })
            .sum();
        if users > limit.value {
            sink.report(
                Finding::new(
                    format!(
                        "`{}` serves {} users, and an Archiving Server carries at most {}",
                        server.path,
                        words::thousands(users),
                        words::thousands(limit.value)
                    ),
                    server.span,
                    format!("{} too many", words::thousands(users - limit.value)),
                )
                .related_opt(pools.first().map(|(_, place)| *place), "a pool that it serves")
                .related_opt(messages, "messages are archived, not only call details")
                .help("declare another `archiving_server`, and name it in the `archiving` of some of the pools, or in addition to this one, as in `archiving = [arch01, arch02]`"),
            );
        }
    }
}
