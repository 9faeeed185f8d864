//! Fewer conferencing servers than the tested topologies have for as many users.

use super::tested::tested;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::product::{GroupKind, Role};

rule! {
    /// ## What it does
    /// Compares the Web Conferencing and the A/V Conferencing Servers of each expanded pool with the tested topology.
    ///
    /// ## Why it matters
    /// These servers host the conferences of all users. With too few of them, meetings do not start at busy hours.
    ///
    /// ## Planning Guide
    /// Step 2, the tested topologies: two of each carry 50,000 users, four carry 125,000.
    "OCS0208" "conferencing-servers-for-users" {
        severity: Warning,
        confidence: High,
        source: "Planning Guide step 2, tested topologies (bb870396)",
        until: Ocs2007,
        bad: Example::with(bases::EXPANDED, &[
            ("users             = 30_000", "users             = 40_000"),
            ("fe[01..02] { address = 10.10.0.[11..12] }", "fe[01..03] { address = 10.10.0.[11..13] }"),
            ("avc[01..02] { address = 10.10.0.[25..26] }", "avc01 { address = 10.10.0.25 }"),
        ]),
        good: Example::with(bases::EXPANDED, &[
            ("users             = 30_000", "users             = 40_000"),
            ("fe[01..02] { address = 10.10.0.[11..12] }", "fe[01..03] { address = 10.10.0.[11..13] }"),
        ]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for group in view.groups(GroupKind::EnterprisePool) {
        let Some((users, row)) = tested(view, group).filter(|(users, row)| users.value <= row.users) else { continue };
        let kinds = [
            (Role::WebConferencing, row.web_conferencing_servers, "web_conferencing_server"),
            (Role::AvConferencing, row.av_conferencing_servers, "av_conferencing_server"),
        ];
        for (role, servers, block) in kinds {
            let Some(endpoint) = view.endpoints(group).find(|endpoint| endpoint.role == role) else { continue };
            let (has, needed) = (endpoint.members.len() as u64, (users.value * servers).div_ceil(row.users));
            if has == 0 || has >= needed {
                continue;
            }
            sink.report(
                Finding::new(
                    format!(
                        "`{}` needs {} for {} users, and has {has}",
                        group.path,
                        words::count(needed as usize, role.title()),
                        words::thousands(users.value)
                    ),
                    endpoint.span,
                    format!("{servers} of them carry {} users", words::thousands(row.users)),
                )
                .related(users.span, "the users of the pool")
                .help(format!("declare more `{block}` blocks in the pool")),
            );
        }
    }
}
