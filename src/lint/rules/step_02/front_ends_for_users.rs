//! Fewer front ends than the tested topologies have for as many users.

use super::tested::tested;
use crate::diag::Severity;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::product::{GroupKind, Role};

rule! {
    /// ## What it does
    /// Compares the front ends of each Enterprise pool with the tested topology of its configuration: a pool with fewer users
    /// needs a proportional number of front ends.
    ///
    /// ## Why it matters
    /// With too few front ends sign-in is slow in the morning, and when one of them fails the others cannot take its users.
    ///
    /// ## Planning Guide
    /// Step 2, the tested topologies: four front ends carry 30,000 users in the consolidated configuration of 2007 and 50,000 in the
    /// expanded one, eight carry 100,000 in 2007 R2. For 125,000 in the expanded configuration of 2007 one copy of the table has eight,
    /// another six: from six on this is a note.
    "OCS0207" "front-ends-for-users" {
        severity: Warning,
        confidence: High,
        source: "Planning Guide step 2, tested topologies (bb870396); 2007 R2 consolidated configuration (dd425162)",
        bad: Example::with(bases::POOL, &[("users             = 9_000", "users             = 24_000")]),
        good: Example::of(bases::POOL),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for group in view.groups(GroupKind::EnterprisePool) {
        let Some((users, row)) = tested(view, group) else { continue };
        // Beyond the tested size the pool itself is the mistake, and another rule says so.
        if users.value > row.users {
            continue;
        }
        let servers =
            view.endpoints(group).find(|endpoint| endpoint.role == Role::FrontEnd).map_or(0, |e| e.members.len() as u64);
        let share = |front_ends: u64| (users.value * front_ends).div_ceil(row.users);
        let needed = share(row.front_ends);
        if servers == 0 || servers >= needed {
            continue;
        }
        // Where two copies of the table differ, the smaller figure is not certainly too few.
        let disputed = row.front_ends_at_least.is_some_and(|least| servers >= share(least));
        let finding = Finding::new(
            format!(
                "`{}` needs {} for {} users, and has {servers}",
                group.path,
                words::count(needed as usize, "front end"),
                words::thousands(users.value)
            ),
            users.span,
            format!("{} front ends carry {} users", row.front_ends, words::thousands(row.users)),
        )
        .related(group.span, format!("it has {}", words::count(servers as usize, "front end")))
        .help("declare more `front_end` blocks in the pool, or home some of its users on another pool");
        sink.report(if disputed { finding.milder(Severity::Note) } else { finding });
    }
}
