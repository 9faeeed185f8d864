//! The given zones by name, and which of them answers for a name: where a zone ends, at a delegation or a DNAME, and where a name
//! leads over aliases.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use rustc_hash::{FxHashMap, FxHashSet};

use super::name::suffixes;
use super::read::{Data, Found, ZoneText};
use crate::plan::dns::{Record, Zone};

/// The longest chain of aliases that is followed; resolvers do not follow more.
const LONGEST_CHAIN: usize = 8;

/// A zone with its records by name.
pub(super) struct Indexed<'z> {
    /// The zone.
    pub(super) zone: &'z ZoneText,
    by_owner: FxHashMap<&'z str, Vec<&'z Found>>,
    /// The planned zones below it whose names it has records for.
    holds: FxHashSet<String>,
}

/// The given zones.
pub(super) struct Zones<'z>(BTreeMap<&'z str, Indexed<'z>>);

/// Which of the given zones answers for a planned record.
pub(super) enum Answers<'m, 'z> {
    /// This zone.
    Zone(&'m Indexed<'z>),
    /// This zone has a record above the name that redirects queries elsewhere.
    Hidden(&'m Indexed<'z>, &'z Found),
    /// A zone below a given one, which is not given itself.
    Below(String),
    /// None of them.
    Unknown,
}

impl<'z> Zones<'z> {
    pub(super) fn new(zones: &'z [ZoneText], planned: &[&Zone]) -> Self {
        let planned: FxHashSet<&str> = planned.iter().map(|zone| zone.name.as_str()).collect();
        Self(zones.iter().map(|zone| (zone.apex.as_str(), Indexed::new(zone, &planned))).collect())
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Indexed<'z>> {
        self.0.values()
    }

    /// The longest zone that a name is within.
    fn around(&self, name: &str) -> Option<&Indexed<'z>> {
        suffixes(name).find_map(|suffix| self.0.get(suffix))
    }

    /// Which zone answers for a record that is planned in `zone`.
    pub(super) fn answers(&self, zone: &Zone, record: &Record) -> Answers<'_, 'z> {
        let owner = record.owner.as_str();
        let Some(indexed) = self.around(owner) else { return Answers::Unknown };
        let (apex, planned) = (indexed.zone.apex.as_str(), zone.name.as_str());
        let own = apex == planned;
        // Records that others maintain are in a zone of theirs.
        if !own && (!indexed.zone.has_head || zone.owner.is_some()) {
            return Answers::Unknown;
        }
        if let Some(cut) = indexed.cut(owner) {
            let delegated = matches!(cut.data, Data::Ns(_));
            // Addresses below a delegation are there for its name servers, and other names may be in the zone below.
            return match (delegated, own) {
                (false, _) => Answers::Hidden(indexed, cut),
                (true, true) if indexed.has(record) && !indexed.is_glue(&cut.owner, owner) => Answers::Hidden(indexed, cut),
                (true, true) => Answers::Below(cut.owner.clone()),
                // Delegated as planned.
                (true, false) => Answers::Unknown,
            };
        }
        // A zone answers for all names below it that it does not delegate; a zone of its own that is planned and not given is
        // meant to hold its names, unless this one has any of them.
        let merged = own || is_below(apex, planned) || indexed.holds.contains(planned);
        if merged { Answers::Zone(indexed) } else { Answers::Below(planned.to_owned()) }
    }

    /// The addresses that a name leads to in the given zones; `None` where they do not say.
    pub(super) fn addresses(&self, name: &str) -> Option<Vec<Ipv4Addr>> {
        let mut name = name;
        for _ in 0..LONGEST_CHAIN {
            let indexed = self.around(name).filter(|indexed| indexed.cut(name).is_none())?;
            let found = indexed.at(name);
            let alias = found.iter().find_map(|record| match &record.data {
                Data::Cname(target) => Some(target.as_str()),
                _ => None,
            });
            match alias {
                Some(target) => name = target,
                None => {
                    let addresses = found.iter().filter_map(|record| match record.data {
                        Data::A(address) => Some(address),
                        _ => None,
                    });
                    return Some(addresses.collect()).filter(|addresses: &Vec<_>| !addresses.is_empty());
                }
            }
        }
        None
    }
}

impl<'z> Indexed<'z> {
    fn new(zone: &'z ZoneText, planned: &FxHashSet<&str>) -> Self {
        let mut by_owner: FxHashMap<&str, Vec<&Found>> = FxHashMap::default();
        let mut holds = FxHashSet::default();
        for record in &zone.records {
            // The name servers of a zone below are no names of it.
            if !matches!(record.data, Data::Ns(_)) {
                let below = suffixes(&record.owner).take_while(|suffix| *suffix != zone.apex);
                holds.extend(below.filter(|suffix| planned.contains(suffix)).map(str::to_owned));
            }
            by_owner.entry(&record.owner).or_default().push(record);
        }
        Self { zone, by_owner, holds }
    }

    /// The records of a name.
    pub(super) fn at(&self, owner: &str) -> &[&'z Found] {
        self.by_owner.get(owner).map(Vec::as_slice).unwrap_or_default()
    }

    fn has(&self, record: &Record) -> bool {
        self.at(record.owner.as_str()).iter().any(|found| super::words::same_data(&record.data, &found.data))
    }

    /// The topmost record that ends the zone above a name or at it: a delegation, or above it a DNAME.
    fn cut(&self, name: &str) -> Option<&'z Found> {
        let mut names: Vec<&str> = Vec::new();
        for suffix in suffixes(name) {
            names.push(suffix);
            if suffix == self.zone.apex {
                break;
            }
        }
        let ends = |at: &str, data: &Data| match data {
            Data::Ns(_) => at != self.zone.apex,
            Data::Dname(_) => at != name,
            _ => false,
        };
        names.iter().rev().find_map(|at| self.at(at).iter().find(|record| ends(at, &record.data)).copied())
    }

    /// Whether a name is that of a name server of the zone delegated at `cut`.
    fn is_glue(&self, cut: &str, name: &str) -> bool {
        self.at(cut).iter().any(|record| matches!(&record.data, Data::Ns(server) if server == name))
    }
}

fn is_below(name: &str, parent: &str) -> bool {
    suffixes(name).skip(1).any(|suffix| suffix == parent)
}
