//! What an auditor asks: what is archived and recorded, of whom, where it flows, who can reach it, how long it is kept, and what stops
//! when it fails. Input: model, traffic, catalogue. Output: a [`CompliancePlan`]. Knows nothing of pages.

mod kept;
mod stores;
#[cfg(test)]
mod tests;

use serde::Serialize;

use super::Plans;
use crate::catalog::{
    ComplianceFact, ComplianceTopic, Confidence, Limit, OutageAspect, OutageFact, Provenance, RecordedThing, Support, fact, facts,
};
use crate::flow::switched_on;
use crate::lower::Decl;
use crate::model::{Detail, Group, Topology};
use crate::product::{Feature, GroupKind, Relation, Role};

pub use kept::{RetentionRow, Standing};
pub use stores::{Reach, Store, TravelRow};

/// The sheet.
#[derive(Debug, Serialize)]
pub struct CompliancePlan<'a> {
    /// The organization's name.
    pub organization: &'a str,
    /// The release.
    pub product: &'static str,
    /// Whether anything is archived, recorded or kept in rooms.
    pub keeps: bool,
    /// What the topology decides.
    pub settings: Vec<SettingRow<'a>>,
    /// What is kept of each thing that people can do here.
    pub things: Vec<ThingRow>,
    /// The pools with their users.
    pub pools: Vec<PoolRow<'a>>,
    /// Where records travel.
    pub travels: Vec<TravelRow<'a>>,
    /// Where they are kept, and who can reach it.
    pub stores: Vec<Store<'a>>,
    /// The areas of these computers: networks that no firewall of the topology divides.
    pub areas: Vec<Vec<&'a str>>,
    /// The time for which they are kept beside what the release was measured with.
    pub retention: Vec<RetentionRow>,
    /// What stops when archiving fails; none where nothing does.
    pub stops: Option<Stops<'a>>,
    /// What the catalogue says of it, by topic.
    pub facts: Vec<FactRow>,
}

/// A decision of the topology.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct SettingRow<'a> {
    /// What is decided.
    pub what: &'static str,
    /// How.
    pub value: String,
    /// The declaration.
    pub declared: &'a str,
}

/// Whether something is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// Always.
    Yes,
    /// Of conversations with people outside the organization.
    External,
    /// The product could, and here it is off.
    Off,
    /// The product does not.
    Never,
}

/// Something that people do.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct ThingRow {
    /// What.
    pub what: &'static str,
    /// Whether its content is archived.
    pub archived: Kept,
    /// Whether that it took place is recorded.
    pub recorded: Kept,
    /// What an auditor must know.
    pub note: Option<&'static str>,
    /// The row of the catalogue.
    pub row: &'static str,
    /// The pages that state it, by key.
    pub source: &'static [String],
    /// How sure it is.
    pub confidence: Confidence,
}

/// A pool.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct PoolRow<'a> {
    /// Its path.
    pub path: &'a str,
    /// Its site.
    pub site: &'a str,
    /// Its users, where the topology states them.
    pub users: Option<u64>,
    /// The servers that archive its messages.
    pub archived_by: Vec<&'a str>,
    /// The servers that record its calls.
    pub recorded_by: Vec<&'a str>,
}

/// What stops when archiving fails.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Stops<'a> {
    /// The pools whose front ends stop.
    pub pools: Vec<&'a str>,
    /// Their users, as far as the topology states them.
    pub users: u64,
}

/// A fact of the catalogue.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct FactRow {
    /// What it is about.
    pub topic: ComplianceTopic,
    /// The fact.
    pub what: String,
    /// The row of the catalogue.
    pub row: &'static str,
    /// The pages that state it, by key.
    pub source: &'static [String],
    /// How sure it is.
    pub confidence: Confidence,
}

impl FactRow {
    fn new(topic: ComplianceTopic, what: String, row: &'static str, provenance: &'static Provenance) -> Self {
        Self { topic, what, row, source: &provenance.source, confidence: provenance.confidence }
    }
}

/// What the topology decides about archiving.
struct Decisions<'a> {
    topology: &'a Topology,
    block: Option<&'a Decl>,
    /// `none`, `external` or `all`, where the feature is on.
    archive: Option<&'static str>,
    calls: bool,
    quality: bool,
    critical: bool,
}

impl<'a> Decisions<'a> {
    fn of(topology: &'a Topology) -> Self {
        let on = |feature| topology.organization.feature(feature).is_some();
        let block = topology.decls.blocks("organization").find_map(|decl| decl.block("compliance"));
        let chosen = block.and_then(|block| block.choice("archive")).map(|choice| choice.value);
        let calls = on(Feature::CallDetailRecords)
            && block.is_none_or(|block| !block.is_written("call_detail_records") || block.boolean("call_detail_records"));
        Self {
            topology,
            block,
            archive: on(Feature::ImArchiving).then(|| chosen.unwrap_or("all")),
            calls,
            quality: on(Feature::QoeMonitoring),
            critical: block.is_some_and(|block| block.boolean("critical")),
        }
    }

    fn archives(&self) -> bool {
        self.archive.is_some_and(|word| word != "none")
    }

    fn content(&self) -> Kept {
        match self.archive {
            Some("all") => Kept::Yes,
            Some("external") => Kept::External,
            _ => Kept::Off,
        }
    }
}

/// The sheet of a topology.
pub fn plan(plans: Plans<'_>) -> CompliancePlan<'_> {
    let topology = plans.topology;
    let decisions = Decisions::of(topology);
    let rooms = topology.organization.feature(Feature::GroupChat).is_some();
    let pools = pools(&decisions);
    let (stores, areas) = stores::stores(plans);
    let stops = (decisions.critical && decisions.archives()).then(|| {
        let stopping = || pools.iter().filter(|pool| !pool.archived_by.is_empty());
        Stops {
            pools: stopping().map(|pool| pool.path).collect(),
            users: stopping().filter_map(|pool| pool.users).fold(0, u64::saturating_add),
        }
    });
    CompliancePlan {
        organization: &topology.organization.name,
        product: topology.organization.product.title(),
        keeps: decisions.archives() || decisions.calls || decisions.quality || rooms,
        settings: settings(&decisions),
        things: things(&decisions),
        travels: stores::travels(plans),
        stores,
        areas,
        retention: kept::retention(&decisions, &pools),
        facts: said(&decisions),
        pools,
        stops,
    }
}

fn settings<'a>(decisions: &Decisions<'a>) -> Vec<SettingRow<'a>> {
    let organization = decisions.topology.organization.name.as_str();
    let row = |what, value: &str| SettingRow { what, value: value.to_owned(), declared: organization };
    let yes = |on| if on { "yes" } else { "no" };
    let messages = match decisions.content() {
        Kept::Yes => "all",
        Kept::External => "those with people outside the organization, and all conversations of three people or more",
        _ => "none",
    };
    let mut rows = vec![
        row("messages that are archived", messages),
        row("call details are recorded", yes(decisions.calls)),
        row("the quality of calls is recorded", yes(decisions.quality)),
        row("front ends stop when they cannot archive (critical mode)", yes(decisions.critical && decisions.archives())),
    ];
    rows.extend(decisions.topology.groups.iter().filter_map(purge));
    rows
}

/// When an Archiving Server purges its database, where the topology states it.
fn purge(group: &Group) -> Option<SettingRow<'_>> {
    let Detail::Records { purge_hour, purges, .. } = &group.detail else { return None };
    let value = match (purges, purge_hour) {
        (false, _) => "never: another server purges it".to_owned(),
        (true, hour) => format!("{:02}:00", hour.as_ref()?),
    };
    Some(SettingRow { what: "the database is purged each day at", value, declared: &group.path })
}

fn things(decisions: &Decisions<'_>) -> Vec<ThingRow> {
    let topology = decisions.topology;
    let rows = facts::<RecordedThing>(topology.organization.product).iter();
    let possible = rows.filter(|row| switched_on(topology, &row.when).is_some());
    let row = |row: &'static RecordedThing| {
        let content = match decisions.content() {
            // Group conversations are archived as soon as any messages are.
            Kept::External if row.id == "group_messages" => Kept::Yes,
            kept => kept,
        };
        let calls = if decisions.calls { Kept::Yes } else { Kept::Off };
        ThingRow {
            what: &row.what,
            archived: if row.archived { content } else { Kept::Never },
            recorded: if row.recorded { calls } else { Kept::Never },
            note: row.note.as_deref(),
            row: &row.id,
            source: &row.provenance.source,
            confidence: row.provenance.confidence,
        }
    };
    possible.map(row).collect()
}

/// The relation of a pool to the server that keeps its call details: where the purge of an Archiving Server is measured with them, that
/// server keeps them.
fn keeps_calls(topology: &Topology) -> Relation {
    match fact::<Limit>(topology.organization.product, "archiving.purge.call_detail_records") {
        Some(_) => Relation::Archiving,
        None => Relation::Monitoring,
    }
}

fn pools<'a>(decisions: &Decisions<'a>) -> Vec<PoolRow<'a>> {
    let topology = decisions.topology;
    let calls = keeps_calls(topology);
    let named = |group: &'a Group, relation: Relation, on: bool| -> Vec<&'a str> {
        group.related(relation).filter(|_| on).map(|id| topology.group(id).path.as_str()).collect()
    };
    let row = |group: &'a Group| {
        let Detail::Pool { users, .. } = &group.detail else { return None };
        Some(PoolRow {
            path: &group.path,
            site: &topology.site(group.site).name,
            users: users.as_ref().map(|users| users.value),
            archived_by: named(group, Relation::Archiving, decisions.archives()),
            recorded_by: named(group, calls, decisions.calls),
        })
    };
    topology.groups.iter().filter_map(row).collect()
}

/// What the catalogue says: facts about archiving, the link to a database elsewhere, and outages of what archives.
fn said(decisions: &Decisions<'_>) -> Vec<FactRow> {
    let topology = decisions.topology;
    let product = topology.organization.product;
    if !decisions.archives() && !decisions.calls {
        return Vec::new();
    }
    let own = facts::<ComplianceFact>(product).iter();
    let own = own.filter(|row| row.critical.is_none_or(|critical| critical == decisions.critical));
    let own = own.filter(|row| switched_on(topology, &row.when).is_some());
    let mut rows: Vec<FactRow> = own.map(|row| FactRow::new(row.topic, row.what.clone(), &row.id, &row.provenance)).collect();
    let mut archives = topology.groups.iter().filter(|group| group.kind == GroupKind::ArchivingServer);
    let is_apart = archives.any(|group| group.related(Relation::BackEnd).next().is_some());
    if let Some(row) = fact::<Support>(product, "archiving.database_link").filter(|_| is_apart) {
        rows.push(FactRow::new(ComplianceTopic::Protection, format!("Advised: {}.", row.what), &row.id, &row.provenance));
    }
    let fails = |row: &&OutageFact| {
        let of_archive = row.role == Some(Role::Archiving) || row.of == Some(GroupKind::ArchivingServer);
        of_archive
            && matches!(row.aspect, OutageAspect::Running | OutageAspect::Time)
            && row.critical.is_none_or(|critical| critical == decisions.critical)
    };
    let is_used = topology.groups.iter().any(|group| group.kind == GroupKind::ArchivingServer);
    for row in facts::<OutageFact>(product).iter().filter(|_| is_used).filter(fails) {
        let down = if row.of.is_some() { "its database" } else { "an Archiving Server" };
        rows.push(FactRow::new(ComplianceTopic::Failure, format!("Without {down}: {}.", row.what), &row.id, &row.provenance));
    }
    rows.sort_by_key(|row| row.topic);
    rows
}
