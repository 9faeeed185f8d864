//! The order of steps: prerequisites come first; among the rest phase, group, server and row decide.
//!
//! Steps of one row that others wait for together meet in a node of their own, so that the graph grows with the number of
//! steps and not with its square. The loader has proved that rows neither wait for themselves nor for a later phase, so
//! there is no cycle, and the steps of a phase stay together.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::facts::Facts;
use super::fill::{Filler, InstanceValues};
use super::instances::{Bucket, Instance, Subject};
use super::{Line, Phase, Prerequisite, Run, Step};
use crate::plan::Reason;

/// A set of steps that others wait for: a row, and which of its instances.
pub(super) type Gate = (usize, Bucket);

/// Above so many steps that no common beginning of their ids names, a prerequisite is said as a whole.
const LOOSE: usize = 6;

/// The instances in order, and what each of them waits for.
pub(super) struct Ordered {
    /// Positions of instances, first to be done first.
    pub(super) order: Vec<usize>,
    /// The number of each instance, from 1.
    pub(super) numbers: Vec<usize>,
    /// The gates of each instance.
    pub(super) waits: Vec<Vec<Gate>>,
    /// The instances behind each gate.
    pub(super) members: BTreeMap<Gate, Vec<usize>>,
}

/// What decides between steps that could both come next.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    phase: usize,
    group: String,
    path: String,
    row: usize,
}

/// Orders all instances.
pub(super) fn order(facts: &Facts<'_>, instances: &[Instance]) -> Ordered {
    let by_id: FxHashMap<&str, usize> =
        facts.inputs.steps.steps.iter().enumerate().map(|(at, row)| (row.id.as_str(), at)).collect();
    let (mut waits, mut members) = (Vec::with_capacity(instances.len()), BTreeMap::<Gate, Vec<usize>>::new());
    for instance in instances {
        let mut gates: Vec<Gate> = Vec::new();
        for after in &instance.row.after {
            let Some(earlier) = by_id.get(after.step.as_str()) else { continue };
            gates.extend(instance.subject.related(facts, after.within).into_iter().map(|bucket| (*earlier, bucket)));
        }
        members.extend(gates.iter().map(|gate| (*gate, Vec::new())));
        waits.push(gates);
    }
    for (at, instance) in instances.iter().enumerate() {
        for bucket in instance.subject.buckets(facts) {
            if let Some(gate) = members.get_mut(&(instance.at, bucket)) {
                gate.push(at);
            }
        }
    }
    members.retain(|_, instances| !instances.is_empty());
    for gates in &mut waits {
        gates.retain(|gate| members.contains_key(gate));
    }

    let order = sorted(facts, instances, &waits, &members);
    let mut numbers = vec![0; instances.len()];
    for (position, at) in order.iter().enumerate() {
        numbers[*at] = position + 1;
    }
    Ordered { order, numbers, waits, members }
}

fn sorted(facts: &Facts<'_>, instances: &[Instance], waits: &[Vec<Gate>], members: &BTreeMap<Gate, Vec<usize>>) -> Vec<usize> {
    // A node's weight is its step; gates have none.
    let mut graph = DiGraph::<Option<usize>, ()>::with_capacity(instances.len() + members.len(), 4 * instances.len());
    let steps: Vec<NodeIndex> = (0..instances.len()).map(|at| graph.add_node(Some(at))).collect();
    let gates: BTreeMap<Gate, NodeIndex> = members.keys().map(|gate| (*gate, graph.add_node(None))).collect();
    for (gate, instances) in members {
        for at in instances {
            graph.add_edge(steps[*at], gates[gate], ());
        }
    }
    for (at, wanted) in waits.iter().enumerate() {
        for gate in wanted {
            graph.add_edge(gates[gate], steps[at], ());
        }
    }
    // A gate has no rank and so comes as soon as it may.
    let rank = |node: NodeIndex| graph[node].map(|at| rank(facts, &instances[at]));
    let mut open: Vec<usize> = graph.node_indices().map(|node| graph.edges_directed(node, Direction::Incoming).count()).collect();
    let ready = graph.node_indices().filter(|node| open[node.index()] == 0);
    let mut ready: BinaryHeap<_> = ready.map(|node| Reverse((rank(node), node))).collect();
    let mut order = Vec::with_capacity(instances.len());
    while let Some(Reverse((_, node))) = ready.pop() {
        order.extend(graph[node]);
        for next in graph.neighbors(node) {
            open[next.index()] -= 1;
            if open[next.index()] == 0 {
                ready.push(Reverse((rank(next), next)));
            }
        }
    }
    debug_assert_eq!(order.len(), instances.len(), "the loader refuses rows that wait for themselves");
    order
}

fn rank(facts: &Facts<'_>, instance: &Instance) -> Rank {
    let group = instance.subject.group(facts).map(|group| facts.group(group).path.clone()).unwrap_or_default();
    Rank { phase: instance.phase, group, path: instance.subject.declared(facts).path, row: instance.at }
}

/// The steps with their numbers, cut into phases.
pub(super) fn phases(facts: &Facts<'_>, instances: &[Instance], ordered: &Ordered) -> Vec<Phase> {
    let summaries: BTreeMap<Gate, Prerequisite> =
        ordered.members.iter().map(|(gate, members)| (*gate, summary(facts, instances, ordered, *gate, members))).collect();
    let phase_of = |at: &usize| instances[*at].phase;
    let phases = ordered.order.chunk_by(|a, b| phase_of(a) == phase_of(b)).enumerate();
    phases
        .filter_map(|(place, own)| {
            let (first, last) = (*own.first()?, *own.last()?);
            let (first, last) = (ordered.numbers[first], ordered.numbers[last]);
            // The text of a step depends on no other step's.
            let filled =
                |at: &usize| step(facts, &instances[*at], ordered.numbers[*at], prerequisites(&ordered.waits[*at], &summaries));
            let steps: Vec<Step> = own.par_iter().map(filled).collect();
            let row = &facts.inputs.steps.phases[phase_of(own.first()?)];
            Some(Phase { position: place + 1, last, steps, ..Phase::begin(row, first) })
        })
        .collect()
}

/// One line for each gate, first to be done first.
fn prerequisites(gates: &[Gate], summaries: &BTreeMap<Gate, Prerequisite>) -> Vec<Prerequisite> {
    let mut lines: Vec<Prerequisite> = gates.iter().filter_map(|gate| summaries.get(gate).cloned()).collect();
    lines.sort_by_key(|line| (line.first, line.last));
    lines.dedup();
    lines
}

/// What is waited for, said by what the steps have in common: a step more of the same pool changes no step that waits for all.
fn summary(facts: &Facts<'_>, instances: &[Instance], ordered: &Ordered, (row, bucket): Gate, members: &[usize]) -> Prerequisite {
    let numbers = || members.iter().map(|at| ordered.numbers[*at]);
    let (first, last) = (numbers().min().unwrap_or(0), numbers().max().unwrap_or(0));
    let row = facts.inputs.steps.steps[row].id.as_str();
    let ids: Vec<String> = members.iter().map(|at| instances[*at].id(facts)).collect();
    let within = bucket.path(facts);
    let common = match &within {
        None => format!("{row}."),
        Some(path) => format!("{row}.{path}."),
    };
    let text = |text: &'static str| Run { text: text.into(), code: false };
    let code = |text: String| Run { text: text.into(), code: true };
    let steps = match ids.as_slice() {
        [one] => vec![code(one.clone())],
        many if many.iter().all(|id| id.starts_with(&common)) => vec![text("all "), code(format!("{common}*"))],
        few if few.len() <= LOOSE => {
            let mut runs: Vec<Run> = few.iter().flat_map(|id| [code(id.clone()), text(", ")]).collect();
            runs.pop();
            runs
        }
        _ => vec![text("all "), code(format!("{row}.*")), text(" that concern "), code(within.unwrap_or_default())],
    };
    Prerequisite { row, count: members.len(), first, last, steps: Line(steps) }
}

/// One step with its text.
pub(super) fn step(facts: &Facts<'_>, instance: &Instance, number: usize, prerequisites: Vec<Prerequisite>) -> Step {
    let row = instance.row;
    let values = InstanceValues::new(facts, instance);
    let filler = Filler::new(&values);
    let declared = instance.subject.declared(facts);
    let about = declared.path.clone();
    let mut reason = Reason::new(row.id.clone(), row.why.clone(), &row.provenance);
    reason.features = instance.features.clone();
    reason.declared = vec![declared];
    let device = match instance.subject {
        Subject::Firewall(at) => facts.device_reason(at),
        _ => None,
    };
    let reasons: Vec<Reason> = [Some(reason), device].into_iter().flatten().collect();
    let confidence = reasons.iter().map(|reason| reason.confidence).min().unwrap_or(row.provenance.confidence);
    Step {
        id: instance.id(facts),
        number,
        row: &row.id,
        about,
        team: row.team,
        site: instance.subject.site_name(facts),
        machines: instance.subject.machines(facts),
        title: filler.line(&row.title),
        who: filler.line(&row.who),
        place: filler.line(&row.place),
        tool: row.tool.as_ref().map(|tool| filler.line(tool)),
        prerequisites,
        instructions: filler.instructions(&row.instructions),
        alternative: filler.instructions(&row.alternative),
        checks: filler.checks(&row.verify),
        rollback: filler.line(&row.rollback),
        undo: filler.instructions(&row.undo),
        irreversible: row.irreversible,
        confidence,
        time: filler.time(&row.time),
        wait: row.wait.as_ref().map(|wait| filler.line(wait)),
        reasons,
        files: filler.files(),
    }
}
