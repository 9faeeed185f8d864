//! `rules.srx`: set commands for Junos: a global address book, applications, policies between zones, static translations.
//! `remove.srx`: deletes of exactly these. Policies keep their names from one version to the next, for the SRX closes the sessions
//! of a policy whose name goes.

use serde::Serialize;

use super::super::language::{device, language};
use super::super::names::{fit, lines};
use super::super::{EmitContext, EmitError, Language};
use super::draft::{Draft, fitting, full_reason, remark};
use super::head::Head;
use super::objects::{self, End, Group, Names, Object, ServiceObject};
use super::{Dialect, Written};
use crate::plan::device::Values;
use crate::plan::firewall::Seen;

/// Set commands of Junos.
static LANGUAGE: Language = language!("junos", |text| device(text, "?\"\\`$!"));

pub(super) static DIALECT: Dialect = Dialect {
    word: "juniper_srx",
    reader: "Juniper SRX",
    language: &LANGUAGE,
    file: "rules.srx",
    remove: Some("remove.srx"),
    stateful: true,
    seen: Seen::Routed,
    own: |_| Values::new(),
    emit,
};

const TEMPLATE: &str = "junos/srx";

/// The longest name of a policy, a zone or a rule.
const MAX_NAME: usize = 63;

/// The longest description of an address, of a policy, in bytes.
const MAX_DESCRIPTION: usize = 255;

/// How many addresses the smallest models take in one set.
const MAX_MEMBERS: usize = 512;

/// How wide a comment is.
const WIDTH: usize = 120;

#[derive(Serialize)]
struct View<'a> {
    head: Head<'a>,
    objects: Vec<Object>,
    groups: Vec<Group>,
    services: Vec<ServiceObject>,
    policies: Vec<Policy>,
    rule_sets: Vec<RuleSet>,
    names: Names,
}

#[derive(Serialize)]
struct Policy {
    reason: Vec<String>,
    name: String,
    about: String,
    from: String,
    to: String,
    source: End,
    destination: End,
    service: String,
}

#[derive(Serialize)]
struct RuleSet {
    name: String,
    zone: String,
    nats: Vec<NatView>,
}

#[derive(Serialize)]
struct NatView {
    name: String,
    declared: String,
    public: String,
    inside: String,
    /// The network that the firewall joins and the public address lies in.
    neighbours: Option<String>,
}

/// The configuration of a firewall, and what takes it away.
fn emit(draft: &Draft<'_>, cx: &EmitContext<'_>) -> Result<Written, EmitError> {
    let (objects, groups) = objects::objects(draft, MAX_MEMBERS, |names| objects::about(names, MAX_DESCRIPTION, escape));
    let services = objects::services(draft);
    let mut policies = Vec::new();
    for drafted in &draft.rules {
        let (from, to) = draft.between(drafted.rule, TEMPLATE)?;
        policies.push(Policy {
            reason: lines(&full_reason(drafted.rule), WIDTH),
            name: fit(&drafted.rule.id, MAX_NAME),
            about: remark(drafted.rule, MAX_DESCRIPTION, escape),
            from: zone(&from.name),
            to: zone(&to.name),
            source: objects::end(draft, &drafted.sources),
            destination: objects::end(draft, &drafted.destinations),
            service: objects::service(drafted),
        });
    }
    let view = View {
        head: Head::new(draft, cx, "juniper_srx", zone),
        names: Names::new(&objects, &groups, &services),
        objects,
        groups,
        services,
        policies,
        rule_sets: rule_sets(draft),
    };
    Ok(Written {
        rules: cx.templates.render(&LANGUAGE, "srx", &view)?,
        remove: Some(cx.templates.render(&LANGUAGE, "srx_remove", &view)?),
        ..Written::default()
    })
}

fn escape(text: &str) -> String {
    LANGUAGE.escape(text)
}

fn zone(name: &str) -> String {
    fit(name, MAX_NAME)
}

/// Static translations by the zone that the internet is met in; the way out is the same rule read backwards.
fn rule_sets(draft: &Draft<'_>) -> Vec<RuleSet> {
    let mut sets: Vec<RuleSet> = Vec::new();
    for nat in &draft.plan.nats {
        for side in draft.translated_on(nat) {
            let zone = zone(&side.name);
            let view = NatView {
                name: fit(&nat.name, MAX_NAME),
                declared: nat.declared.to_string(),
                public: nat.public.to_string(),
                inside: nat.inside.to_string(),
                neighbours: draft
                    .sides
                    .iter()
                    .find(|side| !side.internet && side.range.contains(&nat.public))
                    .map(|side| format!("{} {}", side.path, side.range)),
            };
            match sets.iter_mut().find(|set| set.zone == zone) {
                Some(set) => set.nats.push(view),
                None => sets.push(RuleSet {
                    name: fitting([format!("ocstopo_{zone}")], &zone, MAX_NAME, escape),
                    zone,
                    nats: vec![view],
                }),
            }
        }
    }
    sets
}
