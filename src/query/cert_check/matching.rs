//! Which planned certificate a file is for. Each planned one is looked up by its names once, so that a thousand
//! certificates against a plan of thousands are as many look-ups.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::facts::{Facts, Template};
use super::issuer;
use crate::model::CertificationAuthority;
use crate::plan::certificate::{Certificate, CertificatePlan};

/// The planned certificates by their names.
pub(super) struct Index<'p> {
    plan: &'p CertificatePlan,
    by_common_name: FxHashMap<&'p str, Vec<usize>>,
    by_name: FxHashMap<&'p str, Vec<usize>>,
    by_domain: FxHashMap<&'p str, Vec<(usize, &'p str)>>,
}

impl<'p> Index<'p> {
    pub(super) fn new(plan: &'p CertificatePlan) -> Self {
        let mut by_common_name: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        let mut by_name: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        let mut by_domain: FxHashMap<&str, Vec<(usize, &str)>> = FxHashMap::default();
        for (at, certificate) in plan.certificates.iter().enumerate() {
            by_common_name.entry(certificate.common_name.as_str()).or_default().push(at);
            for name in &certificate.sans {
                by_name.entry(name.as_str()).or_default().push(at);
            }
            for name in wanted(certificate) {
                if let Some((_, domain)) = name.split_once('.') {
                    by_domain.entry(domain).or_default().push((at, name));
                }
            }
        }
        Self { plan, by_common_name, by_name, by_domain }
    }

    /// Whether a planned certificate has this common name.
    pub(super) fn has_common_name(&self, name: &str) -> bool {
        self.by_common_name.contains_key(name)
    }

    /// The planned certificates that need a name, those first whose common name it is; a few of many.
    pub(super) fn owners(&self, name: &str) -> Vec<&'p Certificate> {
        const FEW: usize = 16;
        let own = self.by_common_name.get(name).into_iter().flatten();
        let all = own.chain(self.by_name.get(name).into_iter().flatten());
        all.take(FEW).map(|at| &self.plan.certificates[*at]).collect()
    }

    /// The planned names right below a domain, and the certificates that need them.
    pub(super) fn in_domain(&self, domain: &str) -> impl Iterator<Item = (&'p Certificate, &'p str)> {
        self.by_domain.get(domain).into_iter().flatten().map(|(at, name)| (&self.plan.certificates[*at], *name))
    }

    /// The planned certificates that it can be for, by slug: those of its common name, else those that share its rarest name; of
    /// these the ones that it differs from the least. Several where it fits several equally.
    pub(super) fn of(&self, facts: &Facts, authorities: &[CertificationAuthority]) -> Vec<&'p Certificate> {
        let common_name = facts.common_name();
        let of_common = |name: &str| self.by_common_name.get(name).filter(|found| !found.is_empty());
        let named = common_name.as_deref().and_then(of_common);
        let other = || {
            let names = facts.names.iter().map(String::as_str);
            let all = names.chain(common_name.as_deref());
            all.filter_map(|name| of_common(name).or_else(|| self.by_name.get(name))).min_by_key(|found| found.len())
        };
        let Some(found) = named.or_else(other) else { return Vec::new() };
        let candidates = found.iter().map(|at| &self.plan.certificates[*at]);
        let carried = accepted(facts);
        let scored = candidates.map(|planned| (distance(planned, facts, &carried, authorities), planned));
        let scored: Vec<(usize, &Certificate)> = scored.collect();
        let least = scored.iter().map(|(distance, _)| *distance).min();
        scored.into_iter().filter(|(distance, _)| Some(*distance) == least).map(|(_, planned)| planned).collect()
    }

    /// The planned name that a name was probably meant to be.
    pub(super) fn nearest(&self, name: &str) -> Option<&'p str> {
        let names: BTreeSet<&str> = self.plan.certificates.iter().map(|certificate| certificate.common_name.as_str()).collect();
        crate::diag::nearest(name, names)
    }
}

/// The names that a reader of the certificate accepts: its alternative names where it has any, else its common name.
pub(super) fn accepted(facts: &Facts) -> BTreeSet<String> {
    match facts.names.is_empty() {
        true => facts.common_name().into_iter().collect(),
        false => facts.names.iter().cloned().collect(),
    }
}

/// The names that a planned certificate carries.
pub(super) fn wanted(planned: &Certificate) -> BTreeSet<&str> {
    std::iter::once(&planned.common_name).chain(&planned.sans).map(|name| name.as_str()).collect()
}

/// In how many names, uses and other things it differs.
fn distance(planned: &Certificate, facts: &Facts, accepted: &BTreeSet<String>, authorities: &[CertificationAuthority]) -> usize {
    let wanted = wanted(planned);
    let issuer = usize::from(issuer::problem(facts, planned, authorities).is_some());
    let template = match (&facts.template, &planned.template) {
        (Template::Name(own), Some(template)) => usize::from(!own.eq_ignore_ascii_case(template)),
        (Template::Name(_) | Template::Number, None) => 1,
        _ => 0,
    };
    let missing = wanted.iter().filter(|name| !accepted.contains(**name)).count();
    let extra = accepted.iter().filter(|name| !wanted.contains(name.as_str())).count();
    let uses = facts.extended_uses.as_deref().unwrap_or_default();
    let uses =
        planned.ekus.iter().filter(|eku| facts.extended_uses.is_some() && !uses.iter().any(|own| own == eku.oid())).count();
    missing + extra + uses + issuer + template
}
