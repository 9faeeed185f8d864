//! The dates of the planned certificates, as the files say that were handed in.

use std::collections::BTreeMap;

use super::compare::{Checked, ServedBy};
use super::facts::Facts;
use super::file::CertificateFile;
use crate::plan::renewal::HandedIn;
use crate::text::FileId;

/// The dates of each planned certificate that a file is for, by its name. A renewed certificate counts and not the one before it:
/// of several that fit no other planned certificate, the one that ends last. Where a file could as well be for another one, it is for the one
/// that it is named by, as the runbook names it; with another name, the end that is first counts: a reminder may be early and never late.
pub fn handed_in(files: &[(FileId, CertificateFile)], checked: &Checked) -> BTreeMap<String, HandedIn> {
    let mut sure: BTreeMap<String, HandedIn> = BTreeMap::new();
    let mut possible: BTreeMap<String, HandedIn> = BTreeMap::new();
    let items = files.iter().flat_map(|(_, file)| file.items.iter().map(move |item| (file, item)));
    for ((file, item), served) in items.zip(&checked.served) {
        let Some(found) = dates(&file.name, &item.facts, served) else { continue };
        let stem = std::path::Path::new(&file.name).file_stem().and_then(|stem| stem.to_str());
        let named = served.planned.iter().find(|planned| Some(planned.certificate.as_str()) == stem);
        match named.map_or(served.planned.as_slice(), std::slice::from_ref) {
            [only] => keep(&mut sure, &only.certificate, found, |new, old| new.ends > old.ends),
            several => {
                for planned in several {
                    keep(&mut possible, &planned.certificate, found.clone(), |new, old| new.ends < old.ends);
                }
            }
        }
    }
    possible.extend(sure);
    possible
}

fn keep(kept: &mut BTreeMap<String, HandedIn>, name: &str, new: HandedIn, better: fn(&HandedIn, &HandedIn) -> bool) {
    if kept.get(name).is_none_or(|old| better(&new, old)) {
        kept.insert(name.to_owned(), new);
    }
}

/// A request has no dates.
fn dates(file: &str, facts: &Facts, served: &ServedBy) -> Option<HandedIn> {
    let (begins, ends) = facts.valid?;
    Some(HandedIn { begins, ends, place: format!("{file}:{}", served.line) })
}
