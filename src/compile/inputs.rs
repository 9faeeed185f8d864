//! What the parts of a build are written from.

use super::Compiled;
use crate::diag::Diag;
use crate::emit::Team;
use crate::plan::Plans;

/// What parts are written from.
#[derive(Debug, Clone, Copy)]
pub(super) struct PartInputs<'a> {
    /// The topology and its plans.
    pub(super) plans: Plans<'a>,
    /// Its findings.
    pub(super) findings: &'a [Diag],
    /// The version that runs, where its change is wanted.
    pub(super) since: Option<Since<'a>>,
    /// The team whose files are wanted, if only those of one are.
    pub(super) team: Option<Team>,
    /// The dialects of firewalls and load balancers that each of them is written in, beside its own.
    pub(super) dialects: &'a [&'a str],
}

/// An earlier version of a topology.
#[derive(Debug, Clone, Copy)]
pub struct Since<'a> {
    /// What the reader calls it.
    pub name: &'a str,
    /// It.
    pub compiled: &'a Compiled,
}
