//! Patterns of the catalogue to lines: real values in their places, names as code.

use super::facts::Facts;
use super::instances::{Instance, Subject};
use super::value::{Item, Value};
use super::{Check, Instruction, Line, Run};
use crate::catalog::step::{LineRow, Pattern, Piece, System, VerifyRow};
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
    pub(super) fn new(facts: &'f Facts<'a>, instance: &Instance<'_>) -> Self {
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
}

impl<'k> Filler<'k> {
    pub(crate) fn new(known: &'k dyn Known) -> Self {
        Self { known }
    }

    /// A line for people.
    pub(crate) fn line(&self, pattern: &Pattern) -> Line {
        self.line_with(pattern, &[])
    }

    /// What to do.
    pub(crate) fn instructions(&self, rows: &[LineRow]) -> Vec<Instruction> {
        let mut instructions = Vec::new();
        for row in rows.iter().filter(|row| self.there(&row.when, &row.needs, &row.lacks) && self.runs(&row.system)) {
            let only = self.only(&row.system);
            let items = row.each.as_deref().map(|list| self.list(list)).unwrap_or_default();
            match (&row.item, row.each.is_some()) {
                (Some(item), _) => {
                    let items = items.iter().map(|fields| self.line_with(item, fields)).collect();
                    instructions.push(Instruction { text: self.line(&row.text).after(only), items, tasks: !row.facts });
                }
                (None, true) => {
                    let repeated = items.iter().map(|fields| self.line_with(&row.text, fields));
                    let text = |text: Line| Instruction { text: text.after(only.clone()), items: Vec::new(), tasks: false };
                    instructions.extend(repeated.map(text));
                }
                (None, false) => {
                    let text = self.line(&row.text).after(only);
                    instructions.push(Instruction { text, items: Vec::new(), tasks: false });
                }
            }
        }
        instructions
    }

    /// Values or commands, one a line.
    pub(crate) fn plain(&self, rows: &[LineRow]) -> Vec<String> {
        let mut lines = Vec::new();
        for row in rows.iter().filter(|row| self.there(&row.when, &row.needs, &row.lacks)) {
            match row.each.as_deref() {
                Some(list) => lines.extend(self.list(list).iter().map(|fields| self.text(&row.text, fields))),
                None => lines.push(self.text(&row.text, &[])),
            }
        }
        lines
    }

    /// How to verify it.
    pub(crate) fn checks(&self, rows: &[VerifyRow]) -> Vec<Check> {
        let mut checks = Vec::new();
        for row in rows.iter().filter(|row| self.there(&row.when, &row.needs, &row.lacks) && self.runs(&row.system)) {
            let only = self.only(&row.system);
            let one = |fields: &Item| Check {
                look: row.check.as_ref().map(|look| self.line_with(look, fields)),
                command: row.command.as_ref().map(|command| Line(vec![Run { text: self.text(command, fields), code: true }])),
                expect: self.line_with(&row.expect, fields).after(only.clone()),
            };
            match row.each.as_deref() {
                Some(list) => checks.extend(self.list(list).iter().map(one)),
                None => checks.push(one(&Item::new())),
            }
        }
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
        value.unwrap_or(Value::Word(MISSING))
    }

    fn line_with(&self, pattern: &Pattern, fields: &[(&'static str, Value)]) -> Line {
        let mut runs: Vec<Run> = Vec::new();
        let mut push = |text: String, code: bool| match runs.last_mut() {
            Some(last) if last.code == code => last.text += &text,
            _ => runs.push(Run { text, code }),
        };
        for piece in pattern.pieces() {
            match piece {
                Piece::Text { text, code } => push(text.clone(), *code),
                Piece::Value { name, code } => match self.value(name, fields) {
                    Value::Line(line) => line.0.into_iter().for_each(|run| push(run.text, run.code)),
                    value => {
                        let (text, by_itself) = value.shown();
                        push(text, *code || by_itself);
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
