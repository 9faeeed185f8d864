//! What `ocstopo flows` finds.

use std::collections::BTreeSet;

use super::lines::joined;
use crate::query::flows::{Flow, FlowList, Leg, Peer};
use crate::report::{count, table};
use crate::text::csv;

/// The columns of the table, the most needed first: the later ones give way where the terminal is narrow.
const COLUMNS: [&str; 7] = ["id", "from", "to", "ports", "crosses", "application", "feature"];

/// Without these columns it is no table of flows.
const NEEDED: usize = 4;

/// A table that fits a terminal, and a summary that says which columns do not fit.
pub fn human(list: &FlowList<'_>, width: usize) -> (String, String) {
    let rows = list.flows.iter().map(row).collect();
    let (drawn, left_out) = table::fitting(&COLUMNS, rows, NEEDED, width);
    (drawn, format!("{}{left_out}\n", count(list.flows.len(), "flow")))
}

/// A row for each flow and way, every party by its path.
pub fn csv(list: &FlowList<'_>) -> String {
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
    let rows = list.flows.iter().flat_map(|flow| flow.legs.iter().map(move |leg| (flow, leg))).map(|(flow, leg)| {
        let paths = |peers: &[Peer<'_>], positions: &[usize]| {
            positions.iter().filter_map(|at| peers.get(*at)).map(|peer| peer.path).collect::<Vec<_>>().join(" ")
        };
        [
            flow.id.to_owned(),
            flow.row.to_owned(),
            paths(&flow.from, leg.from),
            paths(&flow.to, leg.to),
            transports(flow),
            flow.source_ports.map(ports).unwrap_or_default(),
            ports(flow.ports),
            flow.application.to_owned(),
            crosses(leg),
            flow.features.join(" "),
            flow.purpose.to_owned(),
            flow.step.to_string(),
            flow.source.join(" "),
            flow.confidence.to_owned(),
        ]
    });
    csv::write(None, &header, rows)
}

/// The cells of a flow, in the order of the columns.
fn row(flow: &Flow<'_>) -> Vec<String> {
    let ways: BTreeSet<String> = flow.legs.iter().map(crosses).collect();
    let ways: Vec<String> = ways.into_iter().map(|way| if way.is_empty() { "-".to_owned() } else { way }).collect();
    vec![
        flow.id.to_owned(),
        parties(&flow.from),
        parties(&flow.to),
        format!("{} {}", transports(flow), ports(flow.ports)).replace(' ', table::HARD_BLANK),
        ways.join("; "),
        flow.application.to_owned(),
        flow.features.join(" "),
    ]
}

/// Parties in few words: servers of one group under its name, the first few, and how many more there are.
fn parties(peers: &[Peer<'_>]) -> String {
    const SHOWN: usize = 3;
    let mut names: Vec<(&str, usize)> = Vec::new();
    for peer in peers {
        let name = peer.group.unwrap_or(peer.path);
        match names.iter_mut().rev().find(|(known, _)| *known == name) {
            Some((_, n)) => *n += 1,
            None => names.push((name, 1)),
        }
    }
    let shown = |(name, n): &(&str, usize)| if *n > 1 { format!("{name} ({n})") } else { (*name).to_owned() };
    let mut words: Vec<String> = names.iter().take(SHOWN).map(shown).collect();
    if names.len() > SHOWN {
        words.push(format!("{} more", names.len() - SHOWN));
    }
    words.join(", ")
}

fn transports(flow: &Flow<'_>) -> String {
    flow.transports.iter().map(|transport| transport.word()).collect::<Vec<_>>().join("+")
}

fn ports<T: ToString>(ports: &[T]) -> String {
    if ports.is_empty() { "any".to_owned() } else { joined(ports, ",") }
}

fn crosses(leg: &Leg<'_>) -> String {
    leg.crossings.iter().map(|crossing| crossing.firewall).collect::<Vec<_>>().join(" > ")
}
