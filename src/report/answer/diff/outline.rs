//! A diff as parts, groups and entries: what all forms show, and in this order.

use crate::query::diff::{Cause, Setting, State};

/// Whose changes are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Team {
    /// Firewalls, load balancers, reverse proxies.
    Network,
    /// Zones, records, hosts files.
    Dns,
    /// Certificates.
    Pki,
    /// The runbook.
    Deployment,
}

impl Team {
    /// All of them, in the order of the parts.
    pub const ALL: [Team; 4] = [Team::Network, Team::Dns, Team::Pki, Team::Deployment];

    /// What `--team` calls it.
    pub fn word(self) -> &'static str {
        match self {
            Team::Network => "network",
            Team::Dns => "dns",
            Team::Pki => "pki",
            Team::Deployment => "deployment",
        }
    }
}

/// Text with the names, addresses and values of a topology marked: what is marked is written as code, and can mean nothing else.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Text(pub(super) Vec<(bool, String)>);

impl Text {
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self::default().then(text)
    }

    pub(super) fn marked(text: impl Into<String>) -> Self {
        Self::default().mark(text)
    }

    /// Adds words.
    #[must_use]
    pub(super) fn then(mut self, text: impl Into<String>) -> Self {
        self.0.push((false, text.into()));
        self
    }

    /// Adds a name, address or value.
    #[must_use]
    pub(super) fn mark(mut self, text: impl Into<String>) -> Self {
        self.0.push((true, text.into()));
        self
    }

    /// Adds values with commas between them; of many the first few and how many more there are.
    #[must_use]
    pub(super) fn list(mut self, items: impl IntoIterator<Item = String>) -> Self {
        const SHOWN: usize = 6;
        let items: Vec<String> = items.into_iter().collect();
        let more = items.len().saturating_sub(SHOWN);
        for (at, item) in items.into_iter().take(SHOWN).enumerate() {
            self = if at == 0 { self } else { self.then(", ") }.mark(item);
        }
        if more > 0 { self.then(format!(" and {more} more")) } else { self }
    }
}

/// What a team takes.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) title: &'static str,
    /// The counts of the part in few words.
    pub(super) count: String,
    pub(super) groups: Vec<Group>,
}

/// The changes of one device, view, kind of work.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) title: Text,
    /// The counts of the group in few words; empty where the title says it.
    pub(super) count: String,
    pub(super) entries: Vec<Entry>,
    /// What all entries follow from, where that is the same.
    pub(super) because: Option<Text>,
}

impl Group {
    pub(super) fn new(title: Text, count: impl Into<String>, entries: Vec<Entry>) -> Self {
        Self { title, count: count.into(), entries, because: None }
    }
}

/// The word of the detail that says what a change follows from.
const BECAUSE: &str = "cause";

/// One change.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) sign: &'static str,
    pub(super) head: Text,
    pub(super) details: Vec<(&'static str, Text)>,
}

impl Entry {
    pub(super) fn new(state: State, head: Text) -> Self {
        Self { sign: sign(state), head, details: Vec::new() }
    }

    #[must_use]
    pub(super) fn detail(mut self, word: &'static str, text: Text) -> Self {
        if !text.0.is_empty() {
            self.details.push((word, text));
        }
        self
    }

    #[must_use]
    pub(super) fn settings(mut self, settings: &[Setting]) -> Self {
        for setting in settings {
            let value = |text: Text, value: &Option<String>| match value.as_deref().filter(|value| !value.is_empty()) {
                Some(value) => text.mark(value),
                None => text.then("none"),
            };
            let text = value(Text::plain(format!("{}: ", setting.setting)), &setting.old).then(" → ");
            self.details.push(("differs", value(text, &setting.new)));
        }
        self
    }

    #[must_use]
    pub(super) fn because(self, causes: &[Cause]) -> Self {
        let mut text = Text::default();
        for (at, cause) in causes.iter().enumerate() {
            if at > 0 {
                text = text.then("; ");
            }
            text = text.mark(&cause.path);
            if let Some(attribute) = cause.attribute {
                text = text.then(": ").mark(attribute);
            }
            text = text.then(match (cause.state, cause.attribute) {
                (State::Added, _) => " is new",
                (State::Removed, _) => " is removed",
                (State::Changed, Some(_)) => " is changed",
                (State::Changed, None) => " is renamed or renumbered",
            });
            if let Some(place) = &cause.place {
                text = text.then(" (").mark(place).then(if cause.state == State::Removed { ", old)" } else { ")" });
            }
        }
        self.detail(BECAUSE, text)
    }
}

pub(super) fn sign(state: State) -> &'static str {
    match state {
        State::Added => "+",
        State::Removed => "−",
        State::Changed => "~",
    }
}

impl Group {
    /// What all entries follow from is said once, for the group.
    pub(super) fn say_once(&mut self) {
        let because = |entry: &Entry| entry.details.iter().find(|(word, _)| *word == BECAUSE).map(|(_, text)| text.clone());
        // A rule whose packets others let pass has no cause of its own.
        let causes: Vec<Text> = self.entries.iter().filter_map(because).collect();
        let Some(common) = causes.first().filter(|_| self.entries.len() > 1).cloned() else { return };
        if causes.iter().all(|cause| *cause == common) {
            self.entries.iter_mut().for_each(|entry| entry.details.retain(|(word, _)| *word != BECAUSE));
            self.because = Some(common);
        }
    }
}
