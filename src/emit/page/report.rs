//! `report.html`: one page for the meeting and for the auditor. Short parts are text; the tables are drawn by its script
//! as far as they are in view.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Kind;
use super::data::{Dictionary, Table, json};
use super::report_tables::tables;

use crate::catalog::Source;
use crate::diagram::Picture;
use crate::emit::diagram::svg;
use crate::emit::{Artifact, EmitContext, EmitError, Team};
use crate::plan::report::{ReportPlan, RuleCount, WaiverRow};
use crate::text::thousands;

const REPORT: &str = "report/report.html";

pub(super) const STYLES: &[&str] = &["page.css", "report.css"];
pub(super) const SCRIPTS: &[&str] = &["page.js", "table.js", "report.js"];

/// How many rows the text of the page has of each list; the tables have all.
const SHOWN: usize = 40;

/// The variables of the template.
#[derive(Serialize)]
struct View<'a> {
    sip_domains: &'a [&'a str],
    features: &'a [&'static str],
    sites: usize,
    /// `25,800`.
    users: Option<String>,
    /// `2 warnings, 3 notes`.
    findings: String,
    rules: &'a [RuleCount],
    more_rules: usize,
    waivers: &'a [WaiverRow<'a>],
    more_waivers: usize,
    tables: Vec<TableView>,
}

/// A table as the contents list it.
#[derive(Serialize)]
struct TableView {
    id: &'static str,
    title: &'static str,
    about: &'static str,
    rows: usize,
    /// Files of the build with the same rows.
    files: &'static [&'static str],
}

/// What the script reads.
#[derive(Serialize)]
struct Data<'a> {
    organization: &'a str,
    words: Vec<&'a str>,
    lists: Vec<&'a [u32]>,
    tables: &'a [Table],
    sources: &'a BTreeMap<&'a str, &'a Source>,
}

/// The page of a review.
pub fn report(plan: &ReportPlan<'_>, picture: &Picture, cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    let mut dictionary = Dictionary::new();
    let tables = tables(plan, &mut dictionary);
    let data = Data {
        organization: plan.organization,
        words: dictionary.words(),
        lists: dictionary.lists(),
        tables: &tables,
        sources: &plan.sources,
    };
    let shown = plan.waivers.len().min(SHOWN);
    let own = View {
        sip_domains: &plan.sip_domains,
        features: &plan.features,
        sites: plan.sites.len(),
        users: Some(plan.sites.iter().filter_map(|site| site.users).sum()).filter(|users| *users > 0).map(thousands),
        findings: tally(&plan.rules),
        rules: &plan.rules[..plan.rules.len().min(SHOWN)],
        more_rules: plan.rules.len().saturating_sub(SHOWN),
        waivers: &plan.waivers[..shown],
        more_waivers: plan.waivers.len() - shown,
        tables: tables.iter().map(view).collect(),
    };
    let kind = Kind { template: "report", styles: STYLES, scripts: SCRIPTS, shown: svg::STYLE, product: plan.product };
    // The picture is markup already, and its place is the end of the first portion.
    let content = kind.first(&own, cx)? + &svg::element(picture, "picture") + &kind.last(&own, json(&data), cx)?;
    let made_from = vec![plan.organization.to_owned()];
    Ok(vec![Artifact { path: REPORT.to_owned(), team: Team::Deployment, made_from, content }])
}

fn view(table: &Table) -> TableView {
    let files: &[&str] = match table.id {
        "rules" => &["network/firewall/<firewall>/rules.csv"],
        "names" => &["dns/records.csv"],
        "certificates" => &["pki/certificates.csv"],
        "listeners" => &["network/load-balancer/<balancer>/listeners.csv"],
        "servers" => &["runbook/runbook.md"],
        "figures" => &["sizing/sizing.md", "sizing/sizing.csv"],
        "bill" => &["sizing/bill.md", "sizing/bill.csv"],
        _ => &[],
    };
    TableView { id: table.id, title: table.title, about: table.about, rows: table.rows, files }
}

/// `2 warnings, 3 notes`, the worst first.
fn tally(rules: &[RuleCount]) -> String {
    let of = |severity: &str| -> usize { rules.iter().filter(|rule| rule.severity == severity).map(|rule| rule.count).sum() };
    let parts = ["error", "warning", "note"].map(|severity| (severity, of(severity)));
    let parts = parts.iter().filter(|(_, count)| *count > 0);
    let parts: Vec<String> =
        parts.map(|(severity, count)| format!("{count} {severity}{}", if *count == 1 { "" } else { "s" })).collect();
    if parts.is_empty() { "no findings".to_owned() } else { parts.join(", ") }
}
