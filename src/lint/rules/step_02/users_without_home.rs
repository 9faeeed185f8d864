//! People who work at the sites and are homed nowhere.

use std::collections::BTreeMap;

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::model::{Detail, Group, SiteId};
use crate::text::Spanned;

rule! {
    /// ## What it does
    /// Compares the sum of the `users` of all sites with that of all pools and Standard Edition servers, and reports users of
    /// sites that no pool homes. When a pool does not state its number of users, nothing is compared.
    ///
    /// ## Why it matters
    /// Servers, load balancers, edges and gateways are sized for the users of the pools. The remaining users are enabled anyway,
    /// and some pool carries more users than it was planned for.
    ///
    /// ## Planning Guide
    /// Step 2: the number of users decides which topology is right. More users on pools than at sites is not a finding: they may
    /// work elsewhere.
    "OCS0242" "users-without-home" {
        severity: Warning,
        confidence: High,
        source: "the topology's own figures; Planning Guide step 2, topologies and numbers of users (bb870396)",
        bad: Example::with(bases::STANDARD, &[("  users  = 900", "  users  = 1_400")]),
        good: Example::of(bases::STANDARD),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let pools: Vec<&Group> = view.pools().collect();
    let homed: Option<Vec<(&Group, Spanned<u64>)>> = pools
        .iter()
        .map(|pool| match &pool.detail {
            Detail::Pool { users: Some(users), .. } => Some((*pool, *users)),
            _ => None,
        })
        .collect();
    let Some(homed) = homed.filter(|homed| !homed.is_empty()) else { return };
    let working: u64 = view.topology.sites.iter().filter_map(|site| site.users).map(|users| users.value).sum();
    let homes: u64 = homed.iter().map(|(_, users)| users.value).sum();
    let Some(without) = working.checked_sub(homes).filter(|without| *without > 0) else { return };
    let mut own: BTreeMap<SiteId, u64> = BTreeMap::new();
    for (pool, users) in &homed {
        *own.entry(pool.site).or_insert(0) += users.value;
    }
    // The site that has the most users more than its own pools is the first to look at.
    let more = |site: SiteId, users: u64| users.saturating_sub(own.get(&site).copied().unwrap_or_default());
    let sites = view.topology.sites.iter().filter_map(|site| Some((site, site.users?)));
    let Some((site, users)) = sites.max_by_key(|(site, users)| (more(site.id, users.value), std::cmp::Reverse(site.id))) else {
        return;
    };
    // Their pool is the one at their site, or the largest.
    let home = homed.iter().max_by_key(|(pool, users)| (pool.site == site.id, users.value));
    let Some((home, there)) = home else { return };
    let mut finding = Finding::new(
        format!(
            "{} at the sites, and the pools home {}: {} no home",
            words::counted(working, "user works", "users work"),
            words::thousands(homes),
            words::counted(without, "user has", "users have")
        ),
        users.span,
        format!(
            "`{}` has {}, and its own pools home {}",
            site.name,
            words::count(users.value, "user"),
            words::thousands(own.get(&site.id).copied().unwrap_or_default())
        ),
    );
    for (pool, users) in homed.iter().take(3) {
        finding = finding.related(users.span, format!("`{}` homes {}", pool.path, words::thousands(users.value)));
    }
    sink.report(finding.help(format!(
        "write `users = {}` in `{}` if it homes them, declare another pool for them, or correct the `users` of the site",
        underscored(there.value.saturating_add(without)),
        home.path
    )));
}

/// `11600` as the language writes it.
fn underscored(number: u64) -> String {
    words::thousands(number).replace(',', "_")
}
