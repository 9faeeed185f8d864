//! An A/V Edge behind translated or private addresses.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use crate::diag::Fact;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::model::{Endpoint, Firewall, StaticNat, is_private};
use crate::product::{Role, Side};
use crate::text::Spanned;

rule! {
    /// ## What it does
    /// Reports an outside address of the A/V Edge, a server's or a virtual one, that is private or that a firewall
    /// translates.
    ///
    /// ## Why it matters
    /// The A/V Edge sends callers its own address inside the signalling. When callers cannot reach it at that address, calls are
    /// connected but have no audio.
    ///
    /// ## Planning Guide
    /// Step 6: the external address of the A/V Edge is publicly routable, and the outer firewall does not translate it. In 2007
    /// R2 the address of a single edge server may be translated; those of several servers behind a load balancer may not.
    "OCS0607" "av-edge-public-address" {
        severity: Error,
        confidence: High,
        source: "Edge deployment step 2.3, firewalls (bb803617); 2007 R2, firewall requirements (dd441361)",
        runs_despite_errors: true,
        bad: Example::with(bases::EDGE, &[("av_edge               = 131.107.155.12", "av_edge               = 172.25.34.12"), (
            "  firewall outer { joins = [internet, edge_outside]  dialect = nftables }",
            r"  network edge_private { zone = perimeter  range = 172.25.34.0/24 }
  firewall outer { joins = [internet, edge_outside, edge_private]  dialect = nftables }",
        )]),
        good: Example::of(bases::EDGE),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let translations = translations(view);
    let translatable = view.limit("av_edge.translated_servers").map(|limit| limit.value as usize);
    for endpoint in view.topology.endpoints_of(Role::AvEdge, Side::Outside) {
        let alone = endpoint.vip.is_none() && translatable.is_some_and(|most| endpoint.members.len() <= most);
        let only = match translatable {
            Some(most) if !alone => format!("; only {} without a load balancer may be translated", words::count(most, "server")),
            _ => String::new(),
        };
        let vip = endpoint.vip.iter().map(|vip| &vip.address);
        for address in endpoint.members.iter().map(|member| &member.address).chain(vip) {
            let path = &view.topology.group(endpoint.group).path;
            match translations.get(&address.value) {
                Some(_) if alone => {}
                Some((firewall, nat)) => sink.report_once(
                    Finding::new(
                        format!(
                            "the A/V Edge address {} of `{path}` must not be translated, and `{}` translates it",
                            address.value, firewall.path
                        ),
                        address.span,
                        format!("callers see {} instead", nat.public.value),
                    )
                    .related(nat.span, "the translation")
                    .help(format!("give the A/V Edge {} itself, and remove `static_nat {}`{only}", nat.public.value, nat.name)),
                ),
                None if is_private(address.value) => {
                    let swapped = swapped(view, endpoint, address);
                    report_private(sink, path, address, alone, swapped);
                }
                None => {}
            }
        }
    }
}

fn report_private(
    sink: &mut Sink,
    path: &str,
    address: &Spanned<Ipv4Addr>,
    translatable: bool,
    swapped: Option<Spanned<Ipv4Addr>>,
) {
    let finding = Finding::new(
        format!("the A/V Edge of `{path}` needs a public address, and {} is private", address.value),
        address.span,
        "this address cannot be reached from the internet",
    );
    sink.report_once(match swapped {
        Some(inside) => exchange(finding, address, &inside, "av_edge"),
        None if translatable => finding.help(format!(
            "give it an address that the internet routes, or write `static_nat av {{ public = …  inside = {} }}` in the outer firewall",
            address.value
        )),
        None => finding.help("give it an address that the internet routes, without translation"),
    });
}

/// The inside address of the server with a private outside address, if that is public: the two are exchanged.
pub(super) fn swapped(view: &RuleContext, outside: &Endpoint, address: &Spanned<Ipv4Addr>) -> Option<Spanned<Ipv4Addr>> {
    let server = outside.members.iter().find(|member| member.address == *address)?.server;
    let inside = view.endpoints(view.topology.group(outside.group)).filter(|endpoint| endpoint.side == Side::Inside);
    let own = inside.flat_map(|endpoint| &endpoint.members).find(|member| member.server == server)?;
    let translated = translations(view).contains_key(&own.address.value);
    (!is_private(own.address.value) && !translated).then_some(own.address)
}

/// A finding about an outside address that is in the place of the inside one.
pub(super) fn exchange(finding: Finding, outside: &Spanned<Ipv4Addr>, inside: &Spanned<Ipv4Addr>, attr: &str) -> Finding {
    finding
        .related(inside.span, "and the inside address is public")
        .help(format!("exchange the two: `{attr} = {}` and `inside = {}`", inside.value, outside.value))
        .blames(Fact::Written(inside.span))
}

/// Translations by the address that the server has.
pub(super) fn translations<'a>(view: &RuleContext<'a>) -> BTreeMap<Ipv4Addr, (&'a Firewall, &'a StaticNat)> {
    let firewalls = view.topology.firewalls.iter();
    firewalls.flat_map(|firewall| firewall.nats.iter().map(move |nat| (nat.inside.value, (firewall, nat)))).collect()
}
