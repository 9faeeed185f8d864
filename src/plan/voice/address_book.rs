//! The company rules of the Address Book Server of each pool, made from the rules of the pool's location profile.

use super::{in_order, profile, voice};
use crate::catalog::{CallRule, fact};
use crate::dial::{Unwritable, booked};
use crate::model::{Detail, Group, Topology};
use crate::plan::firewall::build::labels;
use crate::plan::{Lines, Reason, SourceRef};
use crate::product::Feature;
use crate::text::one_line;

/// The company rules of a pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompanyRules {
    /// The path of the pool.
    pub pool: String,
    /// The folder of its file: no other pool has it.
    pub label: String,
    /// The location profile.
    pub profile: String,
    /// The rules, in order.
    pub rules: Vec<CompanyRule>,
    /// Rules of the profile that the file cannot have.
    pub left_out: Vec<LeftOutRule>,
    /// Why the file is there.
    pub reason: Reason,
}

/// A company rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompanyRule {
    /// The rule of the profile.
    pub declared: SourceRef,
    /// Its description.
    pub description: Option<String>,
    /// The pattern.
    pub pattern: String,
    /// What replaces the number.
    pub translation: String,
}

/// A rule that is not among the company rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOutRule {
    /// The rule of the profile.
    pub declared: SourceRef,
    /// Why.
    pub why: &'static str,
}

/// The company rules of all pools whose location profile is known, by path of the pool; none without Enterprise Voice.
pub fn company_rules(topology: &Topology, lines: &Lines<'_>) -> Vec<CompanyRules> {
    let product = topology.organization.product;
    let Some(row) = fact::<CallRule>(product, "book.company_rules") else { return Vec::new() };
    if topology.organization.feature(Feature::EnterpriseVoice).is_none() {
        return Vec::new();
    }
    let voice = voice(topology);
    let pools: Vec<(&Group, &str)> =
        topology.groups.iter().filter_map(|group| Some((group, own_profile(&voice, group)?))).collect();
    let labels = labels(pools.iter().map(|(group, _)| group.path.as_str()));
    let rules = |((group, name), label): ((&Group, &str), String)| {
        let decl = voice.decl("location_profile", name)?;
        let (profile, decls) = (profile(decl), in_order(decl));
        let mut rules = Vec::new();
        let mut left_out = Vec::new();
        for found in booked(&profile) {
            let decl = decls.iter().find(|decl| decl.name == found.rule.name)?;
            let declared = lines.source_ref(format!("voice.{name}.{}", found.rule.name), Some(decl.name_span));
            let hidden = [found.rule.pattern, found.rule.translation].iter().any(|text| one_line(text) != *text);
            let why = found.left_out.map(Unwritable::reason).or(hidden.then_some(HIDDEN));
            match why {
                Some(why) => left_out.push(LeftOutRule { declared, why }),
                None => rules.push(CompanyRule {
                    declared,
                    description: decl.text("description").map(|text| text.value.to_owned()),
                    pattern: found.rule.pattern.to_owned(),
                    translation: found.rule.translation.to_owned(),
                }),
            }
        }
        let mut reason = Reason::new(&row.id, &row.what, &row.provenance);
        reason.declared = vec![
            lines.source_ref(&group.path, Some(group.span)),
            lines.source_ref(format!("voice.{name}"), Some(decl.name_span)),
        ];
        Some(CompanyRules { pool: group.path.clone(), label, profile: name.to_owned(), rules, left_out, reason })
    };
    pools.into_iter().zip(labels).filter_map(rules).collect()
}

/// Why a rule with a control character is left out.
const HIDDEN: &str = "it has an invisible character";

/// The location profile of a pool: its own, or the only one.
fn own_profile<'v>(voice: &'v super::Voice<'_>, group: &'v Group) -> Option<&'v str> {
    let Detail::Pool { location_profile, .. } = &group.detail else { return None };
    match (location_profile, voice.plan.profiles.as_slice()) {
        (Some(own), _) => Some(&own.value),
        (None, [only]) => Some(only.name),
        (None, _) => None,
    }
}
