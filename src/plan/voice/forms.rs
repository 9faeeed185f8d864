//! The forms of numbers that gateways and voice mail hand in and take, and the location profiles that normalize what is handed in.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::dial::Pattern;
use crate::lower::Decl;
use crate::model::{Detail, GroupId, Named, Topology};
use crate::product::Relation;
use crate::text::Spanned;

/// A gateway or voice mail server with the forms of its numbers.
#[derive(Debug)]
pub struct NumberForms<'a> {
    /// Its path.
    pub path: String,
    /// Its block.
    pub decl: &'a Decl,
    /// The location profiles whose rules are tried on the numbers that it hands in.
    pub profiles: Vec<&'a str>,
    /// The patterns of the called numbers of calls that it hands in.
    pub hands_in: Vec<Spanned<&'a str>>,
    /// The patterns of the numbers that it takes; none where it takes all.
    pub takes: Vec<Spanned<&'a str>>,
}

/// All media gateways and voice mail servers.
pub fn number_forms(topology: &Topology) -> Vec<NumberForms<'_>> {
    let before = before_gateways(topology);
    let profiles = profiles_by_plain_name(topology);
    let mut forms = Vec::new();
    for site in topology.decls.blocks("site") {
        for decl in &site.children {
            let path = format!("{}.{}", site.name, decl.name);
            let profiles = match decl.kind() {
                "media_gateway" => of_gateway(topology, &before, &path),
                "exchange_um" => of_dial_plan(&profiles, decl).into_iter().collect(),
                _ => continue,
            };
            let (hands_in, takes) = (decl.texts("hands_in").collect(), decl.texts("takes").collect());
            forms.push(NumberForms { path, decl, profiles, hands_in, takes });
        }
    }
    forms
}

/// The location profiles of the Mediation Servers in front of each gateway.
fn before_gateways(topology: &Topology) -> FxHashMap<GroupId, BTreeSet<&str>> {
    let mut before: FxHashMap<GroupId, BTreeSet<&str>> = FxHashMap::default();
    for group in &topology.groups {
        let Some(profile) = of_mediation(topology, group.id) else { continue };
        for gateway in group.related(Relation::Gateway) {
            before.entry(gateway).or_default().insert(profile);
        }
    }
    before
}

fn of_gateway<'a>(topology: &Topology, before: &FxHashMap<GroupId, BTreeSet<&'a str>>, path: &str) -> Vec<&'a str> {
    let Some(Named::Group(gateway)) = topology.by_path.get(path) else { return Vec::new() };
    before.get(gateway).into_iter().flatten().copied().collect()
}

/// The location profile of a Mediation Server.
pub fn of_mediation(topology: &Topology, id: GroupId) -> Option<&str> {
    match &topology.group(id).detail {
        Detail::Mediation { location_profile, .. } => location_profile.as_ref().map(|profile| profile.value.as_str()),
        _ => None,
    }
}

/// The first location profile of each plain name.
fn profiles_by_plain_name(topology: &Topology) -> FxHashMap<String, &str> {
    let mut named = FxHashMap::default();
    for profile in topology.decls.blocks("voice").flat_map(|voice| voice.blocks("location_profile")) {
        named.entry(plain_name(&profile.name)).or_insert(profile.name.as_str());
    }
    named
}

/// The location profile that is named after the dial plan of a voice mail server.
fn of_dial_plan<'a>(profiles: &FxHashMap<String, &'a str>, decl: &Decl) -> Option<&'a str> {
    profiles.get(&plain_name(decl.text("dial_plan")?.value)).copied()
}

/// A name of a dial plan or location profile in small letters and digits, up to the first dot.
pub fn plain_name(name: &str) -> String {
    let first = name.split('.').next().unwrap_or_default();
    first.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

impl NumberForms<'_> {
    /// Whether a number has one of the forms that it hands in; `None` where it states none, or where that is not known.
    pub fn hands_in(&self, number: &str) -> Option<bool> {
        any_matches(&self.hands_in, number)
    }

    /// Whether it takes a number; `None` where it states no form, or where that is not known.
    pub fn takes(&self, number: &str) -> Option<bool> {
        any_matches(&self.takes, number)
    }
}

fn any_matches(forms: &[Spanned<&str>], number: &str) -> Option<bool> {
    let mut known = !forms.is_empty();
    for form in forms {
        match Pattern::new(form.value).and_then(|pattern| pattern.is_match(number).ok()) {
            Some(true) => return Some(true),
            Some(false) => {}
            None => known = false,
        }
    }
    known.then_some(false)
}

#[cfg(test)]
mod tests {
    use super::plain_name;

    #[test]
    fn names_are_compared_without_their_dress() {
        assert_eq!(plain_name("new_york"), plain_name("New York"));
        assert_eq!(plain_name("redmond"), plain_name("Redmond.corp.contoso.com"));
        assert_ne!(plain_name("redmond"), plain_name("Dallas"));
    }
}
