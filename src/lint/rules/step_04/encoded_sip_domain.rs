//! A SIP domain in the ASCII form of another script.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

/// What a label begins with that stands for one of another script (RFC 3490).
const ENCODED: &str = "xn--";

rule! {
    /// ## What it does
    /// Notes a SIP domain with a label that begins with `xn--`, the ASCII form of an internationalized domain name. A domain in
    /// non-ASCII letters is reported by `bad-domain-name`.
    ///
    /// ## Why it matters
    /// The product compares domain names as they are written and does not convert between the two forms. All users would have to
    /// type the ASCII form in their sign-in addresses, and partners would see it.
    ///
    /// ## Planning Guide
    /// Step 4, names: letters, digits and hyphens. The guide does not speak of other scripts.
    "OCS0452" "encoded-sip-domain" {
        severity: Note,
        confidence: Low,
        source: "2007 R2 Active Directory names (dd572418), characters; that clients convert nothing is recalled",
        runs_despite_errors: true,
        bad: Example::with(bases::STANDARD, &[("sip_domains = [\"contoso.com\"]", "sip_domains = [\"contoso.com\", \"xn--bcher-kva.contoso.com\"]")]),
        good: Example::with(bases::STANDARD, &[("sip_domains = [\"contoso.com\"]", "sip_domains = [\"contoso.com\", \"buecher.contoso.com\"]")]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for domain in &view.organization().sip_domains {
        let Some(label) = domain.value.labels().find(|label| label.starts_with(ENCODED)) else { continue };
        sink.report(
            Finding::new(
                format!("the SIP domain `{}` is the ASCII form of a name in another script", domain.value),
                domain.span,
                format!("users must type `{label}` exactly like this"),
            )
            .help("choose a domain of letters, digits and hyphens that people can read and type"),
        );
    }
}
