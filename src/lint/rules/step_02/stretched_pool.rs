//! Servers of one pool at two sites.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::{GroupId, SiteId};
use crate::product::{GroupKind, Relation, Side};
use crate::text::{Span, Spanned};

rule! {
    /// ## What it does
    /// Notes a pool or array with two or more addresses (servers, database, virtual address) in networks of another site. A
    /// single such address is reported by `address-of-another-site`.
    ///
    /// ## Why it matters
    /// The servers of a pool communicate constantly with their database and with each other. A WAN link between them slows the
    /// pool down, and when the link fails, both parts lose the service.
    ///
    /// ## Planning Guide
    /// Step 2: a pool with its database and load balancer is in one data center. Recalled for 2007, so this is a note.
    "OCS0211" "stretched-pool" {
        severity: Note,
        confidence: Low,
        source: "Planning Guide step 2, pool topologies (recalled)",
        bad: Example::with(bases::POOL, &[
            ("    back_end sql01 { address = 10.10.0.30 }\n", "    back_end sql01 { address = 10.20.0.30 }\n"),
            (
                "    front_end fe[01..02] { address = 10.10.0.[11..12] }\n",
                "    front_end fe01 { address = 10.10.0.11 }\n    front_end fe02 { address = 10.20.0.12 }\n",
            ),
            ("site hq {", "site branch {\n  network servers { zone = internal  range = 10.20.0.0/24 }\n}\n\nwan_link line { joins = [hq.servers, branch.servers] }\n\nsite hq {"),
        ]),
        good: Example::of(bases::POOL),
    }
}

/// A pool or array with parts elsewhere: the site and the place of the first of them.
pub(in crate::lint::rules) type Stretched = BTreeMap<GroupId, (GroupId, SiteId, Span)>;

/// The pools and arrays with two parts or more at another site, each with its databases. A single address elsewhere is taken for a
/// mistake, which `address-of-another-site` reports.
pub(in crate::lint::rules) fn stretched(view: &RuleContext) -> Stretched {
    let topology = view.topology;
    let mut stretched = Stretched::new();
    for group in topology.groups.iter().filter(|group| matches!(group.kind, GroupKind::EnterprisePool | GroupKind::DirectorArray))
    {
        let own = view.endpoints(group).filter(|endpoint| endpoint.side == Side::Inside);
        let databases: Vec<GroupId> = group.related(Relation::BackEnd).collect();
        let theirs = databases.iter().flat_map(|id| view.endpoints(topology.group(*id)));
        let places = own.chain(theirs).flat_map(|endpoint| {
            let vip = endpoint.vip.iter().map(|vip| (vip.network, vip.address));
            vip.chain(endpoint.members.iter().map(|member| (member.network, member.address)))
        });
        let site = |network| topology.network(network).site.filter(|site| *site != group.site);
        let mut elsewhere: Vec<(SiteId, Spanned<Ipv4Addr>)> =
            places.filter_map(|(network, address)| Some((site(network)?, address))).collect();
        elsewhere.sort_by_key(|(_, address)| address.span);
        elsewhere.dedup_by_key(|(_, address)| address.value);
        if let [(site, address), _, ..] = elsewhere.as_slice() {
            stretched.extend(databases.into_iter().chain([group.id]).map(|id| (id, (group.id, *site, address.span))));
        }
    }
    stretched
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let topology = view.topology;
    for (id, (pool, other, span)) in stretched(view) {
        if id != pool {
            continue;
        }
        let group = topology.group(id);
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
            .help("keep a pool with its database and load balancer in one site, and give the other site a separate pool"),
        );
    }
}
