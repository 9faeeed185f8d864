//! `rules.fortios`: a script for the command line of FortiOS, which acts on each entry as it reads it. So entries keep their names
//! and numbers, and every setting that could survive from an earlier version is written. `remove.fortios`: deletes of exactly these.

use std::collections::BTreeSet;

use serde::Serialize;

use super::super::language::{device, language};
use super::super::{EmitContext, EmitError, Language};
use super::change;
use super::draft::Draft;
use super::objects::{self, Limits};
use super::{Dialect, Written};
use crate::plan::device::Values;
use crate::plan::digest;
use crate::plan::firewall::MatchedAddress;
use crate::product::FirewallDialect;

/// FortiOS takes round brackets for an attack and square ones for text.
static LANGUAGE: Language =
    language!("fortios", |text| device(&text.replace('(', "[").replace(')', "]"), "?\"\\`$!'<>#")).comments("#");

pub(super) static DIALECT: Dialect = Dialect {
    word: FirewallDialect::Fortigate.word(),
    reader: "Fortinet FortiGate",
    language: &LANGUAGE,
    file: "rules.fortios",
    remove: Some("remove.fortios"),
    stateful: true,
    matched: MatchedAddress::Real,
    own: |_| Values::new(),
    emit,
    ways: true,
    change: change::fortigate,
};

/// Numbers of policies begin here: far above those that people and FortiOS itself give, and with [`DIGITS`] below 4294967294.
const FIRST_NUMBER: u32 = 1_000_000_000;

/// How many hexadecimal digits a number has beyond the first: 28 bits.
const DIGITS: usize = 7;

/// Names have at most 35 characters, comments of a policy 1,023 bytes, of an object 255.
const LIMITS: Limits = Limits { name: 35, about: 1023, object_about: 255, members: 250 };

#[derive(Serialize)]
struct View<'a> {
    #[serde(flatten)]
    rules: objects::View<'a>,
    /// The number of each policy, in their order.
    numbers: Vec<u32>,
    first_number: u32,
    last_number: u32,
}

/// The configuration of a firewall, and what removes it.
fn emit(draft: &Draft<'_>, cx: &EmitContext<'_>) -> Result<Written, EmitError> {
    let mut numbers = Numbers::default();
    let view = View {
        rules: objects::View::new(draft, cx, &DIALECT, &LIMITS)?,
        numbers: draft.rules.iter().map(|drafted| numbers.of(&drafted.rule.id)).collect(),
        first_number: FIRST_NUMBER,
        last_number: FIRST_NUMBER + (1 << (4 * DIGITS)) - 1,
    };
    Ok(Written {
        rules: cx.templates.render(&LANGUAGE, "script", &view)?,
        remove: Some(cx.templates.render(&LANGUAGE, "remove", &view)?),
        ..Written::default()
    })
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
