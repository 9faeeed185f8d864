//! The plan of names to files: each view and zone in the form of every tool that takes one, and all records as a table; two plans
//! to files that lead from one to the other.

mod bind;
mod change;
mod hosts;
mod nsupdate;
mod octodns;
mod records_csv;
mod rows;
mod view;

pub use change::{DnsRecordChange, DnsStageFiles, change};
pub use hosts::{emit_hosts, hosts_path};

use std::collections::BTreeSet;

use super::{Artifact, EmitContext, EmitError, Team};
use crate::artifact::windows_lines;
use crate::catalog::DnsView;
use crate::plan::Reason;
use crate::plan::digest;
use crate::plan::dns::{DnsPlan, ViewPlan, Zone};
use crate::plan::runbook::FileForm;

/// The table of all records.
pub const RECORDS: &str = "dns/records.csv";

/// File names end where file systems do; a zone of a longer name gets a digest in place of its tail.
const LONGEST_FILE: usize = 180;

/// All files of the DNS team; none when there are no names.
pub fn emit(plan: &DnsPlan, cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    let mut artifacts = Vec::new();
    for view in &plan.views {
        artifacts.extend(of_view(view, cx)?);
    }
    if !artifacts.is_empty() {
        artifacts.push(Artifact {
            path: RECORDS.to_owned(),
            team: Team::Dns,
            made_from: made_from(plan.records().flat_map(|(_, _, record)| &record.reasons)),
            content: records_csv::emit(plan, cx),
        });
    }
    Ok(artifacts)
}

fn of_view(plan: &ViewPlan, cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    let file =
        |path: String, made_from: &[String], content| Artifact { path, team: Team::Dns, made_from: made_from.to_vec(), content };
    let mut artifacts = Vec::new();
    for zone in &plan.zones {
        let from = made_from(zone.records.iter().flat_map(|record| &record.reasons));
        artifacts.push(file(path(plan.view, zone), &from, bind::emit(plan.view, zone, cx)?));
        artifacts.push(file(nsupdate_path(plan.view, zone), &from, nsupdate::emit(plan.view, zone, cx)?));
        if octodns::holds(zone) {
            artifacts.push(file(octodns_path(plan.view, zone), &from, octodns::zone(plan.view, zone, cx)?));
        }
    }
    let from = made_from(plan.zones.iter().flat_map(|zone| &zone.records).flat_map(|record| &record.reasons));
    artifacts.push(file(octodns_config(plan.view), &from, octodns::config(plan, cx)?));
    for (form, content) in view::emit(plan, cx)? {
        let content = if form.windows { windows_lines(&content) } else { content };
        artifacts.push(file(form_path(plan.view, form), &from, content));
    }
    Ok(artifacts)
}

/// The path of the file of a zone: `.zone` for a whole zone, `.records` for records to include.
pub fn path(view: DnsView, zone: &Zone) -> String {
    let ending = if zone.soa.is_some() { "zone" } else { "records" };
    format!("dns/{}/{}.{ending}", view.word(), file_name(zone.name.as_str()))
}

/// The files that change a zone, each with the way that `device_operations.toml` knows it by.
pub fn ways(view: DnsView, zone: &Zone) -> Vec<(&'static str, String)> {
    let of_view = view::FORMS.iter().filter_map(|form| Some((form.way?, form_path(view, form))));
    let update = [("bind_update", nsupdate_path(view, zone))];
    let whole = zone.soa.is_some().then(|| ("bind_zone", path(view, zone)));
    of_view.chain(update).chain(whole).collect()
}

/// The records of a zone for other tools: those that hold the zone, then those that hold its whole view.
pub fn forms(view: DnsView, zone: &Zone) -> Vec<FileForm> {
    let of_view = view::FORMS.iter().filter(|form| form.way.is_none());
    let mut forms: Vec<FileForm> = of_view.map(|form| FileForm { path: form_path(view, form), reader: form.reader }).collect();
    let octodns = octodns::holds(zone).then(|| octodns_path(view, zone));
    let octodns = octodns.into_iter().chain([octodns_config(view)]);
    forms.extend(octodns.map(|path| FileForm { path, reader: "octoDNS" }));
    forms
}

fn nsupdate_path(view: DnsView, zone: &Zone) -> String {
    format!("dns/{}/nsupdate/{}.nsupdate", view.word(), file_name(zone.name.as_str()))
}

fn octodns_path(view: DnsView, zone: &Zone) -> String {
    format!("dns/{}/octodns/{}.yaml", view.word(), zone.name)
}

fn octodns_config(view: DnsView) -> String {
    format!("dns/{}/octodns/config.yaml", view.word())
}

fn form_path(view: DnsView, form: &view::Form) -> String {
    format!("dns/{}/{}", view.word(), form.file)
}

fn file_name(name: &str) -> String {
    match name.get(..LONGEST_FILE) {
        Some(head) if name.len() > LONGEST_FILE => format!("{head}-{}", digest(name, 8)),
        _ => name.to_owned(),
    }
}

fn made_from<'r>(reasons: impl Iterator<Item = &'r Reason>) -> Vec<String> {
    let paths: BTreeSet<&str> = reasons.flat_map(|reason| &reason.declared).map(|declared| declared.path.as_str()).collect();
    paths.into_iter().map(str::to_owned).collect()
}
