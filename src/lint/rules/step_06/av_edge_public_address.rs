//! An A/V Edge behind translated or private addresses.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, Sink, View, bases};
use crate::model::{Firewall, Role, Side, StaticNat, is_private};
use crate::schema::Product;
use crate::text::Spanned;

rule! {
    /// ## What it does
    /// Reports an outside address of the A/V Edge, a server's or a virtual one, that is private or that a firewall
    /// translates.
    ///
    /// ## Why it matters
    /// The A/V Edge tells callers its own address inside the conversation. When that address is not the one that they reach,
    /// calls connect and nobody hears anything.
    ///
    /// ## Planning Guide
    /// Step 6: the external address of the A/V Edge is publicly routable, and the outer firewall does not translate it. In
    /// 2007 R2 a single edge server may stand behind a translation.
    "OCS0607" "av-edge-public-address" {
        severity: Error,
        confidence: High,
        source: "Edge deployment step 2.3, firewalls (bb803617)",
        of_what_is_written: true,
        products: &[Product::Ocs2007],
        bad: Example::with(bases::EDGE, &[("av_edge               = 131.107.155.12", "av_edge               = 172.25.34.12"), (
            "  firewall outer { joins = [internet, edge_outside]  dialect = nftables }",
            r"  network edge_private { zone = perimeter  range = 172.25.34.0/24 }
  firewall outer { joins = [internet, edge_outside, edge_private]  dialect = nftables }",
        )]),
        good: Example::of(bases::EDGE),
    }
}

fn check(view: &View, sink: &mut Sink) {
    let translations = translations(view);
    for endpoint in view.topology.endpoints_of(Role::AvEdge, Side::Outside) {
        let vip = endpoint.vip.iter().map(|vip| &vip.address);
        for address in endpoint.members.iter().map(|member| &member.address).chain(vip) {
            let path = &view.topology.group(endpoint.group).path;
            if let Some((firewall, nat)) = translations.get(&address.value) {
                sink.report_once(
                    Finding::new(
                        format!(
                            "the A/V Edge address {} of `{path}` must reach callers as it is, and `{}` translates it",
                            address.value, firewall.path
                        ),
                        address.span,
                        format!("callers see {} instead", nat.public.value),
                    )
                    .related(nat.span, "the translation")
                    .help(format!("give the A/V Edge {} itself, and take `static_nat {}` out", nat.public.value, nat.name)),
                );
            } else if is_private(address.value) {
                report_private(sink, path, address);
            }
        }
    }
}

fn report_private(sink: &mut Sink, path: &str, address: &Spanned<Ipv4Addr>) {
    sink.report_once(
        Finding::new(
            format!("the A/V Edge of `{path}` needs a public address, and {} is private", address.value),
            address.span,
            "nobody on the internet reaches this address",
        )
        .help("give it an address that the internet routes, without translation"),
    );
}

/// Translations by the address that the server has.
pub(super) fn translations<'a>(view: &View<'a>) -> BTreeMap<Ipv4Addr, (&'a Firewall, &'a StaticNat)> {
    let firewalls = view.topology.firewalls.iter();
    firewalls.flat_map(|firewall| firewall.nats.iter().map(move |nat| (nat.inside.value, (firewall, nat)))).collect()
}
