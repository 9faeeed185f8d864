//! What is said of a certificate that has the names of several planned ones, or wildcards in place of names.

use std::collections::BTreeSet;

use super::compare::{Case, LISTED, carries, listed};
use super::matching::{accepted, wanted};
use super::shared::{Other, apart, others};
use super::wildcard::{is_wildcard, judged};
use crate::catalog::{Confidence, Provenance};
use crate::diag::codes::certificates as codes;
use crate::diag::{Label, Severity};
use crate::plan::certificate::Certificate;

/// The declarations of so many other certificates are shown.
const RELATED: usize = 3;

impl<'a> Case<'_, 'a> {
    /// Wildcards and no name of the plan.
    pub(super) fn wildcard_alone(&mut self, wildcards: &[&str], covered: &[(&'a Certificate, Vec<&str>)]) {
        let certificates: Vec<&Certificate> = covered.iter().map(|(certificate, _)| *certificate).collect();
        let names: BTreeSet<&str> = covered.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        let names: Vec<&str> = names.into_iter().collect();
        let (severity, row) = judged(self.wildcards, &certificates);
        let message = format!(
            "{} {} no server of the topology by its whole name, and would stand for {}",
            listed(wildcards),
            if wildcards.len() == 1 { "names" } else { "name" },
            listed(&names)
        );
        let label = row.map_or("a wildcard", |row| row.why.as_str());
        let help = format!("have one issued with whole names for each, with the requests of {}", folders(&certificates));
        self.find_milder(&codes::WILDCARD, severity, message, label, help);
        let source = row.map(|row| self.titles(&row.id, &row.provenance));
        if let Some(diag) = self.diags.last_mut() {
            for certificate in certificates.iter().take(RELATED) {
                *diag = diag.clone().related(certificate.span, format!("`{}` is wanted here", certificate.slug));
            }
            diag.source = source.or(diag.source.take());
        }
    }

    /// The planned certificates whose names it has, where they are several and none of them has its common name. To compare it
    /// with any of them would blame it for what it is not.
    pub(super) fn of_several(&mut self) -> Option<Vec<&'a Certificate>> {
        let facts = self.facts();
        if facts.common_name().is_none_or(|name| self.index.has_common_name(&name)) {
            return None;
        }
        let carried = accepted(facts);
        let names: Vec<&str> = carried.iter().map(String::as_str).filter(|name| !is_wildcard(name)).collect();
        let (others, _) = others(self.index, &names, &carried);
        if others.len() < 2 {
            return None;
        }
        let message = format!(
            "the names of {} are planned on {} certificates, none of which has that common name: {}",
            facts.title(),
            others.len(),
            whose(&others)
        );
        let certificates: Vec<&Certificate> = others.iter().map(|other| other.certificate).collect();
        let help = format!("have one issued for each, with the requests of {}", folders(&certificates));
        self.find(&codes::SHARED, message, carries(facts), help);
        self.relate(&others);
        Some(certificates)
    }

    /// Names of other planned certificates on this one.
    pub(super) fn shared(&mut self, planned: &Certificate, others: &[Other<'a>]) {
        let facts = self.facts();
        let row = others.iter().find_map(|other| apart(self.separate, planned, other.certificate));
        let severity = match row {
            Some(row) if row.provenance.confidence != Confidence::Low => Severity::Error,
            _ => Severity::Warning,
        };
        let message = format!("{} carries names of other certificates: {}", facts.title(), whose(others));
        let label = row.map_or("each of them needs its own common name, which is compared", |row| row.why.as_str());
        let certificates: Vec<&Certificate> = others.iter().map(|other| other.certificate).collect();
        let help = format!(
            "have one issued for each, with the requests of {}; this one needs {} only",
            folders(&certificates),
            listed(&wanted(planned).into_iter().collect::<Vec<_>>())
        );
        self.find_milder(&codes::SHARED, severity, message, label, help);
        let source = row.map(|row| self.titles(&row.id, &row.provenance));
        self.relate(others);
        if let Some(diag) = self.diags.last_mut() {
            diag.source = source.or(diag.source.take());
        }
    }

    /// Shows the declarations of the certificates in the last finding.
    fn relate(&mut self, others: &[Other<'_>]) {
        let Some(diag) = self.diags.last_mut() else { return };
        for Other { certificate, .. } in others.iter().take(RELATED) {
            let text = format!("`{}` is wanted here: {}", certificate.slug, certificate.reason.purpose);
            diag.related.push(Label { span: certificate.span, text });
        }
    }

    fn titles(&self, id: &str, provenance: &Provenance) -> String {
        let titles = provenance.source.iter().map(|key| self.plans.catalog.source_title(key).unwrap_or(key));
        format!("{id}, step {}: {}", provenance.step, titles.collect::<Vec<_>>().join("; "))
    }

    /// Wildcards beside names of the plan, or in their place.
    pub(super) fn wildcard_beside(&mut self, planned: &Certificate, wildcards: &[&str], covered: &[&str]) {
        let title = self.facts().title();
        let (severity, row) = judged(self.wildcards, &[planned]);
        let (severity, message) = if covered.is_empty() {
            (severity.max(Severity::Warning), format!("{} on {title} stands for no name that is wanted there", listed(wildcards)))
        } else {
            (severity, format!("{} stands in place of {} on {title}", listed(wildcards), listed(covered)))
        };
        let label = row.map_or("a wildcard", |row| row.why.as_str());
        let help = format!("have it issued again with a request of `pki/{}`: with whole names", planned.slug);
        self.find_milder(&codes::WILDCARD, severity, message, label, help);
    }
}

/// The folders of requests, the first few.
fn folders(planned: &[&Certificate]) -> String {
    let slugs: Vec<String> = planned.iter().map(|certificate| format!("pki/{}", certificate.slug)).collect();
    listed(&slugs.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Names with the certificates that need them.
fn whose(others: &[Other<'_>]) -> String {
    let one = |other: &Other<'_>| {
        let names: Vec<&str> = other.names.iter().map(String::as_str).collect();
        format!("{} of `{}`", listed(&names), other.certificate.slug)
    };
    let mut shown: Vec<String> = others.iter().take(LISTED).map(one).collect();
    if others.len() > LISTED {
        shown.push(format!("those of {} more", others.len() - LISTED));
    }
    shown.join(", ")
}
