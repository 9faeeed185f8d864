//! What is found, as plain values: nothing in them is a number of an arena, and all of it can be written as JSON.

use std::net::Ipv4Addr;

use serde::Serialize;

use crate::query::answer::Grounds;
use crate::query::trace::Way;

/// A sign-in, step by step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignIn {
    /// The sign-in address.
    pub user: String,
    /// The word of the client.
    pub client: &'static str,
    /// Its name.
    pub client_title: &'static str,
    /// `inside` or `outside`.
    pub from: &'static str,
    /// The client networks that it is in; none outside.
    pub networks: Vec<String>,
    /// The home pool of the user.
    pub home: String,
    /// Whether the question left the home open.
    pub home_presumed: bool,
    /// The other pools, where users can be at home too.
    pub other_homes: Vec<String>,
    /// What is down, as the topology names it.
    pub down: Vec<String>,
    /// Whether the user signs in.
    pub works: bool,
    /// The end of the story in one sentence: where it ends, or the first thing that is broken.
    pub verdict: String,
    /// What to do, where something is broken.
    pub fix: Option<String>,
    /// The names that are looked up, in the order in which their answers count.
    pub lookups: Vec<Lookup>,
    /// The servers that are met, one after the other.
    pub contacts: Vec<Contact>,
    /// The connections that go on beside, or follow.
    pub beside: Vec<Beside>,
    /// How the client behaves: what the story rests on, and what it leaves out.
    pub rules: Vec<Behaviour>,
}

/// A name that is looked up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lookup {
    /// The name.
    pub name: String,
    /// The type of record.
    #[serde(rename = "type")]
    pub record_type: &'static str,
    /// What for: `service`, `host`, `page`, `target`, `home`, `update` or `time`.
    pub stage: &'static str,
    /// The view that answers.
    pub view: &'static str,
    /// The zone that the name is in; `None` where the topology plans none.
    pub zone: Option<String>,
    /// What DNS holds, as in a zone file.
    pub answers: Vec<String>,
    /// What becomes of it.
    pub outcome: Outcome,
    /// Whether the question takes the record away.
    pub taken_away: bool,
    /// The features that must be on before clients ask for it, where they are off.
    pub needs: Vec<&'static str>,
    /// Whether a DNS suffix of the network is added to the name.
    pub suffixed: bool,
    /// What it is for.
    pub purpose: String,
    /// What the look-up rests on.
    #[serde(flatten)]
    pub grounds: Grounds,
}

/// What becomes of a look-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The answer is used.
    Used,
    /// The answer is used, and what it leads to does not work.
    Failed,
    /// There is an answer, and one before it counts.
    Unused,
    /// There is no such record.
    NoRecord,
    /// It is not asked for: an answer before it counts.
    NotNeeded,
    /// It is not asked for: a feature is off.
    NotAsked,
}

/// A server that is met, or that another server meets for the user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contact {
    /// Its part: `sign_in`, `redirected`, `proxied` or `page`.
    pub stage: &'static str,
    /// Who opens the connection.
    pub from: String,
    /// The name that is connected to; `None` where another server knows it otherwise.
    pub name: Option<String>,
    /// The address.
    pub address: Option<Ipv4Addr>,
    /// The port.
    pub port: Option<u16>,
    /// What has the address; `None` where nothing in the topology has.
    pub to: Option<String>,
    /// How many servers share the address, or the name.
    pub servers: usize,
    /// How many of them are down.
    pub servers_down: usize,
    /// Whether it answers, and is who it should be.
    pub works: bool,
    /// What is wrong.
    pub problem: Option<String>,
    /// The ways of the connection, with its firewalls and rules.
    pub ways: Vec<Way>,
    /// The certificate that it presents; `None` without TLS.
    pub certificate: Option<Presented>,
}

/// The certificate that a server presents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Presented {
    /// The folder of its request in a build.
    pub certificate: String,
    /// Its issuer.
    pub issuer: Option<String>,
    /// `enterprise` or `public`.
    pub issuer_kind: Option<&'static str>,
    /// How it carries the name: `common_name` or `alternative_name`; `None` where it does not.
    pub carries_as: Option<&'static str>,
    /// The names that it carries.
    pub names: Vec<String>,
    /// Whether the name is directly within the SIP domain, which clients ask of the target of a service record; `None` for other names.
    pub strict: Option<bool>,
    /// Whether a wildcard in place of the name would be taken; `None` where that is not known for sure.
    pub wildcard: Option<bool>,
    /// The row that says so.
    pub wildcard_row: Option<String>,
}

/// A connection that goes on beside a sign-in, or follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Beside {
    /// What stops it: something on its way, or at its end, is down.
    pub stopped_by: Vec<String>,
    /// The way.
    #[serde(flatten)]
    pub way: Way,
}

/// How a client behaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Behaviour {
    /// The sentence.
    pub text: String,
    /// What it rests on.
    #[serde(flatten)]
    pub grounds: Grounds,
}
