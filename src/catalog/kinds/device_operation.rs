//! How a device takes what is made for it: what to know before, and what to type to back up, load, replace, verify, save and
//! undo. The head of a configuration and the runbook's step read the same rows, so both say the same.

use serde::{Deserialize, Serialize};

use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::{fact_row, facts};
use crate::catalog::kind::Kind;
use crate::catalog::step::Pattern;
use crate::catalog::{Confidence, Provenance};
use crate::product::Product;

/// What an operation is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// What to know before anything is loaded.
    Before,
    /// Keep what runs.
    BackUp,
    /// Try the file without loading it.
    Check,
    /// Load it, with a way back.
    Load,
    /// Load it where an earlier version runs: no moment without rules, and what others configured stays.
    Replace,
    /// Verify that it works.
    Verify,
    /// Keep it over a restart.
    Save,
    /// Go back.
    Undo,
    /// Give a server new connections.
    IntoRotation,
    /// Give a server no new connections.
    OutOfRotation,
}

impl Task {
    /// All tasks, in the order in which they are done.
    pub const ALL: [Task; 10] = [
        Task::Before,
        Task::BackUp,
        Task::Check,
        Task::Load,
        Task::Replace,
        Task::Verify,
        Task::Save,
        Task::Undo,
        Task::IntoRotation,
        Task::OutOfRotation,
    ];

    /// Its word in the catalogue.
    pub fn word(self) -> &'static str {
        match self {
            Task::Before => "before",
            Task::BackUp => "back_up",
            Task::Check => "check",
            Task::Load => "load",
            Task::Replace => "replace",
            Task::Verify => "verify",
            Task::Save => "save",
            Task::Undo => "undo",
            Task::IntoRotation => "into_rotation",
            Task::OutOfRotation => "out_of_rotation",
        }
    }
}

/// One operation.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeviceOperation {
    /// `<device>.<task>.<n>`; the number orders the operations of one task.
    pub id: String,
    /// The dialect that the device speaks, in the word of `dialect =`; for zones a way to change them.
    pub device: String,
    /// What it is for.
    pub task: Task,
    /// A sentence; text between backticks is shown as code, `{…}` is one of the device's values.
    #[serde(default)]
    pub text: Option<String>,
    /// What is typed, exactly.
    #[serde(default)]
    pub command: Option<String>,
    /// The expected result.
    #[serde(default)]
    pub expect: Option<String>,
    /// Values without which the operation is not there; those that its texts name need not be listed.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

impl DeviceOperation {
    /// Its texts as patterns: text, command, expect.
    pub fn patterns(&self) -> [Option<Pattern>; 3] {
        [&self.text, &self.command, &self.expect].map(|text| text.as_ref().and_then(|text| text.parse::<Pattern>().ok()))
    }
}

/// Values that operations may name; `plan::device` says what each is.
const VALUES: &[&str] =
    &["rules", "remove", "remove_nat", "twin", "own", "nats", "whole", "change", "back", "pool", "member", "port", "zone"];

/// The longest command: it is on a line of its own in a comment, where it must not be broken.
const MAX_COMMAND: usize = 116;

fact_row!(DeviceOperation, "device_operations.toml", |row, checks| {
    let id = row.id.strip_prefix(&format!("{}.{}.", row.device, row.task.word()));
    if !id.is_some_and(|number| number.len() == 1 && number.bytes().all(|digit| digit.is_ascii_digit())) {
        checks.refuse(&row.id, format!("its id is `{}.{}.` and one digit", row.device, row.task.word()));
    }
    if row.text.is_none() && row.command.is_none() {
        checks.refuse(&row.id, "it has neither a text nor a command");
    }
    if row.command.is_some() && row.provenance.confidence == Confidence::Low {
        checks.refuse(&row.id, "a command of low confidence is not printed: say in words what to look for");
    }
    if row.command.as_ref().is_some_and(|command| command.len() > MAX_COMMAND) {
        checks.refuse(&row.id, format!("its command is longer than {MAX_COMMAND} characters"));
    }
    if row.task == Task::Verify && row.expect.is_none() {
        checks.refuse(&row.id, "a check says what is expected");
    }
    if row.task == Task::Before && (row.text.is_none() || row.command.is_some() || row.expect.is_some()) {
        checks.refuse(&row.id, "what is to be known before is a text");
    }
    for (field, text) in [("text", &row.text), ("command", &row.command), ("expect", &row.expect)] {
        let Some(text) = text else { continue };
        checks.text(&row.id, field, text);
        match text.parse::<Pattern>() {
            Ok(pattern) => {
                let unknown =
                    pattern.names().find(|name| !VALUES.contains(name)).map(|name| format!("unknown value `{{{name}}}`"));
                checks.refuse_if(&row.id, unknown);
            }
            Err(problem) => checks.refuse(&row.id, problem),
        }
    }
    let unknown = row.needs.iter().find(|name| !VALUES.contains(&name.as_str())).map(|name| format!("unknown value `{name}`"));
    checks.refuse_if(&row.id, unknown);
});

/// The operations of all devices, by task and in their order. A device knows nothing of releases, so no release changes them.
pub fn all_device_operations() -> Vec<&'static DeviceOperation> {
    let mut rows: Vec<_> = facts::<DeviceOperation>(Product::ALL[0]).iter().collect();
    rows.sort_by(|a, b| (a.task, &a.id).cmp(&(b.task, &b.id)));
    rows
}

const COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("text", &["text"]),
    column("command", &["command"]),
    column("expect", &["expect"]),
    column("needs", &["needs"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const KIND: Kind = Kind::of::<DeviceOperation>(
    "device_operations",
    "How files are loaded on devices",
    "The prerequisites for loading a configuration, and the commands for each kind of device. The heads of the files and the runbook's steps are generated from these rows; a row of low confidence has no command, and says to check on the device first.",
    COLUMNS,
);

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::catalog::fact_file::read_rows;

    /// How many operations each device has for a task.
    fn counted(task: Task) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for row in facts::<DeviceOperation>(Product::Ocs2007) {
            // Those of a change say otherwise what others say of the whole.
            let of_whole = !row.needs.iter().any(|name| name == "change");
            *counts.entry(row.device.as_str()).or_default() += usize::from(row.task == task && of_whole);
        }
        counts
    }

    #[test]
    fn bad_rows_are_refused() {
        let good = "[[device_operations]]\nid = \"x.load.1\"\ndevice = \"x\"\ntask = \"load\"\ntext = \"Load `{rules}`:\"\ncommand = \"load {rules}\"\nstep = 6\nsource = [\"a\"]\nconfidence = \"high\"\n";
        let faults = |from: &str, to: &str| {
            let errors = read_rows::<DeviceOperation>(&good.replacen(from, to, 1)).err().unwrap_or_default();
            errors.iter().map(|error| error.problem.clone()).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(faults("", ""), "");
        assert_eq!(faults("x.load.1", "x.save.1"), "its id is `x.load.` and one digit");
        assert!(faults("\"high\"", "\"low\"").contains("a command of low confidence is not printed"));
        assert!(faults("load {rules}", "load {file}").contains("unknown value `{file}`"));
        assert!(faults("step = 6", "needs = [\"file\"]\nstep = 6").contains("unknown value `file`"));
        assert!(faults("load {rules}", &"x".repeat(117)).contains("longer than 116"));
        assert!(faults("text = \"Load `{rules}`:\"\ncommand = \"load {rules}\"\n", "").contains("neither a text nor a command"));
        assert!(
            faults("x.load.1\"\ndevice = \"x\"\ntask = \"load\"", "x.verify.1\"\ndevice = \"x\"\ntask = \"verify\"")
                .contains("says what is expected")
        );
    }

    #[test]
    fn every_device_has_preparation_load_replace_save_and_undo() {
        assert!(counted(Task::Before).values().all(|count| *count == 3), "{:?}", counted(Task::Before));
        for task in [Task::BackUp, Task::Load, Task::Replace, Task::Verify, Task::Save, Task::Undo] {
            assert!(counted(task).values().all(|count| *count > 0), "{task:?}: {:?}", counted(task));
        }
    }

    #[test]
    fn no_release_changes_a_device() {
        let all = |product| serde_json::to_string(facts::<DeviceOperation>(product)).expect("JSON");
        for product in Product::ALL {
            assert_eq!(all(product), all(Product::Ocs2007), "{}", product.word());
        }
    }
}
