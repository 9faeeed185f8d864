//! A name whose last label begins with a digit.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports a SIP domain, domain or server name whose last label begins with a digit, such as `xxx.yyy.4zz`.
    ///
    /// ## Why it matters
    /// When the label after the last dot begins with a digit, setup and clients read the name as an address and refuse it.
    ///
    /// ## Planning Guide
    /// Step 4, names: the last label of a domain name does not begin with a digit; any other label may.
    "OCS0430" "last-label-digit" {
        severity: Error,
        confidence: High,
        source: "2007 R2 Active Directory names (dd572418)",
        runs_despite_errors: true,
        bad: Example::with(bases::STANDARD, &[("sip_domains = [\"contoso.com\"]", "sip_domains = [\"contoso.com\", \"contoso.4com\"]")]),
        good: Example::with(bases::STANDARD, &[("sip_domains = [\"contoso.com\"]", "sip_domains = [\"contoso.com\", \"4contoso.com\"]")]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let organization = view.organization();
    let sip = organization.sip_domains.iter().map(|name| (&name.value, name.span));
    let domains = organization.domains.iter().map(|domain| (&domain.fqdn.value, domain.fqdn.span));
    let named = view.topology.endpoints.iter().filter_map(|endpoint| endpoint.fqdn.as_ref()).map(|name| (&name.value, name.span));
    for (name, span) in sip.chain(domains).chain(named) {
        let Some(last) = name.labels().next_back().filter(|last| last.starts_with(|c: char| c.is_ascii_digit())) else {
            continue;
        };
        sink.report_once(
            Finding::new(
                format!("the last label of `{name}` begins with a digit"),
                span,
                format!("`{last}` looks like the last part of an address"),
            )
            .help("choose a name whose last label begins with a letter"),
        );
    }
}
