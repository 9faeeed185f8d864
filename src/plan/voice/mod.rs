//! The dial plan of a topology: what `voice` declares, ready to be tried on numbers, with the places of its declarations, and the
//! Address Book's company rules for each pool.

mod address_book;
mod forms;

pub use address_book::{CompanyRule, CompanyRules, LeftOutRule, company_rules};
pub use forms::{NumberForms, number_forms, of_mediation, plain_name};

use std::collections::BTreeSet;

use crate::dial::{DialPlan, Policy, Profile, Route, Rule};
use crate::lower::Decl;
use crate::model::{GroupId, Named, Topology};
use crate::product::Relation;
use crate::text::Span;

/// The dial plan, and where its parts are declared.
#[derive(Debug)]
pub struct Voice<'a> {
    /// The dial plan.
    pub plan: DialPlan<'a>,
    topology: &'a Topology,
}

/// Reads `voice`.
pub fn voice(topology: &Topology) -> Voice<'_> {
    let of = |kind: &'static str| topology.decls.blocks("voice").flat_map(move |voice| voice.blocks(kind));
    let plan = DialPlan {
        profiles: of("location_profile").map(profile).collect(),
        policies: of("policy").map(|decl| Policy { name: &decl.name, usages: usages(decl) }).collect(),
        routes: of("route").filter_map(route).collect(),
    };
    Voice { plan, topology }
}

fn profile(decl: &Decl) -> Profile<'_> {
    Profile {
        name: &decl.name,
        emergency_numbers: decl.list("emergency_numbers").iter().filter_map(|number| number.value.as_text()).collect(),
        rules: in_order(decl).into_iter().filter_map(rule).collect(),
    }
}

fn rule(decl: &Decl) -> Option<Rule<'_>> {
    Some(Rule::new(&decl.name, decl.text("match")?.value, decl.text("translate")?.value))
}

/// The rules of a location profile in the order in which they are tried.
pub fn in_order(profile: &Decl) -> Vec<&Decl> {
    let mut rules: Vec<&Decl> = profile.blocks("rule").collect();
    rules.sort_by_key(|rule| (order(rule), &rule.name));
    rules
}

/// The order of a rule, as written or by default.
pub fn order(rule: &Decl) -> u64 {
    rule.integer("order").map_or(u64::MAX, |order| order.value)
}

/// The phone usages that a policy or a route names, in their order.
fn usages(decl: &Decl) -> Vec<&str> {
    decl.references("usages").filter_map(|words| words.value.last()).map(String::as_str).collect()
}

fn route(decl: &Decl) -> Option<Route<'_>> {
    let gateways = decl.references("gateways").map(|words| words.value.join(".")).collect();
    Some(Route::new(&decl.name, decl.text("match")?.value, usages(decl), gateways))
}

impl<'a> Voice<'a> {
    /// The gateways of routes that do not answer when some servers are down: those themselves, and Mediation Servers whose own
    /// media gateway is.
    pub fn unreachable(&self, down: &[GroupId]) -> BTreeSet<&'a str> {
        let lost = |id: &GroupId| {
            let group = self.topology.group(*id);
            down.contains(id) || group.related(Relation::Gateway).any(|gateway| down.contains(&gateway))
        };
        self.topology.groups.iter().filter(|group| lost(&group.id)).map(|group| group.path.as_str()).collect()
    }

    /// The media gateway behind a Mediation Server.
    pub fn behind(&self, path: &str) -> Option<&'a str> {
        let Some(Named::Group(id)) = self.topology.by_path.get(path) else { return None };
        let gateway = self.topology.group(*id).related(Relation::Gateway).next()?;
        Some(&self.topology.group(gateway).path)
    }

    /// What a path names.
    pub fn named(&self, path: &str) -> Option<Named> {
        self.topology.by_path.get(path).copied()
    }

    /// Where a profile, policy or route is declared.
    pub fn place(&self, kind: &str, name: &str) -> Option<Span> {
        Some(self.decl(kind, name)?.name_span)
    }

    /// Where a rule of a profile is declared.
    pub fn rule_place(&self, profile: &str, rule: &str) -> Option<Span> {
        let profile = self.decl("location_profile", profile)?;
        profile.blocks("rule").find(|decl| decl.name == rule).map(|decl| decl.name_span)
    }

    fn decl(&self, kind: &str, name: &str) -> Option<&'a Decl> {
        let topology: &'a Topology = self.topology;
        let mut voice = topology.decls.blocks.iter().filter(|block| block.kind() == "voice").flat_map(|voice| &voice.children);
        voice.find(|decl| decl.kind() == kind && decl.name == name)
    }
}
