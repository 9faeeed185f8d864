//! Certificates: those to request, to issue anew, to retire, and to install on further computers.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Setting;
use super::cause::{Cause, Causes};
use super::moved::Moves;
use super::pairs::{apart, settings};
use crate::plan::Plans;
use crate::plan::certificate::Certificate;

/// What is to be done with a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CertificateWork {
    /// It is new.
    Request,
    /// What is on it differs: a new one takes its place.
    Reissue,
    /// It stays, and is on other computers.
    Install,
    /// Nothing presents it any more.
    Retire,
}

/// A certificate that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CertificateChange {
    /// What is to be done.
    pub work: CertificateWork,
    /// The folder of its request; of one to retire, in the old version.
    pub certificate: String,
    /// The common name of its subject.
    pub common_name: String,
    /// Names that are new on it.
    pub names_added: Vec<String>,
    /// Names that are removed from it.
    pub names_removed: Vec<String>,
    /// What else differs on it.
    pub settings: Vec<Setting>,
    /// Who issues it; absent if no authority does.
    pub issuer: Option<String>,
    /// The computers that it is to be installed on: of a new or changed one all, else those that come.
    pub install_on: Vec<String>,
    /// The computers that it is to be removed from.
    pub remove_from: Vec<String>,
    /// What it follows from.
    pub causes: Vec<Cause>,
}

pub(super) fn compare(old: Plans<'_>, new: Plans<'_>, moved: &Moves, causes: &Causes<'_>) -> Vec<CertificateChange> {
    let mut changes = Vec::new();
    for (old, new) in matched(&old.certificates().certificates, &new.certificates().certificates, moved) {
        changes.extend(change(old, new, moved, causes));
    }
    changes.sort_by(|a, b| (a.work, &a.certificate).cmp(&(b.work, &b.certificate)));
    changes
}

type Pair<'p> = (Option<&'p Certificate>, Option<&'p Certificate>);

/// The certificates of one group and use in both versions.
type Both<'p> = (Vec<&'p Certificate>, Vec<&'p Certificate>);

/// Whether two certificates of one group and use are the same one.
type Same<'s> = &'s dyn Fn(&Certificate, &Certificate) -> bool;

/// The certificates of both versions: the same are of one group and use; where these have several, of one computer or name.
fn matched<'p>(old: &'p [Certificate], new: &'p [Certificate], moved: &Moves) -> Vec<Pair<'p>> {
    let mut all: BTreeMap<(String, &str), Both<'p>> = BTreeMap::new();
    for certificate in old {
        all.entry((moved.path(&certificate.group).into_owned(), &certificate.usage)).or_default().0.push(certificate);
    }
    for certificate in new {
        all.entry((certificate.group.clone(), &certificate.usage)).or_default().1.push(certificate);
    }
    let mut pairs = Vec::new();
    for (mut before, mut after) in all.into_values() {
        if before.len() > 1 || after.len() > 1 {
            let first = |certificate: &Certificate| certificate.installs.first().map(|install| install.path.clone());
            let same: [Same<'_>; 2] =
                [&|old, new| first(old).map(|path| moved.path(&path).into_owned()) == first(new), &|old, new| {
                    old.common_name == new.common_name
                }];
            for same in same {
                before.retain(|old| {
                    let Some(at) = after.iter().position(|new| same(old, new)) else { return true };
                    pairs.push((Some(*old), Some(after.remove(at))));
                    false
                });
            }
            pairs.extend(before.into_iter().map(|old| (Some(old), None)));
            pairs.extend(after.into_iter().map(|new| (None, Some(new))));
        } else {
            pairs.push((before.pop(), after.pop()));
        }
    }
    pairs
}

fn change(old: Option<&Certificate>, new: Option<&Certificate>, moved: &Moves, causes: &Causes<'_>) -> Option<CertificateChange> {
    let names = |certificate: Option<&Certificate>| -> Vec<String> {
        let names = certificate.into_iter().flat_map(|certificate| certificate.sans.iter().chain([&certificate.common_name]));
        let mut names: Vec<String> = names.map(ToString::to_string).collect();
        names.sort();
        names.dedup();
        names
    };
    let (names_removed, names_added) = apart(&names(old), &names(new));
    let of = |read: fn(&Certificate) -> Option<String>| (old.and_then(read), new.and_then(read));
    let settings = match (old, new) {
        (Some(_), Some(_)) => {
            let pair = |name, read| {
                let (old, new) = of(read);
                (name, old, new)
            };
            settings([
                pair("common name", |certificate| Some(certificate.common_name.to_string())),
                pair("subject", |certificate| Some(subject(certificate))),
                pair("usage", |certificate| Some(usage(certificate))),
                pair("issuer", issuer),
                pair("template", |certificate| certificate.template.clone()),
                pair("exportable key", |certificate| Some(certificate.exportable.to_string())),
                pair("key bits", |certificate| Some(certificate.form.key_length.to_string())),
                pair("signature", |certificate| Some(format!("{:?}", certificate.form.digest).to_lowercase())),
            ])
        }
        _ => Vec::new(),
    };
    let computers = |certificate: Option<&Certificate>, moved: Option<&Moves>| -> Vec<String> {
        let paths = certificate.into_iter().flat_map(|certificate| &certificate.installs).map(|install| &install.path);
        paths.map(|path| moved.map_or_else(|| path.clone(), |moved| moved.path(path).into_owned())).collect()
    };
    let (before, after) = (computers(old, Some(moved)), computers(new, None));
    let (gone, come) = apart(&before, &after);
    let work = match (old, new) {
        (None, _) => CertificateWork::Request,
        (_, None) => CertificateWork::Retire,
        _ if !(names_added.is_empty() && names_removed.is_empty() && settings.is_empty()) => CertificateWork::Reissue,
        _ if !(gone.is_empty() && come.is_empty()) => CertificateWork::Install,
        _ => return None,
    };
    let shown = new.or(old)?;
    let reasons = [old, new].into_iter().flatten().map(|certificate| &certificate.reason);
    let groups = [old, new].into_iter().flatten().map(|certificate| certificate.group.as_str());
    let served = [old, new].into_iter().flatten().flat_map(|certificate| &certificate.serves).map(|end| end.path.as_str());
    let touched: Vec<String> = gone.iter().chain(&come).cloned().collect();
    let further: Vec<&str> = touched.iter().map(String::as_str).chain(groups).chain(served).collect();
    Some(CertificateChange {
        work,
        certificate: shown.slug.clone(),
        common_name: shown.common_name.to_string(),
        names_added: if work == CertificateWork::Reissue {
            names_added
        } else {
            names(new).into_iter().filter(|_| old.is_none()).collect()
        },
        names_removed: if work == CertificateWork::Reissue { names_removed } else { Vec::new() },
        settings,
        issuer: issuer(shown),
        install_on: match work {
            CertificateWork::Request | CertificateWork::Reissue => after,
            CertificateWork::Install => come,
            CertificateWork::Retire => Vec::new(),
        },
        remove_from: if work == CertificateWork::Retire { before } else { gone },
        causes: causes.of_reasons(reasons, further),
    })
}

fn issuer(certificate: &Certificate) -> Option<String> {
    certificate.issuer.as_ref().map(|issuer| issuer.name.clone())
}

fn usage(certificate: &Certificate) -> String {
    certificate.ekus.iter().map(|usage| usage.word()).collect::<Vec<_>>().join(", ")
}

fn subject(certificate: &Certificate) -> String {
    let subject = &certificate.subject;
    let parts = [
        ("O", &subject.organization),
        ("OU", &subject.unit),
        ("L", &subject.locality),
        ("S", &subject.state),
        ("C", &subject.country),
    ];
    let parts = parts.into_iter().filter_map(|(key, value)| Some(format!("{key}={}", value.as_ref()?)));
    parts.collect::<Vec<_>>().join(", ")
}
