//! A name server that nobody finds.

use std::collections::BTreeMap;

use crate::catalog;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, Sink, View, bases, words};
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
struct Lacking<'a> {
    span: Option<Span>,
    zones: Vec<&'a Fqdn>,
}

fn check(view: &View, sink: &mut Sink) {
    let organization = view.organization();
    let mut lacking: BTreeMap<_, Lacking> = BTreeMap::new();
    for problem in &view.dns.problems {
        let DnsProblem::NameServerWithoutAddress { view: asker, zone, name, span } = problem else { continue };
        lacking.entry((*asker, name)).or_insert(Lacking { span: *span, zones: Vec::new() }).zones.push(zone);
    }
    for ((asker, name), Lacking { span, zones }) in lacking {
        let Some(zone) = zones.iter().max_by_key(|zone| zone.as_str().len()) else { continue };
        let headless: Vec<&str> = zones.iter().filter(|zone| !is_whole(view, asker, zone)).map(|zone| zone.as_str()).collect();
        let mut help = format!("name a server that the topology declares, or one that lies outside `{zone}`");
        if !headless.is_empty() {
            help += &format!(
                "; until then {} has no name server, and its records are an include file, `.records` without SOA",
                words::quoted(&headless)
            );
        }
        sink.report(
            Finding::new(
                format!("the {} name server `{name}` lies in the zone `{zone}` and has no address", asker.word()),
                span.or(organization.dns.span).unwrap_or(organization.span),
                "nothing in the topology has this name",
            )
            .help(help),
        );
    }
}

/// Whether a zone has a head, and so a name server at least.
fn is_whole(view: &View, asker: catalog::View, zone: &Fqdn) -> bool {
    let plan = view.dns.views.iter().find(|plan| plan.view == asker);
    plan.and_then(|plan| plan.zone_of(zone)).is_some_and(|zone| zone.soa.is_some())
}
