//! A shared zone, or a domain to pinpoint, that nothing of the deployment lies in.

use std::collections::BTreeSet;

use crate::catalog;
use crate::diag;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::lower::Fqdn;
use crate::plan::dns::ZoneKind;
use crate::text::Spanned;

rule! {
    /// ## What it does
    /// Reports a `zone` that somebody else keeps, or one of the `pinpoint_domains`, when no record of the deployment comes to lie in it.
    ///
    /// ## Why it matters
    /// The declaration changes nothing. If its name is misspelt, the zone that was meant is written as one of the deployment's own, with
    /// a head that may be loaded over the zone of somebody else.
    ///
    /// ## Planning Guide
    /// Step 4: records are made in the zones of the internal DNS and, for outside access, in public DNS.
    "OCS0450" "shared-zone-without-names" {
        severity: Warning,
        confidence: High,
        source: "Planning Guide step 4, DNS (bb870331)",
        bad: Example::with(bases::EDGE, &[(
            "    external_name_servers",
            "    zone public { fqdn = \"contosso.com\"  owner = \"Web operations\"  views = [external] }\n    external_name_servers",
        )]),
        good: Example::with(bases::EDGE, &[(
            "    external_name_servers",
            "    zone public { fqdn = \"contoso.com\"  owner = \"Web operations\"  views = [external] }\n    external_name_servers",
        )]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let dns = &view.organization().dns;
    if dns.shared_zones.is_empty() && dns.pinpoint_domains.is_empty() {
        return;
    }
    let mut held: BTreeSet<(catalog::DnsView, &str)> = BTreeSet::new();
    let mut pinpointed: BTreeSet<&str> = BTreeSet::new();
    for (asker, zone) in view.dns.views.iter().flat_map(|plan| plan.zones.iter().map(|zone| (plan.view, zone))) {
        held.insert((asker, zone.name.as_str()));
        if asker == catalog::DnsView::Internal && zone.kind == ZoneKind::Pinpoint {
            pinpointed.extend(std::iter::successors(Some(zone.name.as_str()), |name| name.split_once('.').map(|(_, rest)| rest)));
        }
    }
    for shared in &dns.shared_zones {
        let name = shared.fqdn.value.as_str();
        let (inside, outside) = (catalog::DnsView::Internal, catalog::DnsView::External);
        if !(shared.internal && held.contains(&(inside, name)) || shared.external && held.contains(&(outside, name))) {
            report(sink, &shared.fqdn, "no name of the deployment lies in the zone", &held, "take the block out");
        }
    }
    for domain in dns.pinpoint_domains.iter().filter(|domain| !pinpointed.contains(domain.value.as_str())) {
        report(sink, domain, "no name that is needed inside lies in", &held, "take the domain out of `pinpoint_domains`");
    }
}

fn report(sink: &mut Sink, name: &Spanned<Fqdn>, what: &str, zones: &BTreeSet<(catalog::DnsView, &str)>, otherwise: &str) {
    let near =
        diag::nearest(name.value.as_str(), zones.iter().map(|(_, zone)| *zone).filter(|zone| *zone != name.value.as_str()));
    let help = near.map_or_else(|| otherwise.to_owned(), |near| format!("did you mean `{near}`?"));
    sink.report(Finding::new(format!("{what} `{}`", name.value), name.span, "changes nothing").help(help));
}
