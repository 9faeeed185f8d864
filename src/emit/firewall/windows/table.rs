//! `rules.csv` beside the scripts: all that each server admits, and what its script omits and why.

use std::net::Ipv4Addr;

use super::super::super::{EmitContext, csv};
use super::{LeftOut, port_list};
use crate::plan::host::{HostPlan, HostsPlan};

const HEADER: [&str; 12] = [
    "server",
    "operating system",
    "rule",
    "protocol",
    "ports",
    "sender's ports",
    "own addresses",
    "senders",
    "not in the script",
    "why not",
    "reason",
    "confidence",
];

pub(super) type Row = [String; HEADER.len()];

pub(super) fn rows(plan: &HostsPlan, host: &HostPlan, left_out: &[LeftOut]) -> Vec<Row> {
    let row = |(at, local): &(usize, Vec<Ipv4Addr>)| {
        let opening = plan.openings.get(*at)?;
        let out: Vec<&LeftOut> = left_out.iter().filter(|out| out.at == *at).collect();
        Some([
            host.path.clone(),
            if host.system_stated { host.system.to_owned() } else { format!("{} (not declared)", host.system) },
            opening.id.clone(),
            opening.transport.word().to_owned(),
            port_list(&opening.ports),
            opening.source_ports.as_deref().map(port_list).unwrap_or_default(),
            local.iter().map(Ipv4Addr::to_string).collect::<Vec<_>>().join(" "),
            opening.sources.networks().iter().map(|net| super::super::draft::plain(*net)).collect::<Vec<_>>().join(" "),
            out.iter().map(|out| out.ports.as_str()).collect::<Vec<_>>().join("; "),
            out.first().map(|out| out.why.to_owned()).unwrap_or_default(),
            opening.reason.purpose.clone(),
            opening.reason.confidence.word().to_owned(),
        ])
    };
    host.rules.iter().filter_map(row).collect()
}

pub(super) fn write(rows: Vec<Row>, cx: &EmitContext<'_>) -> String {
    csv::write(cx.note(), &HEADER, rows)
}
