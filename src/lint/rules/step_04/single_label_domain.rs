//! Domains of one label.

use crate::catalog::Support;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports an Active Directory domain whose DNS name has a single label, such as `corp`.
    ///
    /// ## Why it matters
    /// Names of servers in it are not fully qualified in the usual sense: certificates, SRV records and the edge's list of
    /// internal servers expect a domain with a dot.
    ///
    /// ## Planning Guide
    /// Step 4 and the Active Directory guide of 2007 R2 state that single-label domains are not supported. For 2007 the page was not
    /// read, so there this is a note.
    "OCS0403" "single-label-domain" {
        severity: Error,
        confidence: High,
        source: "2007 R2 Active Directory guide, names (dd572418); for 2007 recalled",
        runs_despite_errors: true,
        bad: Example::with(bases::STANDARD, &[
            (
                "    domain corp { fqdn = \"corp.contoso.com\" }",
                "    domain corp { fqdn = \"corp.contoso.com\" }\n    domain old  { fqdn = \"oldcorp\" }",
            ),
        ]),
        good: Example::of(bases::STANDARD),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(row) = view.fact::<Support>("directory.single_label_domain") else { return };
    for domain in &view.organization().domains {
        if !domain.fqdn.value.as_str().contains('.') {
            sink.report(
                Finding::new(
                    format!("the Active Directory domain `{}` has a single label", domain.fqdn.value),
                    domain.fqdn.span,
                    "single-label domains are not supported",
                )
                .help("servers and users belong in a domain with a name of two labels or more")
                .by_support_level(row),
            );
        }
    }
}
