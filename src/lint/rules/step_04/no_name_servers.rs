//! Zones without name servers.

use crate::catalog;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::plan::dns::DnsProblem;

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

fn check(view: &RuleContext, sink: &mut Sink) {
    let organization = view.organization();
    let place = organization.dns.span.unwrap_or(organization.span);
    for problem in &view.dns.problems {
        let DnsProblem::NoNameServers { view: asker } = problem else { continue };
        let asked = match asker {
            catalog::DnsView::Internal => None,
            catalog::DnsView::External => view.access_edges().next().map(|(_, endpoint)| endpoint.span),
        };
        let word = asker.word();
        sink.report(
            Finding::new(format!("the {word} zones have no name servers"), place, format!("no `{word}_name_servers` here"))
                .related_opt(asked, "outsiders look this name up")
                .help(format!(
                    "write `{}` to get whole zones; without it the records are written as include files, `.records` without SOA, for \
                     zones that exist already",
                    match organization.dns.span {
                        Some(_) => format!("{word}_name_servers = [\"ns1.…\", \"ns2.…\"]"),
                        None => format!("dns {{ {word}_name_servers = [\"ns1.…\", \"ns2.…\"] }}"),
                    }
                )),
        );
    }
}
