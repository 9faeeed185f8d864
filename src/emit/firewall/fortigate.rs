//! `rules.fortios`: a script for the command line of FortiOS, which acts on each entry as it reads it. So entries keep their names
//! and numbers, and every setting that could survive from an earlier version is written. `remove.fortios`: deletes of exactly these.

use std::collections::BTreeSet;

use serde::Serialize;

use super::super::language::{device, language};
use super::super::names::{fit, lines};
use super::super::{EmitContext, EmitError, Language};
use super::draft::{Draft, full_reason, remark};
use super::head::Head;
use super::objects::{self, End, Group, Names, Object, ServiceObject};
use super::{Dialect, Written};
use crate::plan::device::Values;
use crate::plan::digest;
use crate::plan::firewall::Seen;

/// FortiOS takes round brackets for an attack and square ones for text.
static LANGUAGE: Language = language!("fortios", |text| device(&text.replace('(', "[").replace(')', "]"), "?\"\\`$!'<>#"));

pub(super) static DIALECT: Dialect = Dialect {
    word: "fortigate",
    reader: "Fortinet FortiGate",
    language: &LANGUAGE,
    file: "rules.fortios",
    remove: Some("remove.fortios"),
    stateful: true,
    seen: Seen::Routed,
    own: |_| Values::new(),
    emit,
};

const TEMPLATE: &str = "fortios/script";

/// Numbers of policies begin here: far above those that people and FortiOS itself give, and with [`DIGITS`] below 4294967294.
const FIRST_NUMBER: u32 = 1_000_000_000;

/// How many hexadecimal digits a number has beyond the first: 28 bits.
const DIGITS: usize = 7;

/// The longest name of a policy or a zone.
const MAX_NAME: usize = 35;

/// The longest comment of a policy, of an object, in bytes.
const MAX_COMMENTS: usize = 1023;
const MAX_COMMENT: usize = 255;

/// How many members the smallest models take in one group.
const MAX_MEMBERS: usize = 250;

/// How wide a comment of the script is.
const WIDTH: usize = 120;

#[derive(Serialize)]
struct View<'a> {
    head: Head<'a>,
    objects: Vec<Object>,
    groups: Vec<Group>,
    services: Vec<ServiceObject>,
    policies: Vec<Policy>,
    names: Names,
    first_number: u32,
    last_number: u32,
}

#[derive(Serialize)]
struct Policy {
    reason: Vec<String>,
    number: u32,
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
    let (objects, groups) = objects::objects(draft, MAX_MEMBERS, |names| objects::about(names, MAX_COMMENT, escape));
    let services = objects::services(draft);
    let mut numbers = Numbers::default();
    let mut policies = Vec::new();
    for drafted in &draft.rules {
        let (from, to) = draft.between(drafted.rule, TEMPLATE)?;
        policies.push(Policy {
            reason: lines(&full_reason(drafted.rule), WIDTH),
            number: numbers.of(&drafted.rule.id),
            name: fit(&drafted.rule.id, MAX_NAME),
            about: remark(drafted.rule, MAX_COMMENTS, escape),
            from: zone(&from.name),
            to: zone(&to.name),
            source: objects::end(draft, &drafted.sources),
            destination: objects::end(draft, &drafted.destinations),
            service: objects::service(drafted),
        });
    }
    let view = View {
        head: Head::new(draft, cx, "fortigate", zone),
        names: Names::new(&objects, &groups, &services),
        objects,
        groups,
        services,
        policies,
        first_number: FIRST_NUMBER,
        last_number: FIRST_NUMBER + (1 << (4 * DIGITS)) - 1,
    };
    Ok(Written {
        rules: cx.templates.render(&LANGUAGE, "script", &view)?,
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

/// Numbers of policies. FortiOS knows policies by number; one that came from a position would change with every rule before it, so
/// it comes from the rule's name.
#[derive(Default)]
struct Numbers(BTreeSet<u32>);

impl Numbers {
    fn of(&mut self, id: &str) -> u32 {
        let mut text = id.to_owned();
        loop {
            let number = FIRST_NUMBER + u32::from_str_radix(&digest(&text, DIGITS), 16).unwrap_or(0);
            if self.0.insert(number) {
                return number;
            }
            text.push('+');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policies_never_share_a_number() {
        let mut numbers = Numbers::default();
        let first = numbers.of("P01/redmond.edge");
        assert_eq!(Numbers::default().of("P01/redmond.edge"), first);
        assert_ne!(numbers.of("P01/redmond.edge"), first);
        assert!((1_000_000_000..=1_268_435_455).contains(&first));
    }
}
