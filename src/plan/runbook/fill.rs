//! Patterns of the catalogue to lines: real values in their places, names as code.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeSet;

use super::facts::Facts;
use super::instances::{Instance, Subject};
use super::value::{Item, Value};
use super::{Check, Instruction, InstructionItem, Line, Run, Time};
use crate::catalog::step::{LineRow, Pattern, Piece, System, TimeRow, TypedRow, VerifyRow};
use crate::plan::naming::needed;
use crate::product::Feature;

/// The placeholder for a missing value that the loader guaranteed; tests search for it.
pub(super) const MISSING: &str = "(missing)";

/// What the values of a step are looked up in.
pub(crate) trait Known {
    /// A value by its name in the vocabulary.
    fn value(&self, name: &str) -> Option<Value>;

    /// Whether a value is there.
    fn has(&self, name: &str) -> bool {
        self.value(name).is_some()
    }

    /// Whether all features of one inner list are on, or no list is given.
    fn is_needed(&self, when: &[Vec<Feature>]) -> bool;

    /// What the computers of the step run or may run.
    fn systems(&self) -> &[System];
}

/// The values of an instance.
pub(super) struct InstanceValues<'f, 'a> {
    facts: &'f Facts<'a>,
    subject: Subject,
    systems: Vec<System>,
}

impl<'f, 'a> InstanceValues<'f, 'a> {
    pub(super) fn new(facts: &'f Facts<'a>, instance: &Instance) -> Self {
        Self { facts, subject: instance.subject, systems: facts.systems(instance.subject) }
    }
}

impl Known for InstanceValues<'_, '_> {
    fn value(&self, name: &str) -> Option<Value> {
        self.facts.value(self.subject, name)
    }

    fn has(&self, name: &str) -> bool {
        self.facts.has(self.subject, name)
    }

    fn is_needed(&self, when: &[Vec<Feature>]) -> bool {
        needed(when, &self.facts.inputs.plans.topology.organization).is_some()
    }

    fn systems(&self) -> &[System] {
        &self.systems
    }
}

/// Fills the patterns of one step.
pub(crate) struct Filler<'k> {
    known: &'k dyn Known,
    /// The files that were named so far.
    files: RefCell<BTreeSet<String>>,
}

impl<'k> Filler<'k> {
    pub(crate) fn new(known: &'k dyn Known) -> Self {
        Self { known, files: RefCell::default() }
    }

    /// The files of the build that the texts filled so far name, sorted.
    pub(crate) fn files(self) -> Vec<String> {
        self.files.into_inner().into_iter().collect()
    }

    /// A line for people.
    pub(crate) fn line(&self, pattern: &'static Pattern) -> Line {
        self.line_with(pattern, &[])
    }

    /// What to do.
    pub(crate) fn instructions(&self, rows: &'static [LineRow]) -> Vec<Instruction> {
        let mut instructions = Vec::new();
        for row in rows.iter().filter(|row| self.there(&row.when, &row.needs, &row.lacks) && self.runs(&row.system)) {
            let only = self.only(&row.system);
            let items = row.each.as_deref().map(|list| self.list(list)).unwrap_or_default();
            let (values, commands) = (self.typed(&row.values), self.typed(&row.commands));
            let point = |text: Line, items: Vec<InstructionItem>, tasks: bool| {
                let (text, values, commands) = (text.after(only.clone()), values.clone(), commands.clone());
                Instruction { text, items, tasks, values, commands }
            };
            match (&row.item, row.each.is_some()) {
                (Some(item), _) => {
                    let items = items.iter().map(|fields| self.item(row, item, fields)).collect();
                    instructions.push(point(self.line(&row.text), items, !row.facts));
                }
                (None, true) => {
                    instructions.extend(items.iter().map(|fields| point(self.line_with(&row.text, fields), Vec::new(), false)));
                }
                (None, false) => instructions.push(point(self.line(&row.text), Vec::new(), false)),
            }
        }
        instructions.shrink_to_fit();
        instructions
    }

    fn item(&self, row: &'static LineRow, item: &'static Pattern, fields: &Item) -> InstructionItem {
        InstructionItem {
            text: self.line_with(item, fields),
            commands: row.item_command.iter().flat_map(|command| self.commands(command, fields)).collect(),
            expect: row.item_expect.as_ref().map(|expect| self.line_with(expect, fields)).filter(|expect| !expect.0.is_empty()),
        }
    }

    /// The lines of a command.
    fn commands(&self, pattern: &Pattern, fields: &Item) -> Vec<String> {
        let text = self.text(pattern, fields);
        text.lines().map(str::to_owned).collect()
    }

    /// Values or commands, one a line.
    fn typed(&self, rows: &[TypedRow]) -> Vec<String> {
        let mut lines = Vec::new();
        for row in rows.iter().filter(|row| self.there(&[], &row.needs, &row.lacks)) {
            match row.each.as_deref() {
                Some(list) => lines.extend(self.list(list).iter().map(|fields| self.text(&row.text, fields))),
                None => lines.push(self.text(&row.text, &[])),
            }
        }
        lines
    }

    /// How long it takes.
    pub(crate) fn time(&self, row: &'static TimeRow) -> Time {
        let times = row.each.as_deref().map_or(1, |list| self.list(list).len());
        let work = row.work.saturating_mul(u32::try_from(times).unwrap_or(u32::MAX));
        Time { work, wait: row.wait, source: &row.source }
    }

    /// How to verify it.
    pub(crate) fn checks(&self, rows: &'static [VerifyRow]) -> Vec<Check> {
        let mut checks = Vec::new();
        for row in rows.iter().filter(|row| self.there(&row.when, &row.needs, &row.lacks) && self.runs(&row.system)) {
            let only = self.only(&row.system);
            let one = |fields: &Item| Check {
                look: row.check.as_ref().map(|look| self.line_with(look, fields)).filter(|look| !look.0.is_empty()),
                command: row.command.as_ref().map(|command| self.text(command, fields)).filter(|command| !command.is_empty()),
                expect: self.line_with(&row.expect, fields).after(only.clone()),
            };
            match row.each.as_deref() {
                Some(list) => checks.extend(self.list(list).iter().map(one)),
                None => checks.push(one(&Item::new())),
            }
        }
        checks.shrink_to_fit();
        checks
    }

    fn there(&self, when: &[Vec<Feature>], needs: &[String], lacks: &[String]) -> bool {
        let has = |name: &String| self.known.has(name);
        self.known.is_needed(when) && needs.iter().all(has) && !lacks.iter().any(has)
    }

    /// Whether a computer of the step may run one of these operating systems.
    fn runs(&self, systems: &[System]) -> bool {
        systems.is_empty() || systems.iter().any(|system| self.known.systems().contains(system))
    }

    /// What a line begins with that is for some of the computers only: `On Windows Server 2008: `.
    fn only(&self, systems: &[System]) -> Option<String> {
        if systems.is_empty() || self.known.systems().iter().all(|system| systems.contains(system)) {
            return None;
        }
        let titles: Vec<&str> = systems.iter().map(|system| system.title()).collect();
        Some(format!("On {}: ", titles.join(" and ")))
    }

    fn list(&self, name: &str) -> Vec<Item> {
        match self.known.value(name) {
            Some(Value::List(items)) => items,
            _ => Vec::new(),
        }
    }

    fn value(&self, name: &str, fields: &[(&'static str, Value)]) -> Value {
        let value = match name.strip_prefix("item.") {
            Some(field) => fields.iter().find(|(known, _)| *known == field).map(|(_, value)| value.clone()),
            None => self.known.value(name),
        };
        debug_assert!(value.is_some(), "`{name}` is promised by the vocabulary");
        if let Some(Value::File(path)) = &value
            && path.contains('/')
        {
            self.files.borrow_mut().insert(path.clone());
        }
        value.unwrap_or(Value::Word(MISSING))
    }

    fn line_with(&self, pattern: &'static Pattern, fields: &[(&'static str, Value)]) -> Line {
        // Most lines have a run for each piece.
        let mut runs: Vec<Run> = Vec::with_capacity(pattern.pieces().len());
        let mut push = |text: Cow<'static, str>, code: bool| match runs.last_mut() {
            Some(last) if last.code == code => last.text += text,
            _ => runs.push(Run { text, code }),
        };
        for piece in pattern.pieces() {
            match piece {
                Piece::Text { text, code } => push(Cow::Borrowed(text), *code),
                Piece::Value { name, code } => match self.value(name, fields) {
                    Value::Line(line) => line.0.into_iter().for_each(|run| push(run.text, run.code)),
                    Value::Codes(texts) => {
                        for (index, text) in texts.into_iter().enumerate() {
                            push(Cow::Borrowed(if index == 0 { "" } else { ", " }), *code);
                            push(text.into(), true);
                        }
                    }
                    value => {
                        let (text, by_itself) = value.shown();
                        push(text.into(), *code || by_itself);
                    }
                },
            }
        }
        Line(runs)
    }

    fn text(&self, pattern: &Pattern, fields: &[(&'static str, Value)]) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text { text, .. } => text.clone(),
            Piece::Value { name, .. } => self.value(name, fields).shown().0,
        };
        pattern.pieces().iter().map(piece).collect()
    }
}
