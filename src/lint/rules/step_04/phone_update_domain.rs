//! Phones that ask for updates in a domain where the name is not.

use std::collections::BTreeSet;

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::product::Feature;

rule! {
    /// ## What it does
    /// Notes a site with client networks whose Active Directory domain is not a SIP domain, while `device_update` is on: DNS has
    /// `ucupdates-r2` in the SIP domains only. Networks with `dns_suffixes` are left out: DNS has the name in those domains too.
    ///
    /// ## Why it matters
    /// Before the first sign-in a phone does not know the SIP domain. According to a vendor's guide and an engineer's report it
    /// looks up `ucupdates-r2` in the domain that DHCP assigns, which is usually that of Active Directory; the documentation of
    /// 2007 R2 names the SIP domain. Where the two differ, both names are needed.
    ///
    /// ## Planning Guide
    /// Not in the guide: the sources differ, and the topology does not say which domain DHCP assigns, so this is a note.
    "OCS0491" "phone-update-domain" {
        severity: Note,
        confidence: Medium,
        source: "Polycom CX700 deployment guide for 2007 R2 (July 2010); DNS requirements of pools (dd637134) say otherwise",
        since: Ocs2007R2,
        bad: Example::with(bases::STANDARD, &[R2, ("features    = [", "features    = [device_update, ")]),
        good: Example::with(bases::STANDARD, &[
            R2,
            ("features    = [", "features    = [device_update, "),
            ("clients = true }", "clients = true  dns_suffixes = \"corp.contoso.com\" }"),
        ]),
    }
}

const R2: (&str, &str) = ("product     = ocs_2007\n", "product     = ocs_2007_r2\n");

fn check(view: &RuleContext, sink: &mut Sink) {
    let organization = view.organization();
    let Some(place) = organization.feature(Feature::DeviceUpdate) else { return };
    let sip: BTreeSet<_> = organization.sip_domains.iter().map(|domain| &domain.value).collect();
    let clients = view.topology.networks.iter().filter(|network| network.clients && network.dns_suffixes.is_empty());
    let clients: BTreeSet<_> = clients.filter_map(|network| network.site).collect();
    let sites = view.topology.sites.iter().filter(|site| clients.contains(&site.id));
    let mut reported = BTreeSet::new();
    for site in sites {
        let Some(domain) = site.domain.as_ref().filter(|domain| !sip.contains(&domain.value)) else { continue };
        if !reported.insert(&domain.value) {
            continue;
        }
        let names: Vec<String> = sip.iter().map(|domain| format!("ucupdates-r2.{domain}")).collect();
        sink.report(
            Finding::new(
                format!(
                    "before the first sign-in phones may look up `ucupdates-r2.{}`, and DNS has {}",
                    domain.value,
                    words::quoted(&names)
                ),
                domain.span,
                "clients here are likely to get this domain from DHCP",
            )
            .related(place, "phones fetch their software from the pool")
            .help(
                "state the domain that DHCP assigns (option 15) as `dns_suffixes` of the networks with clients: DNS then has the name in it too",
            ),
        );
    }
}
