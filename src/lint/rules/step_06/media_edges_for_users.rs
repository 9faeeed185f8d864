//! Fewer Web Conferencing and A/V Edges than meetings with external users need.

use crate::catalog::{Assumption, EdgeCapacity};
use crate::lint::rule::rule;
use crate::lint::rules::step_06::edge_layout::{carried, row};
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::model::{Detail, Endpoint, Group};
use crate::product::{Feature, GroupKind, Relation, Role, Side};

rule! {
    /// ## What it does
    /// Compares the outside users that are in meetings at the same time with the capacity of the Web Conferencing Edges and A/V
    /// Edges. The number of users is derived from the users of the pools, the `share` of them that is outside, and the user model
    /// of the release. The capacity depends on the other roles on the computers. Guests, partners and calls are not counted.
    ///
    /// ## Why it matters
    /// When the connections are used up, no more outside users can join a meeting, even if the Access Edge lets them sign in.
    ///
    /// ## Planning Guide
    /// Steps 2 and 6, the table of edge capacities: 3,000 connections of a Web Conferencing Edge and 1,500 sessions of an A/V
    /// Edge alone on its computer, 1,000 and 500 together with all other roles. The share of users in meetings, 5 %, is
    /// documented for 2007 R2 only, and recalled for 2007, where this is a note.
    "OCS0631" "media-edges-for-users" {
        severity: Warning,
        confidence: Medium,
        source: "Planning Guide step 2, edge capacities (bb870396); user model (dd425159)",
        bad: Example::with(bases::SCALED, &LARGE),
        good: Example::with(bases::SCALED, &[LARGE[0], LARGE[1], LARGE[2], LARGE[3], LARGE[4], LARGE[5], (
            "    server av[1..2] {\n      inside  = 172.25.33.[21..22]\n      av_edge = 131.107.155.[31..32]\n",
            "    server av[1..3] {\n      inside  = 172.25.33.[21..23]\n      av_edge = 131.107.155.[31..33]\n",
        )]),
    }
}

/// Many users, all outside, with enough Access Edges for them.
const LARGE: [(&str, &str); 6] = [
    ("    remote_users       = true", "    share              = 100%\n    remote_users       = true"),
    ("  users  = 9_000", "  users  = 61_000"),
    ("    users             = 9_000", "    users             = 61_000"),
    ("configuration     = consolidated", "configuration     = expanded"),
    (
        "    front_end fe[01..02] { address = 10.10.0.[11..12] }\n",
        "    front_end fe[01..08] { address = 10.10.0.[111..118] }
    web_components_server web[01..02] { address = 10.10.0.[121..122] }
    web_conferencing_server wc[01..04] { address = 10.10.0.[131..134] }
    av_conferencing_server avc[01..04] { address = 10.10.0.[141..144] }
",
    ),
    (
        "    server acc[1..2] {
      inside                = 172.25.33.[11..12]
      access_edge           = 131.107.155.[11..12]
      web_conferencing_edge = 131.107.155.[21..22]
",
        "    server acc[01..13] {
      inside                = 172.25.33.[101..113]
      access_edge           = 131.107.155.[71..83]
      web_conferencing_edge = 131.107.155.[91..103]
",
    ),
];

fn check(view: &RuleContext, sink: &mut Sink) {
    let organization = view.organization();
    let (Some(share), Some(model)) = (organization.external.share.as_ref(), view.fact::<Assumption>("meetings.concurrent"))
    else {
        return;
    };
    if organization.feature(Feature::RemoteUsers).is_none() {
        return;
    }
    let outside = |users: u64| {
        let parts = u128::from(users) * u128::from(share.value) * u128::from(model.value);
        u64::try_from(parts.div_ceil(10_000 * 100)).unwrap_or(u64::MAX)
    };
    let users = |pools: &mut dyn Iterator<Item = &Group>| -> u64 {
        pools
            .filter_map(|pool| match &pool.detail {
                Detail::Pool { users, .. } => users.as_ref().map(|users| users.value),
                _ => None,
            })
            .sum()
    };
    let mut report = |role: Role, ends: &[(&Group, &Endpoint)], users: u64, carries: u64, what: &str| {
        let (wanted, Some((group, endpoint))) = (outside(users), ends.first()) else { return };
        if wanted <= carries {
            return;
        }
        let arrays: Vec<&str> = ends.iter().map(|(group, _)| group.path.as_str()).collect();
        let finding = Finding::new(
            format!(
                "the {}s of {} carry {} {what}, and {} outside users are in meetings at the same time",
                role.title(),
                words::quoted(&arrays),
                words::thousands(carries),
                words::thousands(wanted)
            ),
            group.span,
            format!("{} of {} {what} missing", words::thousands(wanted - carries), words::thousands(wanted)),
        )
        .related(share.span, format!("of {} users", words::thousands(users)))
        .help(format!(
            "add `server` blocks with an address for `{}` to the array, or move the other roles to other computers",
            role.word()
        ));
        let rows = endpoint.members.iter().filter_map(|member| row(view, group, member));
        sink.report(rows.fold(finding.as_sure_as(&model.provenance), |finding, row| finding.as_sure_as(&row.provenance)));
    };
    // Each Web Conferencing Server speaks to every Web Conferencing Edge; media of a pool goes over the A/V Edges that it names.
    let role = Role::WebConferencingEdge;
    if organization.feature(Feature::WebConferencing).is_some() {
        let ends: Vec<_> = view.topology.endpoints_of(role, Side::Outside).map(|e| (view.topology.group(e.group), e)).collect();
        let figure = |row: &EdgeCapacity| row.web_conferencing_connections;
        let all: Option<u64> = ends.iter().map(|(group, endpoint)| carried(view, group, endpoint, figure)).sum();
        if let Some(all) = all {
            report(role, &ends, users(&mut view.pools()), all, "connections");
        }
    }
    if organization.feature(Feature::AvConferencing).is_none() {
        return;
    }
    for group in view.groups(GroupKind::EdgeArray) {
        let Some(endpoint) = view.topology.group_endpoint(group.id, Role::AvEdge, Side::Outside) else { continue };
        let Some(all) = carried(view, group, endpoint, |row| row.av_sessions) else { continue };
        let pools = view.dependants(Relation::AvEdge, group.id).iter().map(|(pool, _)| view.topology.group(*pool));
        report(Role::AvEdge, &[(group, endpoint)], users(&mut pools.into_iter()), all, "sessions");
    }
}
