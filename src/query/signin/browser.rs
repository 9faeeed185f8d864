//! A browser: the address that a user types, the site that answers, and the pool that it signs in at.

use super::Story;
use super::answer::Outcome;
use super::meet::{Attempt, Trouble};
use super::names::{candidates, missing};
use crate::catalog::{ClientLookup, LookupStage, facts};
use crate::lower::Fqdn;
use crate::model::{Detail, Group};
use crate::product::{Client, ClientPlace, Feature, GroupKind, Relation, Role, Side};

impl<'a> Story<'a> {
    /// Tells the story; what it ends with if nothing is broken.
    pub(super) fn browser(&mut self) -> String {
        if !self.name_servers() {
            return String::new();
        }
        let Some(site) = self.web_access() else {
            let what = "the topology has no Communicator Web Access".to_owned();
            self.fails(Some(Trouble::new(what, "add `web_access` to `features` and a `web_access` block")));
            return String::new();
        };
        let Some(page) = self.page(site) else { return String::new() };
        let question = self.circumstances.question;
        let all = candidates(self.resolver, Client::Cwa, &question.address.domain, self.circumstances.setting, Some(page));
        let plans = self.circumstances.plans;
        let mut first = None;
        for candidate in all.iter().filter(|candidate| candidate.row.stage == LookupStage::Page) {
            let (Some(address), true) = (candidate.found.address(), candidate.asked) else {
                self.lookups.push(candidate.lookup(candidate.unused(), plans));
                if candidate.asked {
                    let what = format!("`{}` is not in DNS: {}", candidate.name, candidate.row.purpose);
                    self.fails(Some(Trouble::new(what, format!("look at `ocstopo why \"dns {}\"`", candidate.name))));
                }
                continue;
            };
            let name = &candidate.name;
            for port in &candidate.row.ports {
                let met = self.circumstances.connect(&Attempt { stage: "page", name, address, port: *port, strict_for: None });
                let outcome = if met.trouble.is_none() { Outcome::Used } else { Outcome::Failed };
                self.lookups.push(candidate.lookup(outcome, plans));
                let endpoint = self.keep(met);
                first = first.or(endpoint);
            }
        }
        let Some(endpoint) = first else { return String::new() };
        let (topology, home) = (plans.topology, self.circumstances.setting.home);
        let met = topology.group(endpoint.group);
        let mut through = String::new();
        if met.id != site.id {
            let passed = self.circumstances.pass(met, site);
            self.keep(passed);
            through = format!(" through `{}`", met.path);
        }
        let Some(pool) = site.related(Relation::Pool).next().map(|id| topology.group(id)) else {
            let what = format!("`{}` has no pool to sign in at", site.path);
            self.fails(Some(Trouble::new(what, "write `pool` in its `web_access` block")));
            return String::new();
        };
        let passed = self.circumstances.pass(site, pool);
        self.keep(passed);
        if pool.id != home.id {
            let passed = self.circumstances.pass(pool, home);
            self.keep(passed);
        }
        self.database(home);
        format!("opens `https://{page}`{through}, and `{}` signs in at `{}`", site.path, home.path)
    }

    /// The site of the home pool, or else the first.
    fn web_access(&self) -> Option<&'a Group> {
        let (plans, home) = (self.circumstances.plans, self.circumstances.setting.home);
        plans.topology.organization.feature(Feature::WebAccess)?;
        let mut all = plans.topology.groups.iter().filter(|group| group.kind == GroupKind::WebAccess);
        let own = all.clone().find(|group| group.related(Relation::Pool).any(|pool| pool == home.id));
        own.or_else(|| all.next())
    }

    /// The name in the address that the user types.
    fn page(&mut self, site: &'a Group) -> Option<&'a Fqdn> {
        let topology = self.circumstances.plans.topology;
        let path = &site.path;
        let (name, trouble) = match (self.circumstances.question.place, &site.detail) {
            (ClientPlace::Inside, _) => {
                let endpoint = topology.group_endpoint(site.id, Role::WebAccess, Side::Inside);
                let what = format!("`{path}` has no name that browsers can ask for");
                (endpoint.and_then(|endpoint| self.circumstances.name(endpoint)), Trouble::new(what, "give it a name"))
            }
            (ClientPlace::Outside, Detail::WebAccess { external_fqdn, .. }) => {
                let what = format!("`{path}` has no name outside");
                let fix = "write `external_fqdn` in its block, and let a `reverse_proxy` publish it";
                (external_fqdn.as_ref().map(|name| &name.value), Trouble::new(what, fix))
            }
            (ClientPlace::Outside, _) => (None, Trouble::new(format!("`{path}` has no name outside"), "write `external_fqdn`")),
        };
        let off = |row: &&ClientLookup| {
            row.stage == LookupStage::Page && row.place == Some(self.circumstances.question.place) && !row.when.is_empty()
        };
        let organization = &topology.organization;
        let first = facts::<ClientLookup>(organization.product).iter().find(off);
        if let Some(row) = first.filter(|row| organization.features_meeting(&row.when).is_none()) {
            let words = missing(&row.when, organization);
            let what = format!(
                "`{path}` is not open to users {}: `{}` is off",
                self.circumstances.question.place.word(),
                words.join("` and `")
            );
            self.fails(Some(Trouble::new(what, format!("switch on `{}`", words.join("` and `")))));
            return None;
        }
        if name.is_none() {
            self.fails(Some(trouble));
        }
        name
    }
}
