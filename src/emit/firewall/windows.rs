//! `network/firewall/hosts/`: a PowerShell script for Windows Firewall on each server of the product. Lists of addresses stand in one file
//! that all scripts read: many servers let in the same clients.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use serde::Serialize;

use super::super::artifact::windows_lines;
use super::super::{Artifact, EmitContext, EmitError, Language, Team};
use crate::packet::Ranges;
use crate::plan::digest;
use crate::plan::host::{HostPlan, HostsPlan};

/// What `dialect =` calls it.
pub const WORD: &str = "windows_firewall";

/// The folder of the scripts; no firewall's label is without a `-`.
const FOLDER: &str = "network/firewall/hosts";

/// The longest description that the console shows.
const MAX_DESCRIPTION: usize = 255;

#[derive(Serialize)]
struct Lists<'a> {
    note: Option<&'static str>,
    organization: &'a str,
    lists: Vec<(String, Vec<String>)>,
}

#[derive(Serialize)]
struct Host<'a> {
    note: Option<&'static str>,
    organization: &'a str,
    path: &'a str,
    declared: String,
    rules: Vec<Rule<'a>>,
}

#[derive(Serialize)]
struct Rule<'a> {
    id: &'a str,
    protocol: &'static str,
    local: Vec<String>,
    ports: Vec<String>,
    list: String,
    source_ports: Vec<String>,
    about: String,
}

/// All scripts; none where no server of the product is there.
pub fn emit(plan: &HostsPlan, cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    let mut lists: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let names: Vec<String> = plan
        .openings
        .iter()
        .map(|opening| {
            let said = said(&opening.sources);
            let name = format!("net_{}", digest(said.join(" "), 12));
            lists.entry(name.clone()).or_insert(said);
            name
        })
        .collect();
    let mut artifacts = Vec::with_capacity(plan.hosts.len() + 1);
    for host in &plan.hosts {
        let content = script(plan, host, &names, cx)?;
        artifacts.push(artifact(&format!("{}.ps1", host.label), vec![host.path.clone()], &content));
    }
    if !artifacts.is_empty() {
        let view = Lists { note: cx.note(), organization: cx.organization, lists: lists.into_iter().collect() };
        let content = cx.templates.render(Language::PowerShell, "hosts_lists", &view)?;
        let made_from = plan.hosts.iter().map(|host| host.path.clone()).collect();
        artifacts.push(artifact("lists.ps1", made_from, &content));
    }
    Ok(artifacts)
}

fn artifact(file: &str, made_from: Vec<String>, content: &str) -> Artifact {
    Artifact { path: format!("{FOLDER}/{file}"), team: Team::Network, made_from, content: windows_lines(content) }
}

fn script(plan: &HostsPlan, host: &HostPlan, lists: &[String], cx: &EmitContext<'_>) -> Result<String, EmitError> {
    let text = |items: &[crate::catalog::PortRange]| items.iter().map(ToString::to_string).collect::<Vec<_>>();
    let rules = host.rules.iter().filter_map(|(at, local)| {
        let (opening, list) = (plan.openings.get(*at)?, lists.get(*at)?);
        let whole = format!("{}: {}", opening.reason.short(), opening.reason.purpose);
        let about = super::draft::fitting([whole, opening.reason.short()], &opening.id, MAX_DESCRIPTION, |text| text.to_owned());
        Some(Rule {
            id: &opening.id,
            protocol: if opening.transport.word() == "tcp" { "TCP" } else { "UDP" },
            local: local.iter().map(Ipv4Addr::to_string).collect(),
            ports: text(&opening.ports),
            list: list.clone(),
            source_ports: opening.source_ports.as_deref().map(text).unwrap_or_default(),
            about,
        })
    });
    let view = Host {
        note: cx.note(),
        organization: cx.organization,
        path: &host.path,
        declared: host.declared.to_string(),
        rules: rules.collect(),
    };
    cx.templates.render(Language::PowerShell, "host", &view)
}

/// Addresses as Windows Firewall takes them: `10.0.0.1`, `10.0.0.1-10.0.0.9`.
fn said(ranges: &Ranges) -> Vec<String> {
    let address = Ipv4Addr::from_bits;
    let said = |(first, last)| match first == last {
        true => address(first).to_string(),
        false => format!("{}-{}", address(first), address(last)),
    };
    ranges.iter().map(said).collect()
}
