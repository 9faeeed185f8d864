//! The causes of a change: changed declarations, found by the paths that both sides' reasons name.

use std::collections::BTreeMap;

use serde::Serialize;

use super::moved::Moves;
use super::{Declared, State};
use crate::plan::Reason;

/// A changed declaration that causes a change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Cause {
    /// Its path; that of a removed one is the old one.
    pub path: String,
    /// What is with it.
    pub state: State,
    /// The attribute; absent where the whole block came, went or has another path.
    pub attribute: Option<&'static str>,
    /// `file:line`, in the old version where it is removed.
    pub place: Option<String>,
}

/// All changed declarations.
#[derive(Debug)]
pub(super) struct Causes<'d> {
    declared: &'d [Declared],
    moved: &'d Moves,
    /// The positions of `declared` by path.
    by_path: BTreeMap<&'d str, Vec<usize>>,
}

/// The most causes that a change names.
const MOST: usize = 4;

impl<'d> Causes<'d> {
    pub(super) fn new(declared: &'d [Declared], moved: &'d Moves) -> Self {
        let mut by_path: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, declared) in declared.iter().enumerate() {
            by_path.entry(&declared.path).or_default().push(at);
        }
        Self { declared, moved, by_path }
    }

    /// What a change follows from: the changed declarations among its paths, the nearest first. If there is none,
    /// the changed declarations of the whole organization.
    pub(super) fn of<'p>(&self, paths: impl IntoIterator<Item = &'p str>) -> Vec<Cause> {
        let paths: Vec<&str> = paths.into_iter().collect();
        for near in [Self::at, Self::around, Self::below] {
            let mut causes: Vec<Cause> = paths.iter().flat_map(|path| near(self, path)).collect();
            causes.sort();
            causes.dedup();
            if !causes.is_empty() {
                causes.truncate(MOST);
                return causes;
            }
        }
        let organization = self.declared.iter().filter(|declared| is_of_organization(declared));
        organization.map(Declared::cause).take(MOST).collect()
    }

    /// The same of the declarations of some reasons, and of further paths.
    pub(super) fn of_reasons<'p>(
        &self,
        reasons: impl IntoIterator<Item = &'p Reason>,
        further: impl IntoIterator<Item = &'p str>,
    ) -> Vec<Cause> {
        let declared = reasons.into_iter().flat_map(|reason| &reason.declared).map(|source| source.path.as_str());
        self.of(declared.chain(further))
    }

    /// The declaration itself, or a word that it is written with: `contoso.federation` is in `features` or an attribute of its own.
    fn at(&self, path: &str) -> Vec<Cause> {
        let mut causes = self.changes_of(path);
        if let Some(moved) = self.moved.list.iter().find(|moved| moved.new == path || moved.old == path) {
            causes.push(Cause { path: moved.new.clone(), state: State::Changed, attribute: None, place: None });
        }
        if let Some((above, word)) = path.rsplit_once('.') {
            let is_word = |declared: &&Declared| declared.attribute.is_some_and(|name| name == word) || declared.mentions(word);
            let within = self.by_path.range(above..).take_while(|(other, _)| other.starts_with(above));
            let changes = within.flat_map(|(_, at)| at).map(|at| &self.declared[*at]);
            causes.extend(changes.filter(is_word).map(Declared::cause));
        }
        causes
    }

    /// A block around it that came or went.
    fn around(&self, path: &str) -> Vec<Cause> {
        let dots = path.match_indices('.').map(|(at, _)| &path[..at]);
        let whole = |cause: &Cause| cause.attribute.is_none();
        dots.flat_map(|above| self.changes_of(above)).filter(whole).collect()
    }

    /// What is in it.
    fn below(&self, path: &str) -> Vec<Cause> {
        let inside = format!("{path}.");
        let below = self.by_path.range(inside.as_str()..).take_while(|(other, _)| other.starts_with(&inside));
        below.flat_map(|(_, at)| at).map(|at| self.declared[*at].cause()).collect()
    }

    fn changes_of(&self, path: &str) -> Vec<Cause> {
        self.by_path.get(path).into_iter().flatten().map(|at| self.declared[*at].cause()).collect()
    }
}

impl Declared {
    fn cause(&self) -> Cause {
        Cause { path: self.path.clone(), state: self.state, attribute: self.attribute, place: self.place.clone() }
    }

    /// Whether a word is in one of the two values of a list and not in the other.
    fn mentions(&self, word: &str) -> bool {
        let has = |value: &Option<String>| {
            value.as_deref().is_some_and(|list| list.trim_matches(['[', ']']).split(", ").any(|item| item == word))
        };
        has(&self.old) != has(&self.new)
    }
}

/// What is written for all sites: its path has no site.
fn is_of_organization(declared: &Declared) -> bool {
    declared.kind == "organization" || matches!(declared.attribute, Some("sip_domains" | "product"))
}
