//! What is done with a device, from the catalogue's rows, with the names of its files and of what is its own in their places.
//! Read by the heads of configurations and by the runbook.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::line::{Line, Run};
use crate::catalog::step::{Pattern, Piece};
use crate::catalog::{Confidence, DeviceOperation, Provenance, Task, all_device_operations};

/// Values of a device by name; a flag has no text:
/// `rules` the file of its rules, `remove` the file that takes this version away, `remove_nat` the file that takes its
/// translations away, `twin` the rules for IPv6 where they are a file of their own, `own` the table or chain that is its own,
/// `nats` where it translates, `whole` where the file has all of its rules, `change` where it leads from one state to another, `back`
/// the file that leads back; of a server behind a virtual address `pool`, `member` and `port`; `zone` the name of a zone.
pub type Values = Vec<(&'static str, String)>;

/// One operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// What it is for.
    pub task: Task,
    /// A sentence.
    pub text: Option<Line>,
    /// What is typed.
    pub command: Option<String>,
    /// The expected result.
    pub expect: Option<Line>,
    /// Its source.
    pub provenance: &'static Provenance,
}

/// The words before an unconfirmed text.
const UNSURE: &str = "Check on the device first: ";

/// The operations of a device, by task and in their order. One that names a value which is not there is not there either.
pub fn operations(device: &str, values: &Values) -> Vec<Operation> {
    parsed(device).iter().filter_map(|row| operation(row, values)).collect()
}

/// The operations of a device for one task.
pub fn operations_for(device: &str, task: Task, values: &Values) -> Vec<Operation> {
    parsed(device).iter().filter(|row| row.row.task == task).filter_map(|row| operation(row, values)).collect()
}

/// A row with its patterns: text, command, expect. Its texts are parsed once, and filled for each device.
struct Parsed {
    row: &'static DeviceOperation,
    patterns: [Option<Pattern>; 3],
}

fn parsed(device: &str) -> &'static [Parsed] {
    static ROWS: OnceLock<BTreeMap<&'static str, Vec<Parsed>>> = OnceLock::new();
    let rows = ROWS.get_or_init(|| {
        let mut rows: BTreeMap<&str, Vec<Parsed>> = BTreeMap::new();
        for row in all_device_operations() {
            rows.entry(&row.device).or_default().push(Parsed { row, patterns: row.patterns() });
        }
        rows
    });
    rows.get(device).map(Vec::as_slice).unwrap_or_default()
}

fn operation(Parsed { row, patterns }: &'static Parsed, values: &Values) -> Option<Operation> {
    let has = |name: &str| values.iter().any(|(known, _)| *known == name);
    let named = patterns.iter().flatten().flat_map(Pattern::names);
    if !named.chain(row.needs.iter().map(String::as_str)).all(has) {
        return None;
    }
    let [text, command, expect] = patterns.each_ref().map(|pattern| pattern.as_ref().map(|pattern| filled(pattern, values)));
    let text = text.map(|line| match row.provenance.confidence {
        Confidence::Low => Line([Run { text: UNSURE.into(), code: false }].into_iter().chain(line.0).collect()),
        _ => line,
    });
    let command = command.map(|line| line.0.into_iter().map(|run| run.text).collect());
    Some(Operation { task: row.task, text, command, expect, provenance: &row.provenance })
}

fn filled(pattern: &'static Pattern, values: &Values) -> Line {
    let mut runs = Vec::new();
    for piece in pattern.pieces() {
        match piece {
            Piece::Text { text, code } => push(&mut runs, Cow::Borrowed(text), *code),
            Piece::Value { name, code } => {
                let value = values.iter().find(|(known, _)| known == name).map_or_else(String::new, |(_, value)| value.clone());
                push(&mut runs, value.into(), *code);
            }
        }
    }
    Line(runs)
}

fn push(runs: &mut Vec<Run>, text: Cow<'static, str>, code: bool) {
    match runs.last_mut() {
        Some(last) if last.code == code => last.text += text,
        _ => runs.push(Run { text, code }),
    }
}
