//! A zone with two owners.

use std::collections::BTreeMap;

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::SharedZone;

rule! {
    /// ## What it does
    /// Reports a zone that two `zone` blocks declare for one view, or that a `zone` block shares internally although
    /// `pinpoint_domains` says that it is not hosted there.
    ///
    /// ## Why it matters
    /// The records go to one owner only, so the other declaration is wrong.
    ///
    /// ## Planning Guide
    /// Step 4: records are made in the zones of the internal DNS and, for outside access, in public DNS. Each zone has one owner.
    "OCS0451" "zone-declared-twice" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 4, DNS (bb870331)",
        runs_despite_errors: true,
        waivable: false,
        bad: Example::with(bases::EDGE, &[(
            "    external_name_servers",
            "    zone public { fqdn = \"contoso.com\"  owner = \"Web operations\"  views = [external] }\n    zone web { fqdn = \"contoso.com\"  owner = \"Marketing\"  views = [external] }\n    external_name_servers",
        )]),
        good: Example::with(bases::EDGE, &[(
            "    external_name_servers",
            "    zone public { fqdn = \"contoso.com\"  owner = \"Web operations\"  views = [external] }\n    zone web { fqdn = \"contoso.com\"  owner = \"Marketing\"  views = [internal] }\n    external_name_servers",
        )]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let dns = &view.organization().dns;
    for (word, is_in) in [("internal", inside as fn(&SharedZone) -> bool), ("external", outside)] {
        let mut known: BTreeMap<&str, &SharedZone> = BTreeMap::new();
        for zone in dns.shared_zones.iter().filter(|zone| is_in(zone)) {
            let name = zone.fqdn.value.as_str();
            let Some(first) = known.get(name) else {
                known.insert(name, zone);
                continue;
            };
            sink.report_once(
                Finding::new(format!("the {word} zone `{name}` has two owners"), zone.fqdn.span, "declared again")
                    .related(first.fqdn.span, "the first")
                    .help("remove one of the two blocks, or give them different `views`"),
            );
        }
    }
    for domain in &dns.pinpoint_domains {
        let Some(zone) = dns.shared_zones.iter().find(|zone| zone.internal && zone.fqdn.value == domain.value) else { continue };
        sink.report(
            Finding::new(
                format!("`{}` is both shared internally and not hosted there", domain.value),
                domain.span,
                "says that no internal zone has this name",
            )
            .related(zone.fqdn.span, "names its owner")
            .help("remove it from `pinpoint_domains`, or write `views = [external]` in the block"),
        );
    }
}

fn inside(zone: &SharedZone) -> bool {
    zone.internal
}

fn outside(zone: &SharedZone) -> bool {
    zone.external
}
