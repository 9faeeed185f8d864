//! One edge server where nothing may fail.

use crate::catalog::EdgeShapeRow;
use crate::lint::availability::AvailabilityGoals;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::model::{Detail, EdgeShape, Group};
use crate::product::{GroupKind, Side};

rule! {
    /// ## What it does
    /// Reports a role of an edge array that one computer holds at a site whose `availability` is `high`. Reverse proxies are not
    /// judged: the language cannot say yet that two of them share an address.
    ///
    /// ## Why it matters
    /// Everybody outside comes through these computers: users, partners, guests of meetings.
    ///
    /// ## Planning Guide
    /// Step 10: an array of edge servers behind load balancers, outside and inside.
    "OCS1004" "single-edge-server" {
        severity: Warning,
        confidence: High,
        source: "Planning Guide steps 6 and 10 (bb870413); load balancers (bb964010)",
        bad: Example::with(bases::HIGH, &[
            (r#"    shape    = scaled_single_site
    next_hop = dir

    inside                { fqdn = "edge.contoso.com"  load_balancer = lb_edge_inside  vip = 172.25.33.10 }
    access_edge           { fqdn = "sip.contoso.com"  load_balancer = lb_edge_outside  vip = 131.107.155.10 }
    web_conferencing_edge { fqdn = "webconf.contoso.com"  load_balancer = lb_edge_outside  vip = 131.107.155.20 }
    av_edge               { fqdn = "av.contoso.com"  load_balancer = lb_edge_outside  vip = 131.107.155.30 }

    server acc[1..2] {
      inside                = 172.25.33.[11..12]
      access_edge           = 131.107.155.[11..12]
      web_conferencing_edge = 131.107.155.[21..22]
    }

    server av[1..2] {
      inside  = 172.25.33.[21..22]
      av_edge = 131.107.155.[31..32]
    }
  }

"#, r#"    shape    = consolidated
    next_hop = dir

    inside                { fqdn = "edge.contoso.com" }
    access_edge           { fqdn = "sip.contoso.com" }
    web_conferencing_edge { fqdn = "webconf.contoso.com" }
    av_edge               { fqdn = "av.contoso.com" }

    server edge01 {
      inside                = 172.25.33.11
      access_edge           = 131.107.155.11
      web_conferencing_edge = 131.107.155.21
      av_edge               = 131.107.155.31
    }
  }

"#),
            (r#"  load_balancer lb_edge_inside {
    nat            = snat
    snat_addresses = [172.25.33.9]
    idle_timeout   = 30min
    dialect        = f5
    redundant      = true
  }

  load_balancer lb_edge_outside {
    nat          = dnat
    idle_timeout = 30min
    dialect      = f5
    redundant    = true
  }

"#, ""),
        ]),
        good: Example::of(bases::HIGH),
    }
}

/// The shape with several computers of each kind, as the release knows it.
fn way_out(view: &RuleContext, group: &Group) -> String {
    let Detail::Edge { shape } = &group.detail else { return String::new() };
    let scaled = match shape.value {
        EdgeShape::Consolidated | EdgeShape::SingleSite => Some("scaled_single_site"),
        EdgeShape::RemoteSite => Some("scaled_remote_site"),
        EdgeShape::ScaledSingleSite | EdgeShape::ScaledRemoteSite => None,
    };
    match scaled.and_then(|word| Some((word, view.fact::<EdgeShapeRow>(word)?))) {
        Some((word, row)) => {
            format!(
                "write `shape = {word}` and declare its servers, {}, with a `load_balancer` and a `vip` for each role",
                row.what
            )
        }
        None => "declare a second `server` with the same roles, with a `load_balancer` and a `vip` for each role".to_owned(),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let goals = AvailabilityGoals::new(view);
    for group in view.groups(GroupKind::EdgeArray) {
        let Some(goal) = goals.of(group.site) else { continue };
        let alone = view.endpoints(group).filter(|e| e.side == Side::Outside && e.members.len() == 1).map(|e| e.role.title());
        let roles: Vec<&str> = alone.collect();
        if roles.is_empty() {
            continue;
        }
        sink.report(
            Finding::new(
                format!(
                    "`{}` has one computer for {}, and no failure may take a service away here",
                    group.path,
                    words::list(&roles)
                ),
                group.span,
                "nothing takes over when it fails",
            )
            .related(goal, "the goal is stated here")
            .help(way_out(view, group)),
        );
    }
}
