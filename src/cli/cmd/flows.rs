//! `ocstopo flows`

use std::collections::BTreeSet;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use crate::cli::args::Input;
use crate::cli::exit::{Exit, Failure};
use crate::cli::{load, table};
use crate::compile::CompileOptions;
use crate::emit::csv;
use crate::flow::{self, Flow, Leg, Peer};
use crate::io::Out;
use crate::model::Topology;
use crate::report::count;

/// List all traffic of a topology: who opens a connection to whom, on which ports, through which firewalls, for what
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ocstopo flows examples/contoso\n  ocstopo flows examples/contoso --format csv > flows.csv")]
pub(in crate::cli) struct Flows {
    #[command(flatten)]
    input: Input,

    /// How it is written
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// Fitted to the terminal, with fewer columns in a narrow one; groups of servers by their group's name
    Table,
    /// A row for each flow and way, every party by its path
    Csv,
    /// For programs
    Json,
}

impl Flows {
    pub(in crate::cli) fn run(self, out: &mut Out) -> Result<Exit, Failure> {
        let (compiled, tally) = load::compiled(&self.input, &CompileOptions::default(), out)?;
        let (Some(topology), Some(flows)) = (&compiled.topology, &compiled.flows) else { return Ok(Exit::Findings) };
        let flows = &flows.flows;
        match self.format {
            Format::Table => {
                let rows = flows.iter().map(|flow| row(topology, flow)).collect();
                let (drawn, left_out) = table::fitting(&COLUMNS, rows, NEEDED, out.output_canvas().width);
                out.print(&drawn);
                out.note(&format!("{}{left_out}\n", count(flows.len(), "flow")));
            }
            Format::Csv => out.print(&csv_text(topology, flows)),
            Format::Json => {
                let flows: Vec<Value> = flows.iter().map(|flow| value(topology, flow)).collect();
                out.print(&format!("{:#}\n", json!({ "version": 1, "flows": flows })));
            }
        }
        Ok(Exit::found(tally.errors > 0))
    }
}

/// The columns of the table, the most needed first: the later ones give way where the terminal is narrow.
const COLUMNS: [&str; 7] = ["id", "from", "to", "ports", "crosses", "application", "feature"];

/// Without these columns it is no table of flows.
const NEEDED: usize = 4;

/// The cells of a flow, in the order of the columns.
fn row(topology: &Topology, flow: &Flow<'_>) -> Vec<String> {
    let ways: BTreeSet<String> = flow.legs.iter().map(|leg| crosses(topology, leg)).collect();
    let ways: Vec<String> = ways.into_iter().map(|way| if way.is_empty() { "-".to_owned() } else { way }).collect();
    vec![
        flow.id.clone(),
        parties(topology, &flow.from),
        parties(topology, &flow.to),
        ports(flow).replace(' ', table::HARD_BLANK),
        ways.join("; "),
        flow.row.application.clone(),
        features(flow),
    ]
}

/// Parties in few words: servers of one group under its name, the first few, and how many more there are.
pub(super) fn parties(topology: &Topology, peers: &[Peer]) -> String {
    const SHOWN: usize = 3;
    let mut names: Vec<(String, usize)> = Vec::new();
    for peer in peers {
        let name = match (peer.server, peer.group) {
            (Some(_), Some(group)) => &topology.group(group).path,
            _ => &peer.path,
        };
        match names.iter_mut().rev().find(|(known, _)| known == name) {
            Some((_, n)) => *n += 1,
            None => names.push((name.clone(), 1)),
        }
    }
    let mut words: Vec<String> =
        names.iter().take(SHOWN).map(|(name, n)| if *n > 1 { format!("{name} ({n})") } else { name.clone() }).collect();
    if names.len() > SHOWN {
        words.push(format!("{} more", names.len() - SHOWN));
    }
    words.join(", ")
}

/// `tcp 5061`, `tcp+udp 3478`, `udp 50000-59999`.
pub(super) fn ports(flow: &Flow<'_>) -> String {
    format!("{} {}", transports(flow), list(&flow.ports))
}

fn transports(flow: &Flow<'_>) -> String {
    flow.transports.iter().map(|transport| transport.word()).collect::<Vec<_>>().join("+")
}

fn list(ports: &[crate::product::PortRange]) -> String {
    if ports.is_empty() { "any".to_owned() } else { ports.iter().map(ToString::to_string).collect::<Vec<_>>().join(",") }
}

fn crosses(topology: &Topology, leg: &Leg) -> String {
    leg.crossings.iter().map(|crossing| topology.firewall(crossing.firewall).path.as_str()).collect::<Vec<_>>().join(" > ")
}

pub(super) fn features(flow: &Flow<'_>) -> String {
    flow.features.iter().map(|(feature, _)| feature.word()).collect::<Vec<_>>().join(" ")
}

fn csv_text(topology: &Topology, flows: &[Flow<'_>]) -> String {
    let header = [
        "id",
        "row",
        "from",
        "to",
        "transport",
        "source_ports",
        "ports",
        "application",
        "crosses",
        "features",
        "purpose",
        "step",
        "source",
        "confidence",
    ];
    let rows = flows.iter().flat_map(|flow| flow.legs.iter().map(move |leg| (flow, leg))).map(|(flow, leg)| {
        let paths = |peers: &[Peer], positions: &[usize]| {
            positions.iter().filter_map(|at| peers.get(*at)).map(|peer| peer.path.as_str()).collect::<Vec<_>>().join(" ")
        };
        [
            flow.id.clone(),
            flow.row.id.clone(),
            paths(&flow.from, &leg.from),
            paths(&flow.to, &leg.to),
            transports(flow),
            flow.source_ports.as_deref().map(list).unwrap_or_default(),
            list(&flow.ports),
            flow.row.application.clone(),
            crosses(topology, leg),
            features(flow),
            flow.row.purpose.clone(),
            flow.row.provenance.step.to_string(),
            flow.row.provenance.source.join(" "),
            flow.row.provenance.confidence.word().to_owned(),
        ]
    });
    csv::write(None, &header, rows)
}

fn value(topology: &Topology, flow: &Flow<'_>) -> Value {
    let peer = |peer: &Peer| {
        json!({ "path": peer.path, "role": peer.role.word(), "address": peer.net.to_string(), "public": peer.public,
                "network": topology.network(peer.network).path })
    };
    let leg = |leg: &Leg| {
        let crossing = |crossing: &flow::Crossing| {
            json!({ "firewall": topology.firewall(crossing.firewall).path, "enters": topology.network(crossing.enters).path,
                    "leaves": topology.network(crossing.leaves).path })
        };
        json!({ "from": leg.from, "to": leg.to, "crossings": leg.crossings.iter().map(crossing).collect::<Vec<_>>() })
    };
    let row = flow.row;
    json!({
        "id": flow.id,
        "row": row.id,
        "reversed": flow.reversed,
        "transports": flow.transports,
        "source_ports": flow.source_ports,
        "ports": flow.ports,
        "application": row.application,
        "tls": row.tls,
        "features": flow.features.iter().map(|(feature, _)| feature.word()).collect::<Vec<_>>(),
        "purpose": row.purpose,
        "breaks": row.breaks,
        "step": row.provenance.step,
        "source": row.provenance.source,
        "confidence": row.provenance.confidence.word(),
        "from": flow.from.iter().map(peer).collect::<Vec<_>>(),
        "to": flow.to.iter().map(peer).collect::<Vec<_>>(),
        "legs": flow.legs.iter().map(leg).collect::<Vec<_>>(),
    })
}
