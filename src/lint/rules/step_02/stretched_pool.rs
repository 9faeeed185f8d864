//! Servers of one pool at two sites.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, Sink, View, bases};
use crate::model::{GroupKind, Relation, Side};

rule! {
    /// ## What it does
    /// Notes a pool or array whose servers, database or virtual address are in networks of different sites.
    ///
    /// ## Why it matters
    /// The servers of a pool talk to their database and to each other all the time. Over a line between sites they wait for it, and
    /// when the line fails both halves lose the service.
    ///
    /// ## Planning Guide
    /// Step 2: a pool with its database and load balancer stands in one data center. Recalled for 2007, so this is a note.
    "OCS0211" "stretched-pool" {
        severity: Note,
        confidence: Low,
        source: "Planning Guide step 2, pool topologies (recalled)",
        bad: Example::with(bases::POOL, &[
            ("    back_end sql01 { address = 10.10.0.30 }\n", "    back_end sql01 { address = 10.20.0.30 }\n"),
            ("site hq {", "site branch {\n  network servers { zone = internal  range = 10.20.0.0/24 }\n}\n\nwan_link line { joins = [hq.servers, branch.servers] }\n\nsite hq {"),
        ]),
        good: Example::of(bases::POOL),
    }
}

fn check(view: &View, sink: &mut Sink) {
    let topology = view.topology;
    for group in topology.groups.iter().filter(|group| matches!(group.kind, GroupKind::EnterprisePool | GroupKind::DirectorArray))
    {
        let own = view.endpoints(group).filter(|endpoint| endpoint.side == Side::Inside);
        let databases = group.related(Relation::BackEnd).flat_map(|id| view.endpoints(topology.group(id)));
        let mut places = own.chain(databases).flat_map(|endpoint| {
            let vip = endpoint.vip.iter().map(|vip| (vip.network, vip.address.span));
            vip.chain(endpoint.members.iter().map(|member| (member.network, member.address.span)))
        });
        let site = |network| topology.network(network).site.filter(|site| *site != group.site);
        let Some((other, span)) = places.find_map(|(network, span)| Some((site(network)?, span))) else { continue };
        sink.report(
            Finding::new(
                format!(
                    "`{}` of `{}` has parts at `{}` too",
                    group.name,
                    topology.site(group.site).name,
                    topology.site(other).name
                ),
                span,
                format!("an address at `{}`", topology.site(other).name),
            )
            .related(group.span, "the other parts are here")
            .help("keep a pool with its database and load balancer in one site, and give the other site a pool of its own"),
        );
    }
}
