//! Unplanned names similar to names of the product: misspelt service names, a dot that is missing at the end, services
//! for a domain that has none. A query for the correct name does not find them.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::index::Zones;
use super::read::{Data, Found};
use super::words::same_data;
use crate::catalog::DnsView;
use crate::plan::dns::{DnsPlan, Record, RecordData};

/// A record under a name similar to a planned one.
pub(super) struct Similar<'z> {
    /// The record.
    pub(super) found: &'z Found,
    /// The name that was probably meant, where it is planned in this view.
    pub(super) meant: Option<String>,
    /// Why no client queries it.
    pub(super) why: String,
    /// What to do.
    pub(super) help: String,
}

/// The service names of the release and of the plan.
struct Services<'p> {
    /// Such as `_sip._tls`.
    prefixes: Vec<&'p str>,
    /// The domains that any of them is planned for.
    domains: FxHashSet<&'p str>,
    /// Planned names with the views that they are planned in.
    owners: FxHashMap<&'p str, FxHashSet<DnsView>>,
}

/// The most of them that are kept.
const KEPT: usize = 1_000;

/// The most records with planned data that are candidates for a misspelt name.
const CANDIDATES: usize = 1_000;

/// Such records of the given zones, in their order, and how many more there are.
pub(super) fn similar<'z>(plan: &DnsPlan, services: &[String], view: DnsView, zones: &Zones<'z>) -> (Vec<Similar<'z>>, usize) {
    let known = Services::new(plan, services);
    let mut all = Vec::new();
    let mut more = 0;
    for indexed in zones.iter() {
        let apex = indexed.zone.apex.as_str();
        let doubled = format!(".{apex}.{apex}");
        for found in &indexed.zone.records {
            let service = matches!(found.data, Data::Srv { .. } | Data::Cname(_));
            let addressed = matches!(found.data, Data::A(_));
            if !(service || addressed) || known.planned(&found.owner, view) {
                continue;
            }
            let dotless = Some(found.owner.as_str()).filter(|owner| !apex.is_empty() && owner.ends_with(&doubled));
            let dotless = dotless.map(|owner| &owner[..owner.len() - apex.len() - 1]).filter(|meant| known.planned(meant, view));
            let similar = match dotless {
                Some(meant) => Some(Similar {
                    found,
                    meant: Some(meant.to_owned()),
                    why: format!("the name is `{}`: the dot at its end is missing", found.owner),
                    help: format!("write `{meant}.` with the dot"),
                }),
                None if service => known.service(found, apex, view),
                None => None,
            };
            if all.len() < KEPT {
                all.extend(similar);
            } else {
                more += usize::from(similar.is_some());
            }
        }
    }
    (all, more)
}

impl<'p> Services<'p> {
    fn new(plan: &'p DnsPlan, services: &'p [String]) -> Self {
        let mut known = Self {
            prefixes: services.iter().map(String::as_str).collect(),
            domains: FxHashSet::default(),
            owners: FxHashMap::default(),
        };
        for (view, _, record) in plan.records() {
            known.owners.entry(record.owner.as_str()).or_default().insert(view);
            if matches!(record.data, RecordData::Srv { .. })
                && let Some((prefix, domain)) = divided(record.owner.as_str())
            {
                known.domains.insert(domain);
                known.prefixes.push(prefix);
            }
        }
        known.prefixes.sort_unstable();
        known.prefixes.dedup();
        known
    }

    fn planned(&self, owner: &str, view: DnsView) -> bool {
        self.owners.get(owner).is_some_and(|views| views.contains(&view))
    }

    /// A service record that is not planned.
    fn service<'z>(&self, found: &'z Found, apex: &str, view: DnsView) -> Option<Similar<'z>> {
        let owner = found.owner.as_str();
        let domain = super::name::suffixes(owner).skip(1).find(|suffix| *suffix == apex || self.domains.contains(suffix))?;
        let prefix = owner.strip_suffix(domain)?.strip_suffix('.')?;
        // The domain of a name such as `_sip._tls.sub` is not planned.
        let (prefix, domain) = match divided(owner) {
            Some((own, rest)) if self.prefixes.contains(&own) => (own, rest),
            _ => (prefix, domain),
        };
        if self.prefixes.contains(&prefix) {
            let views = self.owners.get(owner);
            let why = if views.is_some() {
                "it is planned in the other view only".to_owned()
            } else if self.domains.is_empty() || self.domains.contains(domain) {
                "nothing in the topology needs it".to_owned()
            } else {
                format!("no client asks for it: `{domain}` is no SIP domain of the topology")
            };
            let help = "take it out, or write into the topology what needs it".to_owned();
            return Some(Similar { found, meant: None, why, help });
        }
        let near = |known: &&&str| strsim::damerau_levenshtein(prefix, known);
        let alike = self.prefixes.iter().filter(|known| known.len().abs_diff(prefix.len()) <= reach(known));
        let meant = alike.filter(|known| near(known) <= reach(known)).min_by_key(near)?;
        let meant = format!("{meant}.{domain}");
        let help = match self.planned(&meant, view) {
            true => format!("did you mean `{meant}`?"),
            false => format!("take it out: nobody asks for `{meant}` in this view either"),
        };
        let why = "a name that nobody asks for".to_owned();
        Some(Similar { found, meant: Some(meant), why, help })
    }
}

/// How many letters of a service name may be wrong: standard names of other services stay distinct, such as `_sip._tcp`.
fn reach(service: &str) -> usize {
    (service.len() / 5).saturating_sub(usize::from(service.len() < 12)).clamp(1, 3)
}

/// The service labels at the beginning of a name, and the domain.
fn divided(owner: &str) -> Option<(&str, &str)> {
    let mut end = 0;
    for label in owner.split('.').take_while(|label| label.starts_with('_')) {
        end += label.len() + 1;
    }
    (end > 0).then(|| (&owner[..end - 1], owner.get(end..).unwrap_or_default()))
}

/// The record that says what is planned under a name with a slip in it, where the planned one is missing.
pub(super) fn misspelt<'z>(planned: &Record, records: &'z [Found], known: &FxHashSet<&str>) -> Option<&'z Found> {
    const SLIP: usize = 2;
    let owner = planned.owner.as_str();
    let alike = |found: &&Found| found.owner.len().abs_diff(owner.len()) <= SLIP && same_data(&planned.data, &found.data);
    let same = records.iter().filter(alike).filter(|found| !known.contains(found.owner.as_str())).take(CANDIDATES);
    let candidates: BTreeMap<&str, &Found> = same.map(|found| (found.owner.as_str(), found)).collect();
    let near = crate::diag::unambiguous(owner, candidates.keys().copied())?;
    candidates.get(near).copied().filter(|_| strsim::damerau_levenshtein(owner, near) <= SLIP)
}
