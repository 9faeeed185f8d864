//! Users whose clients are nowhere.

use std::collections::BTreeSet;

use crate::diag::Fact;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::model::{Network, SiteId, Zone};

rule! {
    /// ## What it does
    /// Reports a site that has users and no network with `clients = true`, and pools or Standard Edition servers where no
    /// network of the whole topology has it.
    ///
    /// ## Why it matters
    /// Flows from clients begin in such networks. Without one the firewalls of the site get no rule that lets its users sign
    /// in.
    ///
    /// ## Planning Guide
    /// Step 4 lists the ports that internal clients use. A site may have users whose clients are all on the internet, so this
    /// is a warning.
    "OCS0412" "users-without-client-network" {
        severity: Warning,
        confidence: High,
        source: "Planning Guide step 4, ports that clients use",
        bad: Example::with(bases::STANDARD, &[("  clients = true", "")]),
        good: Example::of(bases::STANDARD),
    }
}

/// Where users may work: a network inside without servers, or one to declare.
fn clients_in(view: &RuleContext, site: Option<SiteId>) -> String {
    let inside = |network: &&Network| network.zone == Zone::Internal && site.is_none_or(|site| network.site == Some(site));
    let has_servers = |network: &&Network| {
        view.topology.servers.iter().flat_map(|server| &server.addresses).any(|(_, other)| *other == network.id)
    };
    let free: Vec<String> = view
        .topology
        .networks
        .iter()
        .filter(inside)
        .filter(|network| !has_servers(network) && !network.administrators)
        .map(|network| format!("`network {}`", network.name))
        .collect();
    match free.is_empty() {
        true => "declare the network that users work in, with `clients = true`".to_owned(),
        false => format!("write `clients = true` in {}, or in another network that users work in", words::either(&free)),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let with_clients: BTreeSet<SiteId> =
        view.topology.networks.iter().filter(|network| network.clients).filter_map(|network| network.site).collect();
    let mut reported = false;
    for site in &view.topology.sites {
        let Some(users) = site.users.filter(|users| users.value > 0) else { continue };
        if !with_clients.contains(&site.id) {
            reported = true;
            sink.report(
                Finding::new(
                    format!("`{}` has {} users and no network for their clients", site.name, words::thousands(users.value)),
                    users.span,
                    "no network of the site says `clients = true`",
                )
                .related(site.span, "the site")
                .help(clients_in(view, Some(site.id)))
                .needs(Fact::Clients(site.span)),
            );
        }
    }
    if let (Some(pool), false) = (view.pools().next(), reported || view.topology.networks.iter().any(|network| network.clients)) {
        sink.report(
            Finding::new(
                format!("users are homed on `{}`, and no network is one of their clients", pool.path),
                pool.span,
                "no client inside reaches it: no network says `clients = true`",
            )
            .help(format!("{}; if all work outside, waive this", clients_in(view, None))),
        );
    }
}
