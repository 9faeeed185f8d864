//! A name server that cannot be resolved.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::lower::Fqdn;
use crate::plan::dns::DnsProblem;
use crate::text::Span;

rule! {
    /// ## What it does
    /// Reports a name server whose name lies in one of the zones that it serves, while nothing in the topology has the name.
    ///
    /// ## Why it matters
    /// A zone that names a name server within itself must hold its address too, or no DNS server loads it. The topology knows
    /// no address for it, so it is left out of the zone, and a zone without any name server does not load either.
    ///
    /// ## Planning Guide
    /// Step 4: records are made in the zones of the internal DNS and, for outside access, in public DNS.
    "OCS0419" "name-server-without-address" {
        severity: Warning,
        confidence: High,
        source: "RFC 1034, name servers within a zone",
        bad: Example::with(bases::EDGE, &[("ns1.contoso.net", "ns1.contoso.com")]),
        good: Example::of(bases::EDGE),
    }
}

/// A name server with all zones that it lies in: its name is written once, whatever it serves.
struct UnknownServers<'a> {
    span: Option<Span>,
    zones: Vec<&'a Fqdn>,
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let organization = view.organization();
    let mut unknown: BTreeMap<_, UnknownServers> = BTreeMap::new();
    for problem in &view.dns.problems {
        let DnsProblem::NameServerWithoutAddress { view: asker, zone, name, span } = problem else { continue };
        unknown.entry((*asker, name)).or_insert(UnknownServers { span: *span, zones: Vec::new() }).zones.push(zone);
    }
    // Several servers of one zone lack the same: what would have their names.
    let mut of_zone: BTreeMap<_, Vec<(&Fqdn, UnknownServers)>> = BTreeMap::new();
    for ((asker, name), unknown) in unknown {
        let Some(zone) = unknown.zones.iter().max_by_key(|zone| zone.as_str().len()) else { continue };
        of_zone.entry((asker, *zone)).or_default().push((name, unknown));
    }
    for ((asker, zone), servers) in of_zone {
        let zones: BTreeSet<&Fqdn> = servers.iter().flat_map(|(_, unknown)| unknown.zones.iter().copied()).collect();
        let headless: Vec<&str> = zones.iter().filter(|zone| !is_whole(view, asker, zone)).map(|zone| zone.as_str()).collect();
        let mut help = match servers.len() {
            1 => format!("name a server that the topology declares, or one that lies outside `{zone}`"),
            _ => format!("name servers that the topology declares, or such as lie outside `{zone}`"),
        };
        if !headless.is_empty() {
            help += &format!(
                "; until then {} has no name server, and its records are an include file, `.records` without SOA",
                words::quoted(&headless)
            );
        }
        let place = |unknown: &UnknownServers| unknown.span.or(organization.dns.span).unwrap_or(organization.span);
        let names: Vec<&str> = servers.iter().map(|(name, _)| name.as_str()).collect();
        let names = words::quoted(&names);
        let Some(((_, first), others)) = servers.split_first() else { continue };
        let message = match others {
            [] => format!("the {} name server {names} lies in the zone `{zone}` and has no address", asker.word()),
            _ => format!("the {} name servers {names} lie in the zone `{zone}` and have no address", asker.word()),
        };
        let label =
            if others.is_empty() { "nothing in the topology has this name" } else { "nothing in the topology has these names" };
        let mut finding = Finding::new(message, place(first), label).help(help);
        for (_, unknown) in others.iter().take(3) {
            finding = finding.related(place(unknown), "nor this one");
        }
        sink.report(finding);
    }
}

/// Whether a zone has a head, and so a name server at least.
fn is_whole(view: &RuleContext, asker: catalog::DnsView, zone: &Fqdn) -> bool {
    let plan = view.dns.views.iter().find(|plan| plan.view == asker);
    plan.and_then(|plan| plan.zone_of(zone)).is_some_and(|zone| zone.soa.is_some())
}
