//! Rows as written in the TOML files. Here every unknown key is refused, which serde cannot do beside `flatten`;
//! the public rows carry the same values with provenance in a struct of its own.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::flow::Condition;
use super::{
    CombinationRow, Confidence, Conflict, FeatureRow, FlowRelation, FlowRow, LeftOut, ListenerRow, NatRule, Provenance, Target,
    Tls,
};
use crate::product::{Feature, PortRange, Role, Side, Transport};

/// Sets of features by name, so that the same condition is written once.
pub(super) type Conditions = BTreeMap<String, Vec<Vec<Feature>>>;

/// A `flows/….toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FlowFile {
    #[serde(default)]
    pub(super) flow: Vec<RawFlow>,
    #[serde(default)]
    pub(super) left_out: Vec<LeftOut>,
}

/// `listeners.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListenerFile {
    #[serde(default)]
    pub(super) listener: Vec<RawListener>,
}

/// `features.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FeatureFile {
    #[serde(default)]
    pub(super) feature: Vec<RawFeature>,
    #[serde(default)]
    pub(super) combination: Vec<RawCombination>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFlow {
    id: String,
    from: Vec<Role>,
    #[serde(default = "inside")]
    from_side: Side,
    to: Role,
    #[serde(default = "inside")]
    to_side: Side,
    relation: FlowRelation,
    only_for: Option<Condition>,
    transport: Vec<Transport>,
    source_ports: Option<PortRange>,
    ports: Vec<PortRange>,
    #[serde(default)]
    stated_port: bool,
    application: String,
    target: Target,
    #[serde(default)]
    two_way: bool,
    #[serde(default)]
    tls: Tls,
    #[serde(default)]
    nat: NatRule,
    #[serde(default)]
    pub(super) when: Vec<Vec<Feature>>,
    pub(super) condition: Option<String>,
    #[serde(default)]
    optional: bool,
    purpose: String,
    breaks: String,
    conflict: Option<Conflict>,
    step: u8,
    #[serde(default)]
    source: Vec<String>,
    confidence: Confidence,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawListener {
    id: String,
    role: Role,
    #[serde(default = "inside")]
    side: Side,
    transport: Vec<Transport>,
    ports: Vec<PortRange>,
    application: String,
    #[serde(default)]
    tls: Tls,
    vip: bool,
    #[serde(default)]
    pub(super) when: Vec<Vec<Feature>>,
    pub(super) condition: Option<String>,
    conflict: Option<Conflict>,
    step: u8,
    #[serde(default)]
    source: Vec<String>,
    confidence: Confidence,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFeature {
    feature: Feature,
    requires: Vec<Role>,
    #[serde(default)]
    recommends: Vec<Role>,
    why: String,
    step: u8,
    #[serde(default)]
    source: Vec<String>,
    confidence: Confidence,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCombination {
    id: String,
    #[serde(default)]
    pub(super) when: Vec<Vec<Feature>>,
    pub(super) condition: Option<String>,
    requires: Vec<Role>,
    #[serde(default)]
    recommends: Vec<Role>,
    why: String,
    step: u8,
    #[serde(default)]
    source: Vec<String>,
    confidence: Confidence,
}

fn inside() -> Side {
    Side::Inside
}

/// The condition of a row, its own or a shared one by its name, and what is wrong with it.
pub(super) fn resolve(
    when: &mut Vec<Vec<Feature>>,
    condition: Option<&str>,
    conditions: &Conditions,
) -> (Vec<Vec<Feature>>, Option<String>) {
    let own = std::mem::take(when);
    match condition {
        None => (own, None),
        Some(_) if !own.is_empty() => (own, Some("`when` and `condition` exclude each other".into())),
        Some(name) => match conditions.get(name) {
            Some(lists) => (lists.clone(), None),
            None => (own, Some(format!("`{name}` is not in conditions.toml"))),
        },
    }
}

impl RawFlow {
    pub(super) fn row(self, when: Vec<Vec<Feature>>) -> FlowRow {
        FlowRow {
            id: self.id,
            from: self.from,
            from_side: self.from_side,
            to: self.to,
            to_side: self.to_side,
            relation: self.relation,
            only_for: self.only_for,
            transport: self.transport,
            source_ports: self.source_ports,
            ports: self.ports,
            stated_port: self.stated_port,
            application: self.application,
            target: self.target,
            two_way: self.two_way,
            tls: self.tls,
            nat: self.nat,
            when,
            optional: self.optional,
            purpose: self.purpose,
            breaks: self.breaks,
            conflict: self.conflict,
            provenance: Provenance { step: self.step, source: self.source, confidence: self.confidence },
        }
    }
}

impl RawListener {
    pub(super) fn row(self, when: Vec<Vec<Feature>>) -> ListenerRow {
        ListenerRow {
            id: self.id,
            role: self.role,
            side: self.side,
            transport: self.transport,
            ports: self.ports,
            application: self.application,
            tls: self.tls,
            vip: self.vip,
            when,
            conflict: self.conflict,
            provenance: Provenance { step: self.step, source: self.source, confidence: self.confidence },
        }
    }
}

impl RawFeature {
    pub(super) fn row(self) -> FeatureRow {
        FeatureRow {
            feature: self.feature,
            requires: self.requires,
            recommends: self.recommends,
            why: self.why,
            provenance: Provenance { step: self.step, source: self.source, confidence: self.confidence },
        }
    }
}

impl RawCombination {
    pub(super) fn row(self, when: Vec<Vec<Feature>>) -> CombinationRow {
        CombinationRow {
            id: self.id,
            when,
            requires: self.requires,
            recommends: self.recommends,
            why: self.why,
            provenance: Provenance { step: self.step, source: self.source, confidence: self.confidence },
        }
    }
}
