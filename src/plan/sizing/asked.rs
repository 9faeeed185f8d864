//! Figures without a topology: what a question states takes the place of declarations.

use super::subjects::tested_inputs;
use super::{Input, Origin, Overrides, SizingPlan, Subject, evaluate};
use crate::catalog::{Assumption, EdgeCapacity, Limit, Measured, PoolCapacity, fact, facts};
use crate::formula::Number;
use crate::plan::SourceRef;
use crate::product::Product;

/// What was asked. What is not stated is taken from the user model, or leaves its figures out.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The release.
    pub product: Product,
    /// The users of the organization.
    pub users: u64,
    /// The percent of them that is outside at the same time; none without access from outside.
    pub outside: Option<Number>,
    /// Whether the service must go on when a computer fails.
    pub availability: bool,
    /// The users with Enterprise Voice.
    pub voice_users: Option<u64>,
    /// How much they telephone: `light`, `moderate` or `heavy`.
    pub call_volume: &'static str,
    /// The ports of a gateway.
    pub ports_of_a_gateway: Option<u64>,
    /// Whether messages are archived.
    pub archiving: bool,
    /// Days for which records are kept.
    pub retention: Option<u64>,
    /// Days since the first address book file.
    pub address_book_days: Option<u64>,
    /// Browser sessions at the same time.
    pub web_access_sessions: Option<u64>,
    /// Constants of the user model that are known better, by id.
    pub model: Vec<(String, Number)>,
}

/// The figures of a question, and the tested topologies that carry its users in one pool, the smallest first.
pub fn asked(question: &Asked) -> SizingPlan {
    let mut subjects = vec![organization(question)];
    subjects.extend(pools(question));
    if let Some(outside) = question.outside {
        subjects.extend(edges(question, outside));
    }
    subjects.extend(records(question));
    subjects.extend(voice(question));
    let rows = facts::<Assumption>(question.product);
    let replaced = question.model.iter().filter_map(|(id, value)| {
        let row = rows.iter().find(|row| row.id == *id)?;
        let default = Number::from_integer(row.value.into());
        Some((id.clone(), (*value, Origin::Override { stated: words("--model").into(), id: &row.id, default })))
    });
    evaluate(question.product, &subjects, &replaced.collect::<Overrides>())
}

fn words(path: impl Into<String>) -> SourceRef {
    SourceRef { path: path.into(), place: None, shown: false }
}

fn organization(question: &Asked) -> Subject {
    let mut subject = Subject::new(Measured::Organization, words("organization"));
    subject.set("users", question.users, Origin::Asked);
    if let Some(outside) = question.outside {
        subject.inputs.insert("share", Input { value: outside, origin: Origin::Asked });
    }
    if let Some(sessions) = question.web_access_sessions {
        subject.set("web_access_sessions", sessions, Origin::Asked);
    }
    subject
}

/// A pool of each tested topology that fits, with its part of the users.
fn pools(question: &Asked) -> Vec<Subject> {
    let mut tested: Vec<&PoolCapacity> = facts::<PoolCapacity>(question.product).iter().collect();
    // What carries all users in one pool comes first, the smallest of them on top.
    let pools_of = |row: &PoolCapacity| question.users.div_ceil(row.users).max(1);
    tested.sort_by(|a, b| (pools_of(a), a.users, &a.id).cmp(&(pools_of(b), b.users, &b.id)));
    // A pool of several servers goes on when one of them fails; a single server does not.
    tested.retain(|row| !question.availability || row.front_ends > 1);
    let mut subjects = Vec::new();
    for row in tested {
        let pools = pools_of(row);
        let each = question.users.div_ceil(pools);
        let name = match pools {
            1 => row.id.clone(),
            _ => format!("{pools} × {}", row.id),
        };
        let mut subject = Subject::new(Measured::Pool, words(name));
        subject.set("users", each, Origin::Asked);
        tested_inputs(&mut subject, row);
        if let Some(days) = question.address_book_days {
            subject.set("address_book_days", days, Origin::Asked);
        }
        if row.web_conferencing_servers + row.av_conferencing_servers + row.web_components_servers > 0 {
            subject.words.push("expanded");
        }
        // As many as a load balancer has at least: the figure says how many it needs.
        if row.front_ends > 1 {
            subject.words.push("snat_addresses");
        }
        subjects.push(subject);
    }
    subjects
}

/// The Edge Servers of each layout.
fn edges(question: &Asked, outside: Number) -> Vec<Subject> {
    let layouts = facts::<EdgeCapacity>(question.product).iter();
    let subject = |row: &'static EdgeCapacity| {
        let mut subject = Subject::new(Measured::EdgeArray, words(row.id.clone()));
        subject.set("users", question.users, Origin::Asked);
        subject.inputs.insert("share", Input { value: outside, origin: Origin::Asked });
        let roles = [
            ("access_server", row.access_connections),
            ("web_conferencing_server", row.web_conferencing_connections),
            ("av_server", row.av_sessions),
        ];
        for (name, carried) in roles {
            if let Some(carried) = carried {
                subject.set(name, carried, Origin::Row { kind: "edge_capacities", id: &row.id });
            }
        }
        subject
    };
    layouts.map(subject).collect()
}

fn records(question: &Asked) -> Option<Subject> {
    let mut subject = Subject::new(Measured::ArchivingServer, words("archiving"));
    if !question.archiving {
        return None;
    }
    subject.words.push("im_archiving");
    subject.set("users", question.users, Origin::Asked);
    if let Some(days) = question.retention {
        subject.set("purge_days", days, Origin::Asked);
    }
    Some(subject)
}

fn voice(question: &Asked) -> Option<Subject> {
    let users = question.voice_users?;
    let mut subject = Subject::new(Measured::Voice, words("voice"));
    subject.set("users", users, Origin::Asked);
    if let Some(row) = fact::<Assumption>(question.product, &format!("calls.{}", question.call_volume)) {
        subject.set("calls_per_hour", row.value, Origin::Row { kind: "user_model", id: &row.id });
    }
    if let Some(row) = fact::<Limit>(question.product, &format!("media_gateway.users_per_port.{}", question.call_volume)) {
        subject.set("users_per_port", row.value, Origin::Row { kind: "limits", id: &row.id });
    }
    if let Some(ports) = question.ports_of_a_gateway {
        subject.set("ports_of_a_gateway", ports, Origin::Asked);
    }
    Some(subject)
}
