//! `rules.srx`: set commands for Junos: a global address book, applications, policies between zones, static translations.
//! `remove.srx`: deletes of exactly these. Policies keep their names from one version to the next, because the SRX closes the
//! sessions of a removed policy.

use serde::Serialize;

use super::super::language::{device, language};
use super::super::names::fit;
use super::super::{EmitContext, EmitError, Language};
use super::change;
use super::draft::{Draft, fitting};
use super::objects::{self, Limits};
use super::{Dialect, Written};
use crate::plan::device::Values;
use crate::plan::firewall::MatchedAddress;
use crate::product::FirewallDialect;

/// Set commands of Junos.
static LANGUAGE: Language = language!("junos", |text| device(text, "?\"\\`$!")).comments("#");

pub(super) static DIALECT: Dialect = Dialect {
    word: FirewallDialect::JuniperSrx.word(),
    reader: "Juniper SRX",
    language: &LANGUAGE,
    file: "rules.srx",
    remove: Some("remove.srx"),
    stateful: true,
    matched: MatchedAddress::Real,
    own: |_| Values::new(),
    emit,
    ways: true,
    change: change::juniper_srx,
};

/// Names of policies, zones and rules have at most 63 characters, descriptions 255 bytes.
const LIMITS: Limits = Limits { name: 63, about: 255, object_about: 255, members: 512 };

#[derive(Serialize)]
struct View<'a> {
    #[serde(flatten)]
    rules: objects::View<'a>,
    rule_sets: Vec<RuleSet>,
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
    /// The joined network that holds the public address.
    neighbours: Option<String>,
}

/// The configuration of a firewall, and what removes it.
fn emit(draft: &Draft<'_>, cx: &EmitContext<'_>) -> Result<Written, EmitError> {
    let view = View { rules: objects::View::new(draft, cx, &DIALECT, &LIMITS)?, rule_sets: rule_sets(draft) };
    Ok(Written {
        rules: cx.templates.render(&LANGUAGE, "srx", &view)?,
        remove: Some(cx.templates.render(&LANGUAGE, "srx_remove", &view)?),
        ..Written::default()
    })
}

/// Static translations by the zone that the internet is met in; the way out is the same rule read backwards.
fn rule_sets(draft: &Draft<'_>) -> Vec<RuleSet> {
    let mut sets: Vec<RuleSet> = Vec::new();
    for nat in &draft.plan.nats {
        for side in draft.translated_on(nat) {
            let zone = fit(&side.name, LIMITS.name);
            let view = NatView {
                name: fit(&nat.name, LIMITS.name),
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
                    name: fitting([format!("ocstopo_{zone}")], &zone, LIMITS.name, |text| LANGUAGE.escape(text)),
                    zone,
                    nats: vec![view],
                }),
            }
        }
    }
    sets
}
