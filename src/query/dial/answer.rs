//! What becomes of a number, as plain values.

use serde::Serialize;

use crate::dial::is_e164;
use crate::query::answer::Page;

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dial {
    /// The number as it was asked about.
    pub number: String,
    /// How it is taken.
    pub mode: Mode,
    /// The location profile; `None` where a normalized number needs none.
    pub from: Option<String>,
    /// The path of the gateway, Mediation Server or voice mail server that hands the number in.
    pub handed_in_by: Option<String>,
    /// Whether the number has a form that it hands in; `None` where the topology states none, or where that is not known.
    pub has_its_form: Option<bool>,
    /// What is down.
    pub down: Vec<String>,
    /// How the number is normalized; `None` where it is normalized already.
    pub normalization: Option<Normalization>,
    /// The number that is routed, or that the address book has; `None` where the address book leaves it out.
    pub result: Option<String>,
    /// What the built-in rule E164 would make of a number of the directory that no company rule matches, if the list named it.
    pub built_in: Option<String>,
    /// Whether it is a number that people dial for help.
    pub emergency: Option<Emergency>,
    /// What becomes of the call, by policy; policies with the same answer are together.
    pub calls: Vec<Call>,
    /// Every route tried alone.
    pub routes: Vec<RouteTest>,
    /// What the answer rests on.
    pub grounds: Vec<Ground>,
}

/// How a number is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// A user dials it.
    Dialled,
    /// A gateway or voice mail hands it in.
    HandedIn,
    /// It is normalized already.
    Normalized,
    /// The directory has it.
    AddressBook,
}

/// How a number is normalized.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Normalization {
    /// The rule that is used; `None` where none matches, or where none is tried.
    pub rule: Option<UsedRule>,
    /// Whether the number has the form of E.164 already, so that no rule is tried.
    pub already_e164: bool,
    /// How many rules there are.
    pub rules: usize,
    /// The rules that would match too, and come too late or are not tried.
    pub later: Vec<LaterRule>,
    /// What would become of the number without its blanks and punctuation, where that is something else.
    pub without_separators: Option<Cleaned>,
}

/// A rule that is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UsedRule {
    /// Its name.
    pub rule: String,
    /// Its pattern.
    pub pattern: String,
    /// Its translation.
    pub translation: String,
    /// Its file and line.
    pub place: Option<String>,
    /// What the pattern matched, at the first place.
    pub matched: String,
    /// How many places were replaced.
    pub places: usize,
    /// The groups of the first place.
    pub groups: Vec<GroupText>,
}

/// What a group matched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupText {
    /// Its number, or its name.
    pub group: String,
    /// What it matched; `None` where it took no part.
    pub text: Option<String>,
}

/// A rule that would match too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LaterRule {
    /// Its name.
    pub rule: String,
    /// What it would make; `None` where that is not known.
    pub result: Option<String>,
    /// Why that is not known.
    pub undecided: Option<String>,
    /// Its file and line.
    pub place: Option<String>,
}

/// A number without blanks and punctuation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cleaned {
    /// The number.
    pub number: String,
    /// The rule that it would meet.
    pub rule: Option<String>,
    /// What would become of it.
    pub result: String,
}

/// A number that people dial for help, and who else catches it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Emergency {
    /// The number as the location profile has it.
    pub number: String,
    /// The rules that match it and other numbers too.
    pub rules: Vec<String>,
    /// The routes that match what becomes of it, and other numbers too.
    pub routes: Vec<String>,
}

/// What becomes of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Call {
    /// The policies with this answer.
    pub policies: Vec<String>,
    /// `routed`, `refused` or `dropped`; `None` where that is not known.
    pub ending: Option<&'static str>,
    /// Why.
    pub reason: String,
    /// The usages of the policies, in order.
    pub usages: Vec<Usage>,
    /// Routes that match and have no usage of the policies.
    pub other_routes: Vec<String>,
}

/// A usage of a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Usage {
    /// Its name.
    pub usage: String,
    /// Its routes that match.
    pub routes: Vec<UsedRoute>,
}

/// A route that matches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UsedRoute {
    /// Its name.
    pub route: String,
    /// Whether the call takes it.
    pub taken: bool,
    /// Its gateways, which are used in turn.
    pub gateways: Vec<UsedGateway>,
}

/// A gateway of a route.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UsedGateway {
    /// The path of the Mediation Server, or of a gateway that needs none.
    pub path: String,
    /// The path of the media gateway behind a Mediation Server.
    pub behind: Option<String>,
    /// Whether it does not answer.
    pub down: bool,
    /// Whether an earlier route has it, so that it is not tried again.
    pub tried_before: bool,
    /// Whether the gateway takes numbers of this form; `None` where the topology states none, or where that is not known.
    pub takes: Option<bool>,
}

/// A route tried alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RouteTest {
    /// Its name.
    pub route: String,
    /// Its pattern.
    pub pattern: String,
    /// Whether it matches; `None` where that is not known.
    pub matches: Option<bool>,
    /// Why that is not known.
    pub undecided: Option<String>,
    /// Its usages.
    pub usages: Vec<String>,
    /// Its file and line.
    pub place: Option<String>,
}

/// A sentence of the catalogue that the answer rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ground {
    /// The row.
    pub row: String,
    /// The sentence.
    pub what: String,
    /// The pages that state it.
    pub sources: Vec<Page>,
    /// How sure it is.
    pub confidence: &'static str,
}

impl Dial {
    /// Whether every call leaves by a gateway, the address book has the number, or the number that is handed in becomes an E.164 number.
    pub fn arrives(&self) -> bool {
        match self.mode {
            Mode::AddressBook => self.result.is_some(),
            Mode::HandedIn => self.result.as_deref().is_some_and(is_e164),
            _ => !self.calls.is_empty() && self.calls.iter().all(|call| call.ending == Some("routed")),
        }
    }
}
