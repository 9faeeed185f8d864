//! `rules.panos`: set commands for PAN-OS. Rules compare packets as they arrive, so whoever comes from outside names a translated
//! server by its public address. `remove.panos`: deletes of exactly what stands in it.

use serde::Serialize;

use super::super::language::{device, language};
use super::super::names::{fit, lines};
use super::super::{EmitContext, EmitError, Language};
use super::draft::{Draft, full_reason, remark};
use super::head::Head;
use super::objects::{self, End, Group, Names, Object, ServiceObject};
use super::{Dialect, Written};
use crate::plan::device::Values;
use crate::plan::firewall::Seen;

/// Set commands of PAN-OS.
static LANGUAGE: Language = language!("panos", |text| device(text, "?\"\\`$!'"));

pub(super) static DIALECT: Dialect = Dialect {
    word: "palo_alto",
    reader: "Palo Alto Networks PAN-OS",
    language: &LANGUAGE,
    file: "rules.panos",
    remove: Some("remove.panos"),
    stateful: true,
    seen: Seen::Arriving,
    own: |_| Values::new(),
    emit,
};

const TEMPLATE: &str = "panos/set";

/// The longest name of a rule or a zone: 31 in the releases of the time, 63 later.
const MAX_NAME: usize = 31;

/// The longest description, in bytes: 255 in the releases of the time.
const MAX_DESCRIPTION: usize = 255;

/// How many members the smallest models take in one group.
const MAX_MEMBERS: usize = 500;

/// How wide a comment is.
const WIDTH: usize = 120;

#[derive(Serialize)]
struct View<'a> {
    head: Head<'a>,
    objects: Vec<Object>,
    groups: Vec<Group>,
    services: Vec<ServiceObject>,
    rules: Vec<RuleView>,
    names: Names,
}

#[derive(Serialize)]
struct RuleView {
    reason: Vec<String>,
    name: String,
    about: String,
    from: String,
    to: String,
    source: End,
    destination: End,
    service: String,
}

/// The configuration of a firewall, and what takes it away.
fn emit(draft: &Draft<'_>, cx: &EmitContext<'_>) -> Result<Written, EmitError> {
    let (objects, groups) = objects::objects(draft, MAX_MEMBERS, |names| objects::about(names, MAX_DESCRIPTION, escape));
    let services = objects::services(draft);
    let mut rules = Vec::new();
    for drafted in &draft.rules {
        let (from, to) = draft.between(drafted.rule, TEMPLATE)?;
        rules.push(RuleView {
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
    let names = Names::new(&objects, &groups, &services);
    let view = View { head: Head::new(draft, cx, "palo_alto", zone), objects, groups, services, rules, names };
    Ok(Written {
        rules: cx.templates.render(&LANGUAGE, "set", &view)?,
        remove: Some(cx.templates.render(&LANGUAGE, "remove", &view)?),
        ..Written::default()
    })
}

fn escape(text: &str) -> String {
    LANGUAGE.escape(text)
}

fn zone(name: &str) -> String {
    fit(name, MAX_NAME)
}
