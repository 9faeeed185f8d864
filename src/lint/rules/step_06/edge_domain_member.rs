//! Edge servers and reverse proxies that are members of an internal domain.

use crate::catalog::Support;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports edge servers and reverse proxies that are members of an internal domain.
    ///
    /// ## Why it matters
    /// A member of the domain has secrets of the domain and must reach domain controllers, which no rule of the inner firewall
    /// allows. An attacker who takes over an edge server then has access to the forest.
    ///
    /// ## Planning Guide
    /// Step 6: edge servers and reverse proxies are in a workgroup. A separate forest in the perimeter is tolerated. It is a
    /// recommendation, so this is a warning.
    "OCS0618" "edge-domain-member" {
        severity: Warning,
        confidence: High,
        source: "Edge deployment, before you begin (cc895231); Active Directory guide of 2007 R2",
        runs_despite_errors: true,
        bad: Example::with(bases::EDGE, &[("    shape    = consolidated\n", "    shape     = consolidated\n    member_of = internal_domain\n")]),
        good: Example::with(bases::EDGE, &[("    shape    = consolidated\n", "    shape     = consolidated\n    member_of = workgroup\n")]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for (kind, row, what) in [
        ("edge_array", "edge.domain_member", "edge servers"),
        ("reverse_proxy", "reverse_proxy.workgroup", "the reverse proxy"),
        ("reverse_proxy_array", "reverse_proxy.workgroup", "reverse proxies"),
    ] {
        let Some(row) = view.fact::<Support>(row) else { continue };
        for block in view.blocks_of(kind) {
            let Some(member) = block.decl.choice("member_of").filter(|member| member.value == "internal_domain") else {
                continue;
            };
            sink.report(
                Finding::new(
                    format!("{what} should be in a workgroup, and `{}` is in an internal domain", block.path),
                    member.span,
                    "no rule allows it to reach a domain controller",
                )
                .related(block.decl.name_span, "these computers")
                .help("write `member_of = workgroup`, or `perimeter_domain` if the perimeter has its own forest")
                .by_support_level(row),
            );
        }
    }
}
