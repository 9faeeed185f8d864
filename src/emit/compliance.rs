//! The compliance sheet: Markdown for an auditor, and JSON.

use std::collections::BTreeMap;

use serde::Serialize;

use super::language::MARKDOWN;
use super::{Artifact, EmitContext, EmitError, TOOL, Team};
use crate::catalog::ComplianceTopic;
use crate::plan::compliance::{
    CompliancePlan, FactRow, Kept, PoolRow, Reach, RetentionRow, SettingRow, Standing, Store, ThingRow, TravelRow,
};
use crate::product::{PortRange, Transport};
use crate::text::thousands;

#[derive(Serialize)]
struct View<'a> {
    note: Option<&'static str>,
    tool: &'static str,
    organization: &'a str,
    product: &'static str,
    keeps: bool,
    settings: &'a [SettingRow<'a>],
    things: Vec<ThingView<'a>>,
    pools: Vec<PoolView<'a>>,
    travels: Vec<TravelView<'a>>,
    stores: Vec<StoreView<'a>>,
    areas: Vec<AreaView<'a>>,
    retention: Vec<RetentionView<'a>>,
    stops: Option<StopsView<'a>>,
    topics: Vec<TopicView<'a>>,
}

#[derive(Serialize)]
struct ThingView<'a> {
    what: &'a str,
    archived: &'static str,
    recorded: &'static str,
    note: Option<&'a str>,
    row: &'a str,
    confidence: &'static str,
}

#[derive(Serialize)]
struct PoolView<'a> {
    path: &'a str,
    site: &'a str,
    users: String,
    archived_by: &'a [&'a str],
    recorded_by: &'a [&'a str],
}

#[derive(Serialize)]
struct TravelView<'a> {
    from: Vec<&'a str>,
    to: Vec<&'a str>,
    ports: String,
    application: &'a str,
    firewalls: Vec<&'a str>,
    purpose: &'a str,
    row: &'a str,
}

#[derive(Serialize)]
struct StoreView<'a> {
    path: &'a str,
    role: &'a str,
    keeps: &'a str,
    addresses: String,
    networks: &'a [&'a str],
    /// Numbers from 1.
    areas: Vec<usize>,
    reached: Vec<ReachView<'a>>,
}

#[derive(Serialize)]
struct ReachView<'a> {
    from: &'a str,
    ports: String,
    application: &'a str,
    purpose: &'a str,
    firewalls: Vec<&'a str>,
    flow: &'a str,
}

#[derive(Serialize)]
struct AreaView<'a> {
    number: usize,
    networks: &'a [&'a str],
    more: usize,
}

#[derive(Serialize)]
struct RetentionView<'a> {
    what: &'a str,
    days: String,
    stated: String,
    standing: &'static str,
    detail: Option<&'a str>,
    row: &'a str,
    confidence: &'static str,
}

#[derive(Serialize)]
struct StopsView<'a> {
    pools: &'a [&'a str],
    users: String,
}

#[derive(Serialize)]
struct TopicView<'a> {
    title: &'static str,
    facts: Vec<&'a FactRow>,
}

/// How many networks of an area the page names; the JSON has all.
const NAMED: usize = 40;

/// Writes the sheet.
///
/// # Errors
/// A template that cannot be rendered.
pub fn emit(plan: &CompliancePlan<'_>, cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    let view = View {
        note: cx.note(),
        tool: TOOL,
        organization: plan.organization,
        product: plan.product,
        keeps: plan.keeps,
        settings: &plan.settings,
        things: plan.things.iter().map(thing).collect(),
        pools: pools(plan),
        travels: travels(plan),
        stores: plan.stores.iter().map(store).collect(),
        areas: areas(plan),
        retention: plan.retention.iter().map(retention).collect(),
        stops: plan.stops.as_ref().map(|stops| StopsView { pools: &stops.pools, users: thousands(stops.users) }),
        topics: topics(&plan.facts),
    };
    let artifact = |path: &str, content| Artifact {
        path: path.to_owned(),
        team: Team::Deployment,
        made_from: vec![cx.organization.to_owned()],
        content,
    };
    Ok(vec![
        artifact("runbook/compliance.json", json(plan, cx)),
        artifact("runbook/compliance.md", cx.templates.render(&MARKDOWN, "compliance", &view)?),
    ])
}

#[derive(Serialize)]
struct Versioned<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'static str>,
    version: u8,
    #[serde(flatten)]
    plan: &'a CompliancePlan<'a>,
}

/// Structs of strings, numbers and lists always can be written as JSON.
fn json(plan: &CompliancePlan<'_>, cx: &EmitContext<'_>) -> String {
    let text = serde_json::to_string_pretty(&Versioned { note: cx.note(), version: 1, plan });
    text.unwrap_or_default() + "\n"
}

fn thing<'a>(row: &ThingRow) -> ThingView<'a> {
    ThingView {
        what: row.what,
        archived: kept(row.archived),
        recorded: kept(row.recorded),
        note: row.note,
        row: row.row,
        confidence: row.confidence.word(),
    }
}

fn kept(kept: Kept) -> &'static str {
    match kept {
        Kept::Yes => "yes",
        Kept::External => "with external users",
        Kept::Off => "no, switched off",
        Kept::Never => "no, the product does not",
    }
}

fn pools<'a>(plan: &'a CompliancePlan<'_>) -> Vec<PoolView<'a>> {
    let view = |pool: &'a PoolRow<'_>| PoolView {
        path: pool.path,
        site: pool.site,
        users: pool.users.map_or_else(|| "not stated".to_owned(), thousands),
        archived_by: &pool.archived_by,
        recorded_by: &pool.recorded_by,
    };
    plan.pools.iter().map(view).collect()
}

fn travels<'a>(plan: &'a CompliancePlan<'_>) -> Vec<TravelView<'a>> {
    let view = |row: &'a TravelRow<'_>| TravelView {
        from: row.from.iter().copied().collect(),
        to: row.to.iter().copied().collect(),
        ports: ports(row.transports, row.ports),
        application: row.application,
        firewalls: row.firewalls.iter().copied().collect(),
        purpose: row.purpose,
        row: row.row,
    };
    plan.travels.iter().map(view).collect()
}

fn store<'a>(store: &'a Store<'_>) -> StoreView<'a> {
    let reach = |reach: &'a Reach<'_>| ReachView {
        from: reach.from,
        ports: ports(reach.transports, reach.ports),
        application: reach.application,
        purpose: reach.purpose,
        firewalls: reach.firewalls.iter().copied().collect(),
        flow: reach.flow,
    };
    StoreView {
        path: store.path,
        role: store.role,
        keeps: store.keeps,
        addresses: store.addresses.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        networks: &store.networks,
        areas: store.areas.iter().map(|at| at + 1).collect(),
        reached: store.reached.iter().map(reach).collect(),
    }
}

fn areas<'a>(plan: &'a CompliancePlan<'_>) -> Vec<AreaView<'a>> {
    let view = |(at, networks): (usize, &'a Vec<&'a str>)| {
        let shown = networks.len().min(NAMED);
        AreaView { number: at + 1, networks: &networks[..shown], more: networks.len() - shown }
    };
    plan.areas.iter().enumerate().map(view).collect()
}

fn retention(row: &RetentionRow) -> RetentionView<'_> {
    RetentionView {
        what: row.what,
        days: thousands(row.days),
        stated: row.stated.map(thousands).unwrap_or_default(),
        standing: match row.standing {
            Standing::Within => "within",
            Standing::Beyond => "beyond",
            Standing::NotStated => "not stated",
            Standing::FewerUsers => "does not apply to so few users",
        },
        detail: row.detail.as_deref(),
        row: row.row,
        confidence: row.confidence.word(),
    }
}

fn topics(facts: &[FactRow]) -> Vec<TopicView<'_>> {
    let mut topics: BTreeMap<ComplianceTopic, Vec<&FactRow>> = BTreeMap::new();
    facts.iter().for_each(|fact| topics.entry(fact.topic).or_default().push(fact));
    topics.into_iter().map(|(topic, facts)| TopicView { title: topic.title(), facts }).collect()
}

/// `tcp 135, 1801`.
fn ports(transports: &[Transport], ports: &[PortRange]) -> String {
    let ports: Vec<String> = ports.iter().map(ToString::to_string).collect();
    let transports: Vec<&str> = transports.iter().map(|transport| transport.word()).collect();
    format!("{} {}", transports.join(" and "), ports.join(", "))
}
