//! Phones that ask for updates in a domain where the name is not.

use std::collections::BTreeSet;

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::product::Feature;

rule! {
    /// ## What it does
    /// Notes a site with client networks whose Active Directory domain is no SIP domain, where `device_update` is on: DNS has
    /// `ucupdates-r2` in the SIP domains only.
    ///
    /// ## Why it matters
    /// A phone that nobody has signed in on yet knows no SIP domain. By the guide of a maker and the report of an engineer it asks
    /// for `ucupdates-r2` in the domain that DHCP hands out, which is mostly that of Active Directory; the documentation of 2007 R2
    /// names the SIP domain. Where the two differ, the name is wanted in both.
    ///
    /// ## Planning Guide
    /// Not in the guide: the sources differ, and what DHCP hands out cannot be written in a topology, so this is a note.
    "OCS0491" "phone-update-domain" {
        severity: Note,
        confidence: Medium,
        source: "Polycom CX700 deployment guide for 2007 R2 (July 2010); DNS requirements of pools (dd637134) say otherwise",
        since: Ocs2007R2,
        bad: Example::with(bases::STANDARD, &[R2, ("features    = [", "features    = [device_update, ")]),
        good: Example::with(bases::STANDARD, &[
            R2,
            ("features    = [", "features    = [device_update, "),
            ("sip_domains = [\"contoso.com\"]", "sip_domains = [\"contoso.com\", \"corp.contoso.com\"]"),
        ]),
    }
}

const R2: (&str, &str) = ("product     = ocs_2007\n", "product     = ocs_2007_r2\n");

fn check(view: &RuleContext, sink: &mut Sink) {
    let organization = view.organization();
    let Some(place) = organization.feature(Feature::DeviceUpdate) else { return };
    let sip: BTreeSet<_> = organization.sip_domains.iter().map(|domain| &domain.value).collect();
    let clients: BTreeSet<_> =
        view.topology.networks.iter().filter(|network| network.clients).filter_map(|network| network.site).collect();
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
                    "phones that nobody has signed in on may ask for `ucupdates-r2.{}`, and DNS has {}",
                    domain.value,
                    words::quoted(&names)
                ),
                domain.span,
                "clients here are likely to get this domain from DHCP",
            )
            .related(place, "phones fetch their software from the pool")
            .help(format!(
                "add `ucupdates-r2.{}` with the address of that name by hand, or let DHCP hand out a SIP domain (option 15)",
                domain.value
            )),
        );
    }
}
