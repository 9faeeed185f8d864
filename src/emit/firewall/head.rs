//! The head of every rule set: its firewall, the networks that it joins, its translations.

use serde::Serialize;

use super::super::EmitContext;
use super::super::operations::{before, way};
use super::device_values;
use super::draft::{Draft, fitting};
use crate::plan::device::operations;
use crate::plan::firewall::Nat;

/// The head, as templates see it.
#[derive(Serialize)]
pub(super) struct Head<'a> {
    note: Option<&'static str>,
    organization: &'a str,
    path: &'a str,
    declared: String,
    networks: Vec<Network<'a>>,
    translations: Vec<Translation<'a>>,
    /// What to know before the file is loaded, in lines of a comment.
    before: Vec<String>,
    /// How it is loaded, how it takes the place of an earlier version, how it is saved and undone, likewise.
    way: Vec<String>,
}

#[derive(Serialize)]
struct Network<'a> {
    /// What the zone or interface is called in this language.
    name: String,
    path: &'a str,
    range: String,
}

#[derive(Serialize)]
struct Translation<'a> {
    name: &'a str,
    declared: String,
    public: String,
    inside: String,
}

impl<'a> Head<'a> {
    /// The head of a draft in a dialect; `name` says how the language calls a side.
    pub(super) fn new(draft: &Draft<'a>, cx: &EmitContext<'a>, dialect: &str, name: impl Fn(&str) -> String) -> Self {
        let plan = draft.plan;
        let operations = operations(dialect, &device_values(plan, dialect));
        Self {
            before: before(&operations),
            way: way(&operations),
            note: cx.note(),
            organization: cx.organization,
            path: &plan.path,
            declared: plan.declared.to_string(),
            networks: draft
                .sides
                .iter()
                .map(|side| Network { name: name(&side.name), path: side.path, range: side.range.to_string() })
                .collect(),
            translations: plan
                .nats
                .iter()
                .map(|nat| Translation {
                    name: &nat.name,
                    declared: nat.declared.to_string(),
                    public: nat.public.to_string(),
                    inside: nat.inside.to_string(),
                })
                .collect(),
        }
    }
}

/// A static translation, as rule sets of Linux write it.
#[derive(Serialize)]
pub(super) struct NatView {
    name: String,
    declared: String,
    public: String,
    inside: String,
}

/// The static translations of a firewall; a name has at most `limit` bytes.
pub(super) fn nats(draft: &Draft<'_>, limit: usize, escape: impl Fn(&str) -> String) -> Vec<NatView> {
    let view = |nat: &Nat| NatView {
        name: fitting([nat.name.clone()], &nat.name, limit, &escape),
        declared: nat.declared.to_string(),
        public: nat.public.to_string(),
        inside: nat.inside.to_string(),
    };
    draft.plan.nats.iter().map(view).collect()
}
