//! One certificate with the names of several planned ones: which of its names belong to which of them.

use std::collections::BTreeSet;

use super::matching::{Index, wanted};
use crate::catalog::SeparateCertificates;
use crate::plan::certificate::Certificate;

/// The owners of at most so many names are looked up; no certificate for several uses has more.
const LOOKED_UP: usize = 1_000;

/// Another planned certificate, and the names that are its own.
pub(super) struct Other<'p> {
    pub(super) certificate: &'p Certificate,
    pub(super) names: Vec<String>,
}

/// The certificates that own the names, and the names without an owner. A name of several certificates is taken for that of the
/// one whose names are all there, else of the one that has it as its common name.
pub(super) fn others<'p>(index: &Index<'p>, names: &[&str], carried: &BTreeSet<String>) -> (Vec<Other<'p>>, Vec<String>) {
    let mut others: Vec<Other<'p>> = Vec::new();
    let mut unclaimed = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let owners = if at < LOOKED_UP { index.owners(name) } else { Vec::new() };
        let whole = |certificate: &&Certificate| wanted(certificate).iter().all(|name| carried.contains(*name));
        let first = owners.iter().find(|certificate| certificate.common_name.as_str() == *name);
        let Some(owner) = owners.iter().find(|certificate| whole(certificate)).or(first).or(owners.first()) else {
            unclaimed.push((*name).to_owned());
            continue;
        };
        match others.iter_mut().find(|other| other.certificate.slug == owner.slug) {
            Some(other) => other.names.push((*name).to_owned()),
            None => others.push(Other { certificate: owner, names: vec![(*name).to_owned()] }),
        }
    }
    others.sort_by(|a, b| a.certificate.slug.cmp(&b.certificate.slug));
    (others, unclaimed)
}

/// Why two planned certificates must be separate.
pub(super) fn apart<'r>(
    rows: &'r [SeparateCertificates],
    one: &Certificate,
    other: &Certificate,
) -> Option<&'r SeparateCertificates> {
    rows.iter().find(|row| row.keeps_apart(&one.reason.row, &other.reason.row))
}
