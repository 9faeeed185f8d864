//! Zones without name servers.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, Sink, View, bases};

rule! {
    /// ## What it does
    /// Reports an organization that names no internal name servers, or no external ones while outsiders look its names up.
    ///
    /// ## Why it matters
    /// A zone file begins with its name servers; without them no DNS server loads it.
    ///
    /// ## Planning Guide
    /// Step 4: records are made in the zones of the internal DNS and, for outside access, in public DNS.
    "OCS0414" "no-name-servers" {
        severity: Error,
        confidence: High,
        source: "RFC 1035, zones; Planning Guide step 4, DNS",
        bad: Example::with(bases::STANDARD, &[("  dns { internal_name_servers = [\"dc01.corp.contoso.com\"] }\n", "")]),
        good: Example::of(bases::STANDARD),
    }
}

fn check(view: &View, sink: &mut Sink) {
    let organization = view.organization();
    let dns = &organization.dns;
    let place = dns.span.unwrap_or(organization.span);
    let outside = view.access_edges().next().map(|(_, endpoint)| endpoint.span);
    let views = [
        ("internal", dns.internal_name_servers.is_empty(), None),
        ("external", dns.external_name_servers.is_empty() && outside.is_some(), outside),
    ];
    for (word, lacking, asked) in views {
        if lacking {
            sink.report(
                Finding::new(format!("the {word} zones have no name servers"), place, format!("no `{word}_name_servers` here"))
                    .related_opt(asked, "outsiders look this name up")
                    .help(format!("write `dns {{ {word}_name_servers = [\"ns1.…\", \"ns2.…\"] }}` in the organization")),
            );
        }
    }
}
