//! A firewall with nothing on the other side.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};

rule! {
    /// ## What it does
    /// Reports a firewall or a WAN link that joins fewer than two networks.
    ///
    /// ## Why it matters
    /// No traffic passes a firewall with only one network. Its rules are empty, and empty rules deny everything when they are
    /// loaded.
    ///
    /// ## Planning Guide
    /// Step 6 places firewalls between the internet, the perimeter and the internal network.
    "OCS0410" "firewall-of-one-network" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 6, perimeter network",
        bad: Example::with(bases::STANDARD, &[(
            "  firewall core { joins = [servers, clients]  dialect = nftables }",
            r"  firewall core { joins = [servers, clients]  dialect = nftables }
  firewall lab  { joins = [servers]  dialect = nftables }",
        )]),
        good: Example::of(bases::STANDARD),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let firewalls = view.topology.firewalls.iter().map(|firewall| ("firewall", &firewall.path, &firewall.joins, firewall.span));
    let links = view.topology.wan_links.iter().map(|link| ("WAN link", &link.path, &link.joins, link.span));
    for (what, path, joins, span) in firewalls.chain(links) {
        let mut networks: Vec<_> = joins.iter().map(|network| network.value).collect();
        networks.sort();
        networks.dedup();
        if networks.len() < 2 {
            sink.report(
                Finding::new(
                    format!("the {what} `{path}` must join at least 2 networks, and joins {}", networks.len()),
                    joins.first().map_or(span, |first| first.span),
                    if networks.is_empty() { "nothing is joined".to_owned() } else { words::count(networks.len(), "network") },
                )
                .help("name the network on the other side in `joins`; `internet` is always there"),
            );
        }
    }
}
