//! Certificates that no declared authority can issue.

use std::collections::BTreeMap;

use crate::catalog::{CertificateRow, facts};
use crate::diag::Severity;
use crate::flow::switched_on;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::plan::certificate::{Certificate, CertificateProblem};
use crate::product::{IssuerKind, Side};

rule! {
    /// ## What it does
    /// Reports a certificate that no declared authority can issue: there is none at all, or no public one although partners,
    /// public IM providers or anonymous participants must trust the certificate. When only public authorities are declared, a
    /// note says that a public authority would issue the internal certificates too.
    ///
    /// ## Why it matters
    /// Every connection between servers uses TLS with certificates on both sides, so without an issuer no server can start.
    /// Outsiders trust public authorities only.
    ///
    /// ## Planning Guide
    /// Step 4: an Enterprise CA is preferred for internal certificates; a public one is allowed. Step 6: public IM, anonymous
    /// meetings and federation need a certificate from a public authority at the Access Edge.
    "OCS0406" "certificate-without-issuer" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 4, certificate infrastructure (bb870336); step 6, certificates of edge servers",
        bad: Example::with(bases::EDGE, &[("  certification_authority public_ca { kind = public }\n", "")]),
        good: Example::of(bases::EDGE),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let organization = view.organization();
    let rows = facts::<CertificateRow>(organization.product);
    // For each kind of authority that is missing, the first certificate in the catalogue's order that waits for it.
    let mut missing = BTreeMap::new();
    for problem in &view.certificates.problems {
        let CertificateProblem::NoIssuer { row, group, kind, span, .. } = problem else { continue };
        let Some(at) = rows.iter().position(|known| known.id == *row) else { continue };
        let first = missing.entry(*kind).or_insert((at, *group, *span));
        *first = (*first).min((at, *group, *span));
    }
    for (kind, (row, group, place)) in missing {
        let (word, name) = match kind {
            IssuerKind::Enterprise | IssuerKind::Standalone => ("enterprise", "corp_ca"),
            IssuerKind::Public => ("public", "public_ca"),
        };
        let (row, path) = (&rows[row], &view.topology.group(group).path);
        // Of features that hold together, the last one is who comes: guests or partners.
        let strict = row.issuer_strict.as_ref().and_then(|when| switched_on(view.topology, when)?.last().copied());
        let finding = match strict {
            Some((feature, switch)) => Finding::new(
                format!("`{path}` needs a certificate of a public authority, and none is declared"),
                switch,
                format!("with `{}`, outsiders must trust it", feature.written()),
            )
            .related(place, row.purpose.clone()),
            None => Finding::new(
                format!("`{path}` needs a certificate, and no certification authority is declared"),
                place,
                row.purpose.clone(),
            )
            .related(organization.span, "authorities are declared in the organization"),
        };
        sink.report(finding.help(format!("declare `certification_authority {name} {{ kind = {word} }}` in the organization")));
    }
    note_public_inside(view, sink);
}

/// Certificates that only computers of the organization see, and that go to a public authority because there is no other.
fn note_public_inside(view: &RuleContext, sink: &mut Sink) {
    let authorities = &view.organization().authorities;
    let Some(first) = authorities.first().filter(|_| authorities.iter().all(|one| one.kind == IssuerKind::Public)) else {
        return;
    };
    let inside = |certificate: &&Certificate| certificate.serves.iter().all(|served| served.side != Side::Outside);
    let count = view.certificates.certificates.iter().filter(inside).count();
    if count == 0 {
        return;
    }
    let what = if count == 1 { "1 certificate".to_owned() } else { format!("{} certificates", words::thousands(count as u64)) };
    sink.report(
        Finding::new(
            format!("the public authority `{}` would issue {what} for internal use", first.name),
            first.span,
            "no authority of `kind = enterprise` is declared",
        )
        .milder(Severity::Note)
        .help("declare `certification_authority corp_ca { kind = enterprise }` in the organization, if there is one"),
    );
}
