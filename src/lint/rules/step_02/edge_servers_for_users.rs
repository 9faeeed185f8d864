//! Fewer Access Edges than users outside need.

use crate::diag::Fact;
use crate::lint::rule::rule;
use crate::lint::rules::step_06::edge_layout::carried;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::model::Detail;
use crate::product::Feature;

rule! {
    /// ## What it does
    /// Compares the users that are outside at the same time, the `share` of the users of all pools, with the capacity of the
    /// computers that run the Access Edge. The capacity depends on the other roles on these computers.
    ///
    /// ## Why it matters
    /// All outside users sign in through the one Access Edge location of the organization. When its connections are used up, no
    /// more users can sign in.
    ///
    /// ## Planning Guide
    /// Steps 2 and 6, the table of edge capacities: 15,000 connections where the Access Edge is alone on its computer, 5,000 where it
    /// shares it.
    "OCS0209" "edge-servers-for-users" {
        severity: Warning,
        confidence: Medium,
        source: "Planning Guide step 2, edge capacities (bb870396)",
        bad: Example::with(bases::SCALED, &[
            ("remote_users       = true", "remote_users       = true\n    share              = 100%"),
            ("users             = 9_000", "users             = 12_000"),
        ]),
        good: Example::with(bases::SCALED, &[("remote_users       = true", "remote_users       = true\n    share              = 100%")]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let organization = view.organization();
    let (Some(share), Some(remote)) = (organization.external.share.as_ref(), organization.feature(Feature::RemoteUsers)) else {
        return;
    };
    let homed: Vec<_> = view
        .pools()
        .filter_map(|pool| match &pool.detail {
            Detail::Pool { users, .. } => *users,
            _ => None,
        })
        .collect();
    let users: u64 = homed.iter().map(|users| users.value).sum();
    let outside = (users * u64::from(share.value)).div_ceil(10_000);
    for (group, access) in view.access_edges() {
        // A layout without a figure is not judged.
        let Some(carried) = carried(view, group, access, |row| row.access_connections) else { continue };
        if outside <= carried {
            continue;
        }
        let finding = Finding::new(
            format!(
                "the Access Edge `{}` carries {} connections, and {} users are outside at the same time",
                group.path,
                words::thousands(carried),
                words::thousands(outside)
            ),
            access.span,
            format!("{} of {} connections missing", words::thousands(outside - carried), words::thousands(outside)),
        )
        .related(share.span, format!("of {} users", words::thousands(users)))
        .related(remote, "outside users sign in")
        .help("add `server` blocks with an `access_edge` address to the array, or take the other roles off these computers");
        sink.report(homed.iter().fold(finding, |finding, users| finding.needs(Fact::Written(users.span))));
    }
}
