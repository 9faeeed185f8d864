//! Emergency numbers, routes and policies of `voice` as calls meet them; several rules look at them so.

use std::collections::{BTreeMap, BTreeSet};

use super::profile::{for_help, in_order, tried};
use super::swallowed::swallowed;
use crate::dial::{NumberRule, Pattern};
use crate::lint::RuleContext;
use crate::lower::Decl;
use crate::text::{Span, Spanned};

/// A number that people dial for help.
pub(super) struct Emergency<'a> {
    /// The location profile that names it.
    pub(super) profile: &'a str,
    /// As it is dialled.
    pub(super) dialled: Spanned<&'a str>,
    /// As routes meet it: what the first rule that matches makes of it, or as it is dialled.
    pub(super) called: String,
}

/// The emergency numbers of all profiles, one for each number that routes meet. Left out are those of which it cannot be decided
/// what becomes of them, and those that become another number: `emergency-number-swallowed` reports these, and no route helps them.
pub(super) fn emergencies<'a>(view: &'a RuleContext<'_>) -> Vec<Emergency<'a>> {
    let mut found: BTreeMap<String, Emergency> = BTreeMap::new();
    for block in view.blocks_of("location_profile") {
        let written = for_help(block.decl);
        if written.is_empty() {
            continue;
        }
        let lost: BTreeSet<&str> =
            swallowed(block.decl).iter().flat_map(|by| &by.taken).map(|taken| taken.dialled.value).collect();
        let rules = in_order(block.decl).into_iter();
        let rules: Vec<_> = rules.map(tried).collect();
        for dialled in written.into_iter().filter(|number| !lost.contains(number.value)) {
            if let Some(called) = called(&rules, dialled.value) {
                let emergency = Emergency { profile: &block.decl.name, dialled, called: called.clone() };
                found.entry(called).or_insert(emergency);
            }
        }
    }
    found.into_values().collect()
}

fn called(rules: &[Option<NumberRule<'_>>], dialled: &str) -> Option<String> {
    for rule in rules {
        if let Some(made) = rule.as_ref()?.apply(dialled).ok()? {
            return Some(made);
        }
    }
    Some(dialled.to_owned())
}

/// A route that can be tried.
pub(super) struct Route<'a> {
    /// Its block.
    pub(super) decl: &'a Decl,
    /// Its pattern; none where it cannot be tried.
    pub(super) pattern: Option<Pattern>,
}

impl Route<'_> {
    /// The paths of its gateways.
    pub(super) fn gateways(&self) -> BTreeSet<String> {
        self.decl.references("gateways").map(|words| words.value.join(".")).collect()
    }
}

/// The routes of each phone usage.
pub(super) struct Routes<'a> {
    routes: Vec<Route<'a>>,
    by_usage: BTreeMap<String, Vec<usize>>,
}

impl<'a> Routes<'a> {
    /// All routes.
    pub(super) fn new(view: &'a RuleContext<'_>) -> Self {
        let decls = view.blocks_of("route").map(|block| block.decl);
        let routes: Vec<Route> =
            decls.map(|decl| Route { decl, pattern: decl.text("match").and_then(|text| Pattern::new(text.value)) }).collect();
        let mut by_usage: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, route) in routes.iter().enumerate() {
            for (usage, _) in usages(route.decl) {
                by_usage.entry(usage).or_default().push(at);
            }
        }
        Self { routes, by_usage }
    }

    /// Which routes match a number; none where one of them cannot be decided.
    pub(super) fn matching(&self, number: &str) -> Option<BTreeSet<usize>> {
        let mut matching = BTreeSet::new();
        for (at, route) in self.routes.iter().enumerate() {
            if route.pattern.as_ref()?.is_match(number).ok()? {
                matching.insert(at);
            }
        }
        Some(matching)
    }

    /// These routes.
    pub(super) fn of<'s>(&'s self, matching: &'s BTreeSet<usize>) -> impl Iterator<Item = &'s Route<'a>> {
        matching.iter().filter_map(|at| self.routes.get(*at))
    }

    /// The routes that a call with this policy tries first, of those that match: the ones of the first usage that has any.
    pub(super) fn first(&self, policy: &Decl, matching: &BTreeSet<usize>) -> Vec<&Route<'a>> {
        let mut ways = usages(policy).into_iter().map(|(usage, _)| {
            let routes = self.by_usage.get(&usage).map_or(&[][..], Vec::as_slice);
            routes.iter().filter(|at| matching.contains(at)).map(|at| &self.routes[*at]).collect::<Vec<_>>()
        });
        ways.find(|routes| !routes.is_empty()).unwrap_or_default()
    }
}

/// The phone usages that a policy or a route names, in their order.
pub(super) fn usages(decl: &Decl) -> Vec<(String, Span)> {
    decl.references("usages").filter_map(|words| Some((words.value.last()?.clone(), words.span))).collect()
}
