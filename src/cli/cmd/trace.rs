//! `ocstopo trace`

use std::collections::BTreeMap;

use clap::Args;

use super::flows::{features, ports};
use crate::cli::args::Input;
use crate::cli::exit::{Exit, Failure};
use crate::cli::load;
use crate::compile::{CompileOptions, Compiled};
use crate::flow::{Flow, Peer};
use crate::graph::Node;
use crate::io::Out;
use crate::model::Topology;
use crate::plan::Lines;
use crate::plan::firewall::{self, FirewallPlan, FirewallRule};
use crate::query::trace::{Connection, trace};
use crate::report::{count, wrap};

/// Follow the connections from one place to another, hop by hop, with the firewall rules that let them pass
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ocstopo trace redmond.clients redmond.pool01 examples/contoso\n  \
    ocstopo trace internet 131.107.155.10 examples/contoso")]
pub(in crate::cli) struct Trace {
    /// Who opens: a site, network, group or server by its path, `internet`, or an address
    from: String,

    /// Who listens: the same
    to: String,

    #[command(flatten)]
    input: Input,
}

impl Trace {
    pub(in crate::cli) fn run(self, out: &mut Out) -> Result<Exit, Failure> {
        let (compiled, tally) = load::compiled(&self.input, &CompileOptions::default(), out)?;
        let (Some(topology), Some(flows)) = (&compiled.topology, &compiled.flows) else { return Ok(Exit::Findings) };
        let traced = trace(topology, flows, &self.from, &self.to)?;
        if traced.connections.is_empty() {
            out.print(&format!("no flow goes from {} to {}: what is not listed is dropped\n", self.from, self.to));
            return Ok(Exit::found(tally.errors > 0));
        }
        let lines = Lines { sources: &compiled.sources, show: true };
        let plans = firewall::plan(topology, flows, &lines);
        let view = View { compiled: &compiled, topology, plans: &plans, width: out.output_canvas().width };
        let mut ways: BTreeMap<(usize, &[Node]), Vec<&Connection>> = BTreeMap::new();
        for connection in &traced.connections {
            ways.entry((connection.flow, &connection.hops)).or_default().push(connection);
        }
        for ((flow, hops), connections) in &ways {
            if let Some(flow) = flows.flows.get(*flow) {
                out.print(&view.way(flow, hops, connections));
                out.print("\n");
            }
        }
        out.note(&format!("{} on {}\n", count(traced.connections.len(), "connection"), count(ways.len(), "way")));
        Ok(Exit::found(tally.errors > 0))
    }
}

struct View<'a> {
    compiled: &'a Compiled,
    topology: &'a Topology,
    plans: &'a [FirewallPlan],
    width: usize,
}

impl View<'_> {
    fn way(&self, flow: &Flow<'_>, hops: &[Node], connections: &[&Connection]) -> String {
        let row = flow.row;
        let mut text = format!("{}  {}  {}\n", flow.id, ports(flow), row.application);
        let mut line = |word: &str, value: &str| {
            for (i, part) in wrap(value, self.width.saturating_sub(11)).iter().enumerate() {
                text += format!("  {:8} {part}", if i == 0 { word } else { "" }).trim_end();
                text.push('\n');
            }
        };
        line("from", &peers(connections.iter().map(|connection| &connection.from)));
        line("to", &peers(connections.iter().map(|connection| &connection.to)));
        line("way", &hops.iter().map(|hop| self.hop(*hop)).collect::<Vec<_>>().join(" -> "));
        for (place, rule) in self.rules(flow, connections) {
            line("rule", &format!("{} on {place}", rule.id));
        }
        line("feature", &features(flow));
        line("why", &row.purpose);
        line("without", &row.breaks);
        let title = |key: &String| self.compiled.catalog.and_then(|catalog| catalog.source_title(key)).unwrap_or(key).to_owned();
        let sources: Vec<String> = row.provenance.source.iter().map(title).collect();
        line(
            "source",
            &format!("step {}; {}; confidence {}", row.provenance.step, sources.join("; "), row.provenance.confidence.word()),
        );
        text
    }

    fn hop(&self, hop: Node) -> String {
        match hop {
            Node::Network(network) => self.topology.network(network).path.clone(),
            Node::Firewall(firewall) => format!("[{}]", self.topology.firewall(firewall).path),
            Node::WanLink(link) => {
                let link = self.topology.wan_links.get(link.index());
                format!("({})", link.map_or("", |link| link.path.as_str()))
            }
        }
    }

    /// The rules that let the connections of one way pass, firewall by firewall.
    fn rules(&self, flow: &Flow<'_>, connections: &[&Connection]) -> Vec<(&str, &FirewallRule)> {
        let Some(first) = connections.first() else { return Vec::new() };
        let mut rules = Vec::new();
        for crossing in &first.crossings {
            let path = &self.topology.firewall(crossing.firewall).path;
            let plan = self.plans.iter().filter(|plan| plan.path == *path);
            let passes = |rule: &&FirewallRule| {
                let names = |parties: &[firewall::Party], peer: &Peer| parties.iter().any(|party| party.path == peer.path);
                rule.flow == flow.id && names(&rule.sources, &first.from) && names(&rule.destinations, &first.to)
            };
            rules.extend(plan.flat_map(|plan| plan.rules.iter().filter(passes).map(|rule| (plan.path.as_str(), rule))));
        }
        rules
    }
}

/// Each party once, with its address; the first few, and how many more there are.
fn peers<'a>(peers: impl Iterator<Item = &'a Peer>) -> String {
    const SHOWN: usize = 6;
    let mut names: Vec<String> = Vec::new();
    for peer in peers {
        let public = peer.public.map(|public| format!(", outside {public}")).unwrap_or_default();
        let address = if peer.net.prefix_len() == 32 { peer.net.addr().to_string() } else { peer.net.to_string() };
        let name = format!("{} ({address}{public})", peer.path);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let more = names.len().saturating_sub(SHOWN);
    names.truncate(SHOWN);
    if more > 0 {
        names.push(format!("{more} more"));
    }
    names.join(", ")
}
