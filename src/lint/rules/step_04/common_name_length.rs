//! Names that are too long for a certificate.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::plan::certificate::CertificateProblem;

rule! {
    /// ## What it does
    /// Reports a name of a server, pool, array or service that is longer than the common name of a certificate may be.
    ///
    /// ## Why it matters
    /// The product compares the common name with the name that it connects to. `openssl` and `certreq` refuse to request a longer
    /// one.
    ///
    /// ## Planning Guide
    /// Step 4: the subject of a certificate is the name of the pool, server or edge service. The limit of 64 characters is
    /// the standard's.
    "OCS0420" "common-name-length" {
        severity: Error,
        confidence: High,
        source: "X.520, upper bound of common names; Planning Guide step 4, certificate infrastructure (bb870336)",
        waivable: false,
        bad: Example::with(bases::POOL, &[(
            "\"pool01.corp.contoso.com\"",
            "\"office-communications-server-enterprise-pool-number-one.corp.contoso.com\"",
        )]),
        good: Example::of(bases::POOL),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for problem in &view.certificates.problems {
        let CertificateProblem::CommonNameTooLong { name, limit, span, .. } = problem else { continue };
        let length = name.as_str().len();
        sink.report_once(
            Finding::new(
                format!("a common name has at most {limit} characters, and `{name}` has {length}"),
                *span,
                format!("{} too many", length - limit),
            )
            .help("choose a shorter name: it is the common name of a certificate"),
        );
    }
}
