//! One name for two things.

use std::collections::{BTreeMap, BTreeSet};

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::lower::Fqdn;
use crate::model::{Detail, Endpoint, Group};
use crate::product::{GroupKind, Relation, Side};
use crate::text::Span;

rule! {
    /// ## What it does
    /// Reports a pool, array or server with the same full name as another one.
    ///
    /// ## Why it matters
    /// A name has one record and one certificate. A pool with the name of its front end leads clients past the load balancer, and
    /// it cannot be created.
    ///
    /// ## Planning Guide
    /// Step 4: the name of a pool differs from the name of every server and every other pool of the forest, even when it has one
    /// front end only. The name of a Standard Edition server is its pool's name too; this is not reported.
    "OCS0405" "duplicate-name" {
        severity: Error,
        confidence: High,
        source: "Enterprise Edition deployment 3.2 (bb663654); pool creation (LcsCmd)",
        waivable: false,
        bad: Example::with(bases::POOL, &[
            ("fqdn              = \"pool01.corp.contoso.com\"", "fqdn              = \"fe01.corp.contoso.com\""),
        ]),
        good: Example::of(bases::POOL),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for Clash { name, path, place, owner, owned } in clashes(view) {
        sink.report_once(
            Finding::new(format!("`{path}` and `{owner}` have the same name, `{name}`"), place, "the name is taken")
                .related(owned, format!("`{owner}` has it"))
                .help(format!("give `{path}` another name")),
        );
    }
}

/// A name that another block has already.
pub(super) struct Clash<'a> {
    /// The name.
    pub(super) name: &'a Fqdn,
    path: &'a str,
    place: Span,
    owner: &'a str,
    owned: Span,
}

/// The names that two servers, pools or arrays have.
pub(super) fn clashes<'a>(view: &RuleContext<'a>) -> Vec<Clash<'a>> {
    let mut owners = Owners::default();
    let mut databases = BTreeSet::new();
    for server in &view.topology.servers {
        let group = view.topology.group(server.group);
        // A share may lie on any computer, which then has its name already; `share-on-front-end` looks at that.
        if is_a_guest(view, group) || group.kind == GroupKind::FileShare {
            continue;
        }
        let Some(fqdn) = &server.fqdn else { continue };
        let addresses = || server.addresses.iter().map(|(address, _)| address.value);
        // Databases on one computer have its name and address; `shared-computer` says whether they may.
        if group.kind == GroupKind::BackEnd && !databases.insert((fqdn.as_str(), addresses().next())) {
            continue;
        }
        owners.claim(fqdn, &server.path, server.span);
    }
    for group in &view.topology.groups {
        let own = group.kind != GroupKind::FileShare && !is_a_guest(view, group);
        let Some(fqdn) = group.fqdn.as_ref().filter(|_| own) else { continue };
        if let Detail::Pool { internal_web_farm: Some(farm), .. } = &group.detail
            && farm.value != fqdn.value
        {
            owners.claim(&farm.value, &group.path, farm.span);
        }
        let mut servers = group.servers.iter().map(|id| view.topology.server(*id));
        let own = servers.any(|server| server.fqdn.as_ref() == Some(&fqdn.value));
        // Without a virtual address a group has the name of one of its computers, except for a pool, which always has its own.
        let named = |endpoint: &Endpoint| endpoint.fqdn.as_ref().is_some_and(|name| name.value == fqdn.value);
        let balanced = view.endpoints(group).any(|e| e.side == Side::Inside && e.vip.is_some() && named(e));
        if !own || balanced || group.kind == GroupKind::EnterprisePool {
            owners.claim(&fqdn.value, &group.path, fqdn.span);
        }
    }
    owners.clashes
}

/// Whether a group runs on another's computer and has its name.
fn is_a_guest(view: &RuleContext, group: &Group) -> bool {
    let name = |group: &Group| group.fqdn.as_ref().map(|fqdn| fqdn.value.clone());
    group.related(Relation::Host).any(|host| host != group.id && name(view.topology.group(host)) == name(group))
}

/// Who has which name, with the place that says so.
#[derive(Default)]
struct Owners<'a> {
    known: BTreeMap<&'a str, (&'a str, Span)>,
    clashes: Vec<Clash<'a>>,
}

impl<'a> Owners<'a> {
    /// Gives a name to its owner, unless it has one.
    fn claim(&mut self, name: &'a Fqdn, path: &'a str, place: Span) {
        match self.known.get(name.as_str()) {
            Some((owner, owned)) => self.clashes.push(Clash { name, path, place, owner, owned: *owned }),
            None => {
                self.known.insert(name.as_str(), (path, place));
            }
        }
    }
}
