//! Zones without name servers.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, Sink, View, bases};
use crate::model::GroupKind;

rule! {
    /// ## What it does
    /// Reports an organization that names no external name servers while outsiders look its names up, or no internal ones
    /// while it declares no domain controller that could stand in for them.
    ///
    /// ## Why it matters
    /// A zone begins with its name servers. Without them the zone files hold the records only, for somebody to put into zones
    /// that exist already.
    ///
    /// ## Planning Guide
    /// Step 4: records are made in the zones of the internal DNS and, for outside access, in public DNS. Including them by
    /// hand works, so this is a warning.
    "OCS0414" "no-name-servers" {
        severity: Warning,
        confidence: High,
        source: "RFC 1035, zones; Planning Guide step 4, DNS",
        bad: Example::with(bases::EDGE, &[("    external_name_servers = [\"ns1.contoso.net\"]
", "")]),
        good: Example::of(bases::EDGE),
    }
}

fn check(view: &View, sink: &mut Sink) {
    let organization = view.organization();
    let dns = &organization.dns;
    let place = dns.span.unwrap_or(organization.span);
    let outside = view.access_edges().next().map(|(_, endpoint)| endpoint.span);
    let views = [
        ("internal", dns.internal_name_servers.is_empty() && view.groups(GroupKind::DomainController).next().is_none(), None),
        ("external", dns.external_name_servers.is_empty() && outside.is_some(), outside),
    ];
    for (word, lacking, asked) in views {
        if lacking {
            sink.report(
                Finding::new(format!("the {word} zones have no name servers"), place, format!("no `{word}_name_servers` here"))
                    .related_opt(asked, "outsiders look this name up")
                    .help(match dns.span {
                        Some(_) => format!("write `{word}_name_servers = [\"ns1.…\", \"ns2.…\"]` in `dns`"),
                        None => format!("write `dns {{ {word}_name_servers = [\"ns1.…\", \"ns2.…\"] }}` in the organization"),
                    }),
            );
        }
    }
}
