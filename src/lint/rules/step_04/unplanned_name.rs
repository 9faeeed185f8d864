//! Names that the deployment needs and that cannot be.

use crate::lint::rule::rule;
use crate::lint::rules::step_07::array_without_load_balancer::lacking;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::plan::certificate::CertificateProblem;
use crate::plan::dns::DnsProblem;

rule! {
    /// ## What it does
    /// Reports a name in DNS or on a certificate that cannot be derived from the topology: it would be longer than DNS allows,
    /// the server has no name, or its servers have no common address.
    ///
    /// ## Why it matters
    /// The record or the request would be missing without notice, and what depends on it fails much later: sign-in, federation,
    /// TLS between servers.
    ///
    /// ## Planning Guide
    /// Steps 4 and 6 list the names that each server, pool, edge service and SIP domain needs. The limit of 253 characters is that of DNS.
    "OCS0423" "unplanned-name" {
        severity: Error,
        confidence: High,
        source: "RFC 1035, size limits of names; Planning Guide step 4, DNS",
        waivable: false,
        bad: Example::with(bases::STANDARD, &[(
            "sip_domains = [\"contoso.com\"]",
            concat!(
                "sip_domains = [\n    \"contoso.com\",\n    \"",
                "a-department-whose-name-is-longer-than-any-clerk-will-ever-type.",
                "a-division-whose-name-is-longer-than-any-clerk-will-ever-type.",
                "a-subsidiary-whose-name-is-longer-than-any-clerk-ever-types.",
                "a-city-whose-name-is-longer-than-any-clerk-ever-types.",
                "contoso.com\",\n  ]",
            ),
        )]),
        good: Example::of(bases::STANDARD),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let balanced_by_rule = lacking(view);
    for problem in &view.dns.problems {
        match problem {
            DnsProblem::BadName { name, why, span, .. } => {
                sink.report_once(
                    Finding::new(
                        format!("no record can be written for `{}`: {why}", start(name)),
                        *span,
                        "the name is derived from this",
                    )
                    .help("write a shorter name"),
                );
            }
            DnsProblem::NoName { path, span, .. } => {
                sink.report_once(
                    Finding::new(format!("other servers look up `{path}` by name, and it has none"), *span, "it has no name")
                        .help("write `fqdn = \"…\"`"),
                );
            }
            DnsProblem::NoAddress { name, group, span, .. } if !balanced_by_rule.contains_key(group) => {
                let group = view.topology.group(*group);
                sink.report_once(
                    Finding::new(
                        format!(
                            "`{name}` must lead to {} of `{}`, which have no common address",
                            words::count(group.servers.len(), "server"),
                            group.path
                        ),
                        *span,
                        "a name leads to one address",
                    )
                    .help("write `load_balancer = …` and `vip = …`, or keep only one server"),
                );
            }
            DnsProblem::NoAddress { .. }
            | DnsProblem::Contradiction { .. }
            | DnsProblem::NoNameServers { .. }
            | DnsProblem::NameServerWithoutAddress { .. } => {}
        }
    }
    for problem in &view.certificates.problems {
        match problem {
            CertificateProblem::BadName { name, why, span, .. } => {
                sink.report_once(
                    Finding::new(
                        format!("no certificate can have the name `{}`: {why}", start(name)),
                        *span,
                        "the name is derived from this",
                    )
                    .help("write a shorter name"),
                );
            }
            CertificateProblem::NoName { path, span, .. } => {
                sink.report_once(
                    Finding::new(format!("`{path}` needs a certificate, and has no name for it"), *span, "it has no name")
                        .help("write `fqdn = \"…\"`"),
                );
            }
            CertificateProblem::NoIssuer { .. } | CertificateProblem::CommonNameTooLong { .. } => {}
        }
    }
}

/// As much of a name as shows which it is: most names that cannot be are too long to read.
fn start(name: &str) -> String {
    const SHOWN: usize = 48;
    match name.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}
