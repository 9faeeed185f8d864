//! Wildcards: which names one covers, and what the catalogue knows of the clients that would accept it.

use super::matching::Index;
use crate::catalog::{Confidence, Wildcard, wildcard};
use crate::diag::Severity;
use crate::plan::certificate::Certificate;

/// Whether a name is a wildcard.
pub(super) fn is_wildcard(name: &str) -> bool {
    name.starts_with("*.")
}

/// Whether a wildcard covers a name: the star matches exactly one label.
pub(super) fn covers(wildcard: &str, name: &str) -> bool {
    wildcard.strip_prefix("*.").is_some_and(|domain| name.split_once('.').is_some_and(|(_, rest)| rest == domain))
}

/// The planned certificates with names that a wildcard covers, and these names.
pub(super) fn covered<'p>(index: &Index<'p>, wildcards: &[&str]) -> Vec<(&'p Certificate, Vec<&'p str>)> {
    let domains = wildcards.iter().filter_map(|wildcard| wildcard.strip_prefix("*."));
    let mut all: Vec<(&Certificate, Vec<&str>)> = Vec::new();
    for (certificate, name) in domains.flat_map(|domain| index.in_domain(domain)) {
        match all.iter_mut().find(|(known, _)| known.slug == certificate.slug) {
            Some((_, names)) => names.push(name),
            None => all.push((certificate, vec![name])),
        }
    }
    all
}

/// How bad a wildcard is on the certificates of these rows, and the row that says so.
pub(super) fn judged<'r>(rows: &'r [Wildcard], certificates: &[&Certificate]) -> (Severity, Option<&'r Wildcard>) {
    let known = certificates.iter().filter_map(|certificate| wildcard(rows, &certificate.reason.row));
    // The strictest of them counts.
    let severity = |row: &Wildcard| match (row.taken, row.provenance.confidence) {
        (true, _) | (_, Confidence::Low) => Severity::Note,
        (false, _) => Severity::Error,
    };
    known.map(|row| (severity(row), Some(row))).min_by_key(|(severity, _)| *severity).unwrap_or((Severity::Error, None))
}

#[cfg(test)]
mod tests {
    use super::covers;

    #[test]
    fn a_star_is_one_label() {
        assert!(covers("*.contoso.com", "sip.contoso.com"));
        assert!(!covers("*.contoso.com", "contoso.com"));
        assert!(!covers("*.contoso.com", "sip.retail.contoso.com"));
        assert!(!covers("contoso.com", "sip.contoso.com"));
    }
}
