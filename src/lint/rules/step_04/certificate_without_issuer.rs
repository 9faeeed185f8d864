//! Certificates that no declared authority can issue.

use std::collections::BTreeMap;

use crate::catalog::{CertificateRow, certificate_rows};
use crate::flow::switched_on;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, Sink, View, bases};
use crate::model::{Endpoint, Feature, IssuerKind};
use crate::text::Span;

rule! {
    /// ## What it does
    /// Looks for each certificate that the deployment needs whether an authority is declared that can issue it: any at all,
    /// and a public one where partners, public IM providers or anonymous participants must trust it.
    ///
    /// ## Why it matters
    /// Every connection between servers is TLS with certificates on both sides: without an issuer nothing starts. Outsiders
    /// know public authorities only.
    ///
    /// ## Planning Guide
    /// Step 4: internal certificates come from an Enterprise CA by preference, a public one is allowed. Step 6: public IM,
    /// anonymous meetings and federation need a certificate from a public authority at the Access Edge.
    "OCS0406" "certificate-without-issuer" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 4, certificate infrastructure (bb870336); step 6, certificates of edge servers",
        bad: Example::with(bases::EDGE, &[("  certification_authority public_ca { kind = public }\n", "")]),
        good: Example::of(bases::EDGE),
    }
}

/// A certificate without an issuer: its row, the feature for which no other kind of authority will do, and who would present it.
type Waiting<'a> = (&'a CertificateRow, Option<(Feature, Span)>, &'a Endpoint);

fn check(view: &View, sink: &mut Sink) {
    let organization = view.organization();
    // For each kind of authority that is missing, the first certificate that waits for it.
    let mut missing: BTreeMap<IssuerKind, Waiting> = BTreeMap::new();
    for row in certificate_rows(organization.product).unwrap_or_default() {
        let strict = row.issuer_strict.as_ref().and_then(|when| switched_on(view.topology, when)?.first().copied());
        let authorities = &organization.authorities;
        let issued = authorities.iter().any(|authority| authority.kind == row.issuer || strict.is_none());
        if issued || switched_on(view.topology, &row.when).is_none() {
            continue;
        }
        let mut holders = view.topology.endpoints_of(row.role, row.side);
        if let Some(holder) = holders.find(|endpoint| row.kinds.contains(&view.topology.group(endpoint.group).kind)) {
            missing.entry(row.issuer).or_insert((row, strict, holder));
        }
    }
    for (kind, (row, strict, holder)) in missing {
        let (word, name) = match kind {
            IssuerKind::Enterprise => ("enterprise", "corp_ca"),
            IssuerKind::Public => ("public", "public_ca"),
        };
        let path = &view.topology.group(holder.group).path;
        let finding = match strict {
            Some((feature, place)) => Finding::new(
                format!("`{path}` needs a certificate of a public authority, and none is declared"),
                place,
                format!("with `{}`, strangers must trust it", feature.word()),
            )
            .related(holder.span, row.purpose.clone()),
            None => Finding::new(
                format!("`{path}` needs a certificate, and no certification authority is declared"),
                holder.span,
                row.purpose.clone(),
            )
            .related(organization.span, "authorities are declared in the organization"),
        };
        sink.report(finding.help(format!("declare `certification_authority {name} {{ kind = {word} }}` in the organization")));
    }
}
