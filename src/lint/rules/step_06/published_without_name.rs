//! Something published that has no name outside.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::Detail;
use crate::product::{GroupKind, Relation};

rule! {
    /// ## What it does
    /// Reports a pool that a reverse proxy publishes and that has no `external_web_farm`, and a Communicator Web Access
    /// server or an update service without `external_fqdn`.
    ///
    /// ## Why it matters
    /// The name is in the external zone and on the reverse proxy's certificate, and clients receive it when they sign in. Without
    /// it outside users have no address book, no group expansion and no slides.
    ///
    /// ## Planning Guide
    /// Step 6: each pool whose content is published has its own external web farm name. In this release it cannot be changed
    /// after the pool is created.
    "OCS0610" "published-without-name" {
        severity: Error,
        confidence: High,
        source: "Edge deployment step 2.1, reverse proxy (bb663639)",
        bad: Example::with(bases::EDGE, &[("    external_web_farm = \"ocsweb.contoso.com\"\n", "")]),
        good: Example::of(bases::EDGE),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for proxy in view.groups(GroupKind::ReverseProxy) {
        for (relation, id, place) in &proxy.relations {
            if *relation != Relation::Publishes {
                continue;
            }
            let group = view.topology.group(*id);
            let (named, attribute) = match &group.detail {
                Detail::Pool { external_web_farm, .. } => (external_web_farm.is_some(), "external_web_farm"),
                Detail::WebAccess { external_fqdn, .. } | Detail::UpdateServer { external_fqdn } => {
                    (external_fqdn.is_some(), "external_fqdn")
                }
                _ => continue,
            };
            if !named {
                sink.report_once(
                    Finding::new(
                        format!("`{}` is published and has no external name", group.path),
                        group.span,
                        format!("no `{attribute}` here"),
                    )
                    .related(*place, format!("`{}` publishes it", proxy.path))
                    .help(format!("write `{attribute} = \"…\"` in `{} {}`", group.block, group.name)),
                );
            }
        }
    }
}
