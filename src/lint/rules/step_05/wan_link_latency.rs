//! Links that take longer than media may.

use std::collections::BTreeMap;

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::{NetworkId, WanLink};

rule! {
    /// ## What it does
    /// Reports a WAN link whose `latency` is above what media may take from end to end, and two links that meet in a network
    /// and take longer together.
    ///
    /// ## Why it matters
    /// Above 150 milliseconds in one direction people interrupt each other, and users find the quality of calls poor.
    ///
    /// ## Planning Guide
    /// Step 5, network requirements: at peak load media arrive within 150 milliseconds, from end to end.
    "OCS0511" "wan-link-latency" {
        severity: Warning,
        confidence: High,
        source: "Planning Guide step 5, network requirements (bb870346)",
        bad: Example::with(bases::STANDARD, &[("site hq {", "site branch {
  users  = 100
  domain = corp
  network clients { zone = internal  range = 10.30.0.0/24  clients = true }
}

wan_link hq_branch { joins = [hq.servers, branch.clients]  bandwidth = 2Mbps  latency = 280 }

site hq {"), ("  users  = 900", "  users  = 800")]),
        good: Example::with(bases::STANDARD, &[("site hq {", "site branch {
  users  = 100
  domain = corp
  network clients { zone = internal  range = 10.30.0.0/24  clients = true }
}

wan_link hq_branch { joins = [hq.servers, branch.clients]  bandwidth = 2Mbps  latency = 40 }

site hq {"), ("  users  = 900", "  users  = 800")]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(limit) = view.limit("network.latency") else { return };
    let mut meeting: BTreeMap<NetworkId, Vec<(u64, &WanLink)>> = BTreeMap::new();
    for link in &view.topology.wan_links {
        let Some(latency) = &link.latency else { continue };
        if latency.value <= limit.value {
            for end in &link.joins {
                meeting.entry(end.value).or_default().push((latency.value, link));
            }
            continue;
        }
        sink.report(
            Finding::new(
                format!("`{}` takes {} ms, and media may take {} from end to end", link.path, latency.value, limit.value),
                latency.span,
                format!("{} ms too long", latency.value - limit.value),
            )
            .help("keep media off the link: give the site a pool, Mediation Server and gateway of its own, or take a faster line")
            .as_sure_as(&limit.provenance),
        );
    }
    for (network, mut links) in meeting {
        links.sort_by_key(|(latency, link)| (std::cmp::Reverse(*latency), link.id));
        let [(slow, one), (fast, other), ..] = links.as_slice() else { continue };
        let (Some(place), true) = (&one.latency, slow + fast > limit.value) else { continue };
        sink.report_once(
            Finding::new(
                format!(
                    "media over `{}` and `{}` takes {} ms, and may take {} from end to end",
                    one.path,
                    other.path,
                    slow + fast,
                    limit.value
                ),
                place.span,
                format!("{slow} ms here"),
            )
            .related_opt(other.latency.as_ref().map(|latency| latency.span), format!("{fast} ms here"))
            .related_opt(view.topology.network(network).span, "the links meet here")
            .help("join the two sites by a line of their own, or take faster lines")
            .as_sure_as(&limit.provenance),
        );
    }
}
