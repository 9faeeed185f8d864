//! The parts of the other teams, and those that everybody reads.

use super::counts::{self, signed, states};
use super::outline::{Entry, Group, Part, Text};
use crate::query::diff::{
    CertificateChange, CertificateWork, Declared, Diff, FindingLine, RecordChange, State, WaiverChange, WaiverState,
};

pub(super) fn dns(diff: &Diff) -> Part {
    let mut groups = Vec::new();
    let zones = diff.zones.iter().map(|zone| {
        let title = Text::marked(&zone.zone).then(format!(", {} zone", zone.view.word()));
        Entry::new(zone.state, title).settings(&zone.settings)
    });
    groups.push(Group::new(Text::plain("zones"), String::new(), zones.collect()));
    for view in ["internal", "external"] {
        let records: Vec<&RecordChange> = diff.records.iter().filter(|record| record.view.word() == view).collect();
        let (added, removed, changed) = states(records.iter().map(|record| record.state));
        let entries = records.into_iter().map(record).collect();
        groups.push(Group::new(Text::plain(format!("{view} records")), signed(added, removed, changed), entries));
    }
    groups.extend(diff.hosts.iter().map(|file| {
        let entry = |state, line: &String| Entry::new(state, Text::marked(line));
        let added = file.added.iter().map(|line| entry(State::Added, line));
        let removed = file.removed.iter().map(|line| entry(State::Removed, line));
        let title = Text::plain("hosts file of ").mark(&file.server);
        Group::new(title, signed(file.added.len(), file.removed.len(), 0), added.chain(removed).collect())
    }));
    groups.retain(|group| !group.entries.is_empty());
    Part { title: "DNS", count: counts::dns(diff), groups }
}

fn record(change: &RecordChange) -> Entry {
    let text = Text::marked(&change.name).then(format!(" {} ", change.kind));
    let head = match change.state {
        State::Added => text.list(change.new.iter().cloned()),
        State::Removed => text.list(change.old.iter().cloned()),
        State::Changed => text.list(change.old.iter().cloned()).then(" → ").list(change.new.iter().cloned()),
    };
    let before = match (change.state, change.kept) {
        (State::Changed, Some(seconds)) => Text::plain(format!(
            "lower the TTL ({seconds} s) at least that long before the change: resolvers cache the old answer"
        )),
        (State::Removed, Some(seconds)) => Text::plain(format!("resolvers cache the answer for {seconds} s")),
        _ => Text::default(),
    };
    Entry::new(change.state, head).detail("note", before).because(&change.causes)
}

pub(super) fn certificates(diff: &Diff) -> Part {
    let title = |work| match work {
        CertificateWork::Request => "to request",
        CertificateWork::Reissue => "to reissue",
        CertificateWork::Install => "to install elsewhere",
        CertificateWork::Retire => "to retire",
    };
    let works = [CertificateWork::Request, CertificateWork::Reissue, CertificateWork::Install, CertificateWork::Retire];
    let groups = works.into_iter().map(|work| {
        let entries: Vec<Entry> = diff.certificates.iter().filter(|change| change.work == work).map(certificate).collect();
        Group::new(Text::plain(title(work)), entries.len().to_string(), entries)
    });
    Part {
        title: "Certificates",
        count: counts::certificates(diff),
        groups: groups.filter(|group| !group.entries.is_empty()).collect(),
    }
}

fn certificate(change: &CertificateChange) -> Entry {
    let state = match change.work {
        CertificateWork::Request => State::Added,
        CertificateWork::Retire => State::Removed,
        CertificateWork::Reissue | CertificateWork::Install => State::Changed,
    };
    let head = Text::marked(&change.certificate).then(", ").mark(&change.common_name);
    let head = match &change.issuer {
        Some(issuer) => head.then(", issued by ").mark(issuer),
        None => head,
    };
    Entry::new(state, head)
        .detail("names +", Text::default().list(change.names_added.iter().cloned()))
        .detail("names −", Text::default().list(change.names_removed.iter().cloned()))
        .settings(&change.settings)
        .detail("install", Text::default().list(change.install_on.iter().cloned()))
        .detail("remove", Text::default().list(change.remove_from.iter().cloned()))
        .because(&change.causes)
}

pub(super) fn steps(diff: &Diff) -> Part {
    let title = |state| match state {
        State::Added => "new steps",
        State::Removed => "removed steps",
        State::Changed => "changed steps",
    };
    let groups = [State::Added, State::Changed, State::Removed].into_iter().map(|state| {
        let steps = diff.steps.iter().filter(|step| step.state == state);
        let entry = |step: &crate::query::diff::StepChange| {
            Entry::new(state, Text::marked(format!("{}.{}", step.row, step.about)).then(" ").then(&step.title))
        };
        let entries: Vec<Entry> = steps.map(entry).collect();
        Group::new(Text::plain(title(state)), entries.len().to_string(), entries)
    });
    Part { title: "Runbook", count: counts::steps(diff), groups: groups.filter(|group| !group.entries.is_empty()).collect() }
}

pub(super) fn findings(diff: &Diff) -> Part {
    let group = |title: &str, state, findings: &[FindingLine]| {
        let entries = findings.iter().map(|finding| self::finding(state, finding)).collect();
        Group::new(Text::plain(title), findings.len().to_string(), entries)
    };
    let groups =
        [group("new findings", State::Added, &diff.findings.new), group("removed findings", State::Removed, &diff.findings.gone)];
    Part {
        title: "Findings",
        count: signed(diff.findings.new.len(), diff.findings.gone.len(), 0),
        groups: groups.into_iter().filter(|group| !group.entries.is_empty()).collect(),
    }
}

fn finding(state: State, finding: &FindingLine) -> Entry {
    let head = Text::plain(format!("{} {}: {}", finding.severity, finding.code, finding.message));
    let place = finding.place.as_ref().map(Text::marked).unwrap_or_default();
    Entry::new(state, head).detail("place", place)
}

pub(super) fn waivers(diff: &Diff) -> Part {
    let group = |state| {
        let entries: Vec<Entry> = diff.waivers.iter().filter(|waiver| waiver.state == state).map(waiver).collect();
        let title = match state {
            WaiverState::Added => "new",
            WaiverState::Prolonged => "prolonged",
            WaiverState::Shortened => "shortened",
            WaiverState::Changed => "with another reason or ticket",
            WaiverState::Removed => "removed",
            WaiverState::Expired => "expired",
        };
        Group::new(Text::plain(title), entries.len().to_string(), entries)
    };
    let states = [
        WaiverState::Added,
        WaiverState::Prolonged,
        WaiverState::Shortened,
        WaiverState::Changed,
        WaiverState::Removed,
        WaiverState::Expired,
    ];
    let groups = states.map(group).into_iter().filter(|group| !group.entries.is_empty());
    Part { title: "Waivers", count: diff.waivers.len().to_string(), groups: groups.collect() }
}

fn waiver(change: &WaiverChange) -> Entry {
    let state = match change.state {
        WaiverState::Added => State::Added,
        WaiverState::Removed => State::Removed,
        _ => State::Changed,
    };
    let head = Text::marked(&change.rule);
    let head = match &change.within {
        Some(path) => head.then(" in ").mark(path),
        None => head,
    };
    let day = |text: Text, day: &Option<String>| match day {
        Some(day) => text.mark(day),
        None => text.then("no end"),
    };
    let until = match change.state {
        WaiverState::Added => day(Text::default(), &change.new_until),
        WaiverState::Removed | WaiverState::Changed | WaiverState::Expired => {
            day(Text::default(), change.new_until.as_ref().map_or(&change.old_until, |_| &change.new_until))
        }
        _ => day(day(Text::default(), &change.old_until).then(" → "), &change.new_until),
    };
    let text = |text: &Option<String>| text.as_deref().map(Text::plain).unwrap_or_default();
    let place = change.place.as_ref().map(Text::marked).unwrap_or_default();
    Entry::new(state, head)
        .detail("reason", text(&change.reason))
        .detail("ticket", text(&change.ticket))
        .detail("until", until)
        .detail("place", place)
}

pub(super) fn assertions(diff: &Diff) -> Part {
    let truth = |holds: Option<bool>| match holds {
        Some(true) => "holds",
        Some(false) => "does not hold",
        None => "is not known",
    };
    let entries: Vec<Entry> = diff
        .assertions
        .iter()
        .map(|change| {
            let text = match change.state {
                State::Added => Text::plain(format!("new, and {}", truth(change.holds))),
                State::Removed => Text::plain(format!("removed; before it {}", truth(change.held))),
                State::Changed => Text::plain(format!("before: {}; now: {}", truth(change.held), truth(change.holds))),
            };
            let place = change.place.as_ref().map(Text::marked).unwrap_or_default();
            Entry::new(change.state, Text::marked(&change.assertion)).detail("truth", text).detail("place", place)
        })
        .collect();
    let groups = if entries.is_empty() {
        Vec::new()
    } else {
        vec![Group::new(Text::plain("assertions"), entries.len().to_string(), entries)]
    };
    Part { title: "Assertions", count: diff.assertions.len().to_string(), groups }
}

/// What is written otherwise, and what is the same thing under another path.
pub(super) fn declared(diff: &Diff) -> Part {
    let moved = diff.moved.list.iter().map(|moved| {
        let head = match (&moved.old_range, &moved.new_range) {
            (Some(old), Some(new)) => Text::plain(format!("{} ", moved.kind))
                .mark(&moved.new)
                .then(" is renumbered: ")
                .mark(old.to_string())
                .then(" → ")
                .mark(new.to_string()),
            _ => Text::plain(format!("{} ", moved.kind)).mark(&moved.old).then(" is renamed to ").mark(&moved.new),
        };
        Entry::new(State::Changed, head).detail("evidence", Text::plain(&moved.evidence))
    });
    let groups = [
        Group::new(Text::plain("renamed or renumbered"), diff.moved.list.len().to_string(), moved.collect()),
        Group::new(
            Text::plain("changed declarations"),
            diff.declared.len().to_string(),
            diff.declared.iter().map(block).collect(),
        ),
    ];
    Part {
        title: "Topology",
        count: diff.declared.len().to_string(),
        groups: groups.into_iter().filter(|group| !group.entries.is_empty()).collect(),
    }
}

fn block(change: &Declared) -> Entry {
    let head = Text::plain(format!("{} ", change.kind)).mark(&change.path);
    let head = match change.attribute {
        Some(attribute) => {
            let value = |text: Text, value: &Option<String>| match value {
                Some(value) => text.mark(value),
                None => text.then("not written"),
            };
            value(value(head.then(", ").mark(attribute).then(": "), &change.old).then(" → "), &change.new)
        }
        None => head,
    };
    Entry::new(change.state, head).detail("place", change.place.as_ref().map(Text::marked).unwrap_or_default())
}
