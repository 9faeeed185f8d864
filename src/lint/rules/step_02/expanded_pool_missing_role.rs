//! An expanded pool that lacks a part.

use crate::lint::pool_roles::SPLIT_ROLES;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, advice, bases, words};
use crate::model::{Detail, Group, PoolConfiguration};
use crate::product::GroupKind;

rule! {
    /// ## What it does
    /// Reports an expanded pool without a server for a role that its front ends do not carry: Web Components always, Web
    /// Conferencing and A/V Conferencing when the features are on.
    ///
    /// ## Why it matters
    /// In the expanded configuration no other server has these roles. Without Web Components there is no address book and no
    /// group expansion; without a conferencing server its meetings do not start.
    ///
    /// ## Planning Guide
    /// Step 2: the expanded configuration runs Web Conferencing, A/V Conferencing and Web Components on separate computers.
    "OCS0203" "expanded-pool-missing-role" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 2, pool components (bb964044)",
        bad: Example::with(bases::EXPANDED, &[("    av_conferencing_server avc[01..02] { address = 10.10.0.[25..26] }\n", "")]),
        good: Example::of(bases::EXPANDED),
    }
}

/// The blocks to declare, each with an address that is free beside the front ends.
fn declare<'a>(view: &RuleContext<'a>, pool: &'a Group, blocks: &[&str]) -> String {
    let network = view.endpoints(pool).flat_map(|endpoint| &endpoint.members).next().map(|member| member.network);
    let mut free = network.into_iter().flat_map(|network| view.topology.free_addresses(network));
    let mut known: Vec<String> = Vec::new();
    let examples: Vec<String> = blocks
        .iter()
        .map(|block| {
            let initials: String = block.split('_').map(|word| &word[..1]).collect();
            known.push(initials.clone());
            let number = known.iter().filter(|other| **other == initials).count();
            let address = free.next().map_or_else(|| "…".to_owned(), |address| address.to_string());
            format!("`{block} {initials}{number:02} {{ address = {address} }}`")
        })
        .collect();
    let is_bare = !SPLIT_ROLES.iter().any(|(role, ..)| advice::runs(view, pool, *role));
    let other = if is_bare { ", or write `configuration = consolidated`" } else { "" };
    format!("declare {} inside the pool{other}", words::list(&examples))
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for group in view.groups(GroupKind::EnterprisePool) {
        if !matches!(group.detail, Detail::Pool { configuration: PoolConfiguration::Expanded, .. }) {
            continue;
        }
        let (mut blocks, mut titles, mut asked) = (Vec::new(), Vec::new(), None);
        for (role, feature, block) in SPLIT_ROLES {
            let place = feature.map(|feature| view.organization().feature(feature));
            let needed = place.is_none_or(|place| place.is_some());
            let present = view.endpoints(group).any(|endpoint| endpoint.role == *role && !endpoint.members.is_empty());
            if needed && !present {
                blocks.push(*block);
                titles.push(role.title());
                asked = asked.or(place.flatten());
            }
        }
        if !blocks.is_empty() {
            sink.report(
                Finding::new(
                    format!("the expanded pool `{}` has no {}", group.path, words::list(&titles)),
                    group.span,
                    format!("no {} block inside", words::quoted(&blocks)),
                )
                .related_opt(asked, "the feature is switched on here")
                .help(declare(view, group, &blocks)),
            );
        }
    }
}
