//! A name server that nobody finds.

use std::collections::BTreeSet;

use crate::catalog::{self, RecordType, Subject, name_rows};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, Sink, View, bases};
use crate::lower::Fqdn;
use crate::model::{Detail, Side};

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

fn check(view: &View, sink: &mut Sink) {
    let organization = view.organization();
    let sip_domains = || organization.sip_domains.iter().map(|domain| &domain.value);
    let inside: Vec<&Fqdn> = sip_domains().chain(organization.domains.iter().map(|domain| &domain.fqdn.value)).collect();
    let outside: Vec<&Fqdn> = sip_domains().collect();
    let views = [
        ("internal", &organization.dns.internal_name_servers, inside, names_inside(view)),
        ("external", &organization.dns.external_name_servers, outside, names_outside(view)),
    ];
    for (word, servers, zones, known) in views {
        for server in servers {
            let within = zones.iter().filter(|zone| server.value.is_within(zone));
            let Some(zone) = within.max_by_key(|zone| zone.as_str().len()) else { continue };
            if !known.contains(server.value.as_str()) {
                sink.report(
                    Finding::new(
                        format!("the {word} name server `{}` lies in the zone `{zone}` and has no address", server.value),
                        server.span,
                        "nothing in the topology has this name",
                    )
                    .help(format!("name a server that the topology declares, or one that lies outside `{zone}`")),
                );
            }
        }
    }
}

fn names_inside(view: &View) -> BTreeSet<String> {
    let servers = view.topology.servers.iter().filter_map(|server| server.fqdn.as_ref());
    let endpoints = view.topology.endpoints.iter().filter(|endpoint| endpoint.side == Side::Inside);
    servers.chain(endpoints.filter_map(|endpoint| Some(&endpoint.fqdn.as_ref()?.value))).map(ToString::to_string).collect()
}

fn names_outside(view: &View) -> BTreeSet<String> {
    let endpoints = view.topology.endpoints.iter().filter(|endpoint| endpoint.side == Side::Outside);
    let mut names: BTreeSet<String> = endpoints.filter_map(|endpoint| Some(endpoint.fqdn.as_ref()?.value.to_string())).collect();
    for group in &view.topology.groups {
        match &group.detail {
            Detail::Pool { external_web_farm: Some(name), .. } | Detail::WebAccess { external_fqdn: Some(name) } => {
                names.insert(name.value.to_string());
            }
            _ => {}
        }
    }
    let rows = name_rows(view.organization().product).unwrap_or_default().iter();
    for row in
        rows.filter(|row| (row.view, row.record, row.subject) == (catalog::View::External, RecordType::A, Subject::SipDomain))
    {
        names.extend(view.organization().sip_domains.iter().map(|domain| row.owner.fill(domain.value.as_str())));
    }
    names
}
