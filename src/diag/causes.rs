//! One cause, one finding: findings name what they rest on and what they put in doubt, and what only follows from a reported
//! cause is held back until that cause is gone.
//!
//! A finding puts in doubt what is written at its primary place, and the facts that its [`Ties`] blame. It stays silent when one
//! of those that they need is in doubt by another finding. Three promises:
//! - an error is silent behind an error only, a warning behind an error or a warning: no build goes through because of silence;
//! - of findings that put each other in doubt the first stays;
//! - a waived or ignored finding is not among those that come in, so it silences nothing: accepting a cause shows its
//!   consequences.

use rustc_hash::FxHashMap;

use super::{Diag, Severity};
use crate::text::{FileId, Span};

/// Something that a topology states, or lacks, and that findings rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// What is written here: an address, a zone, a reference, a name.
    Written(Span),
    /// All blocks of a kind are known by the names that others use: those in the block that is named here, or at the top.
    Names(&'static str, Option<Span>),
    /// Every reference to a block of a kind, in the block that is named here or at the top, means one that is declared.
    References(&'static str, Option<Span>),
    /// The network that is declared here is joined with others.
    Joined(Span),
    /// A chain of firewalls and links joins two networks, the one declared first in front. The internet has no place.
    Way(Option<Span>, Option<Span>),
    /// What is declared here has the load balancer that it needs.
    Balanced(Span),
    /// The site that is named here says in which networks its users work.
    Clients(Span),
    /// A server plays the role of this word.
    Role(&'static str),
    /// Every block of a kind is in a block that may hold it.
    Placed(&'static str),
    /// The braces of a file pair as they are meant.
    Braces(FileId),
}

/// How a finding hangs together with others.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ties {
    /// What it puts in doubt beside what is written at its primary place.
    pub blames: Vec<Fact>,
    /// What it rests on: of each of these at least one fact must hold, or it only follows from another finding.
    pub needs: Vec<Vec<Fact>>,
}

impl Ties {
    /// Puts a fact in doubt.
    pub fn blame(&mut self, fact: Fact) {
        self.blames.push(fact);
    }

    /// Rests on any of some facts: only when all of them are in doubt the finding is silent. No facts are no need.
    pub fn need_one_of(&mut self, facts: impl IntoIterator<Item = Fact>) {
        let facts: Vec<Fact> = facts.into_iter().collect();
        if !facts.is_empty() {
            self.needs.push(facts);
        }
    }
}

/// Parts findings into those that are shown and those that only follow from one of them. Both keep the order that they came in.
pub fn hold_back(diags: Vec<Diag>) -> (Vec<Diag>, Vec<Diag>) {
    if diags.iter().all(|diag| diag.ties.needs.is_empty()) {
        return (diags, Vec::new());
    }
    let mut states = States::new(&diags);
    let mut order: Vec<usize> = (0..diags.len()).collect();
    order.sort_by_key(|index| diags[*index].severity);
    // A finding is judged when all that could put its needs in doubt has been; then, of those that rest on what they doubt
    // themselves, the worst and first; the rest doubt each other.
    loop {
        let judged = states.round(&diags, &order, Readiness::Sure) || states.round(&diags, &order, Readiness::Own);
        if !judged && !states.round(&diags, &order, Readiness::Any) {
            break;
        }
    }
    let mut fates = states.fates.into_iter();
    let shown = |_: &Diag| fates.next().flatten().is_none_or(|fate| fate == Fate::Shown);
    diags.into_iter().partition(shown)
}

/// What may be open still when a finding is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Readiness {
    /// Nothing that doubts its needs.
    Sure,
    /// Only findings that need what they put in doubt, as this one does.
    Own,
    /// Anything.
    Any,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Shown,
    /// It follows from a finding of this severity.
    Held(Severity),
}

/// What is known of a fact that some finding needs.
#[derive(Debug, Default, Clone, Copy)]
struct Doubt {
    /// How many findings that blame it are not judged yet.
    open: usize,
    /// How many of these do not need it.
    plain: usize,
    /// The worst finding that puts it in doubt.
    worst: Option<Severity>,
}

struct States {
    fates: Vec<Option<Fate>>,
    doubts: FxHashMap<Fact, Doubt>,
}

impl States {
    fn new(diags: &[Diag]) -> Self {
        let needed = diags.iter().flat_map(|diag| diag.ties.needs.iter().flatten());
        let mut doubts: FxHashMap<Fact, Doubt> = needed.map(|fact| (*fact, Doubt::default())).collect();
        for diag in diags {
            blamed(diag, |fact| {
                if let Some(doubt) = doubts.get_mut(&fact) {
                    doubt.open += 1;
                    doubt.plain += usize::from(!diag.ties.needs.iter().flatten().any(|needed| *needed == fact));
                }
            });
        }
        Self { fates: vec![None; diags.len()], doubts }
    }

    /// Judges what is ready, in an order. Whether anything was judged.
    fn round(&mut self, diags: &[Diag], order: &[usize], readiness: Readiness) -> bool {
        let mut judged = false;
        for &index in order {
            let diag = &diags[index];
            if self.fates[index].is_some() || !self.is_ready(diag, readiness) {
                continue;
            }
            let fate = self.judge(diag);
            self.fates[index] = Some(fate);
            let severity = if let Fate::Held(severity) = fate { severity } else { diag.severity };
            blamed(diag, |fact| {
                if let Some(doubt) = self.doubts.get_mut(&fact) {
                    doubt.open -= 1;
                    doubt.plain -= usize::from(!diag.ties.needs.iter().flatten().any(|needed| *needed == fact));
                    doubt.worst = Some(doubt.worst.map_or(severity, |worst| worst.min(severity)));
                }
            });
            judged = true;
        }
        judged
    }

    fn is_ready(&self, diag: &Diag, readiness: Readiness) -> bool {
        let known = |fact| Some((fact, self.doubts.get(fact)?));
        readiness == Readiness::Any
            || diag.ties.needs.iter().flatten().filter_map(known).all(|(fact, doubt)| {
                let mut own = 0;
                blamed(diag, |blamed| own += usize::from(blamed == *fact));
                doubt.open <= own || (readiness == Readiness::Own && own > 0 && doubt.plain == 0)
            })
    }

    fn judge(&self, diag: &Diag) -> Fate {
        // Any fact of one need is enough; the need is as doubtful as the least doubtful of them.
        let of_need = |need: &Vec<Fact>| {
            let worst = |fact: &Fact| self.doubts.get(fact).and_then(|doubt| doubt.worst);
            need.iter().map(worst).collect::<Option<Vec<Severity>>>()?.into_iter().max()
        };
        let behind = diag.ties.needs.iter().filter_map(of_need).min();
        match behind {
            Some(severity) if severity <= diag.severity => Fate::Held(severity),
            _ => Fate::Shown,
        }
    }
}

/// All facts that a finding puts in doubt, each once.
fn blamed(diag: &Diag, mut each: impl FnMut(Fact)) {
    let written = Fact::Written(diag.primary.span);
    each(written);
    for (index, fact) in diag.ties.blames.iter().enumerate() {
        if *fact != written && !diag.ties.blames[..index].contains(fact) {
            each(*fact);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Code;
    use super::*;
    use crate::text::FileId;

    fn at(place: u32) -> Span {
        Span::new(FileId(0), place, place + 1)
    }

    fn diag(severity: Severity, place: u32) -> Diag {
        Diag::new(severity, Code("OCS0001"), place.to_string(), at(place), "")
    }

    fn shown(diags: Vec<Diag>) -> Vec<String> {
        hold_back(diags).0.into_iter().map(|diag| diag.message).collect()
    }

    #[test]
    fn consequences_are_held_back_in_any_order() {
        let chain = vec![
            diag(Severity::Error, 1).needs(Fact::Joined(at(2))),
            diag(Severity::Error, 2).needs(Fact::Written(at(3))).blames(Fact::Joined(at(2))),
            diag(Severity::Error, 3),
        ];
        assert_eq!(shown(chain.clone()), ["3"]);
        assert_eq!(hold_back(chain).1.len(), 2, "nothing is lost");
    }

    #[test]
    fn an_error_is_not_silent_behind_a_warning() {
        let error = diag(Severity::Error, 1).needs(Fact::Written(at(2)));
        let warning = diag(Severity::Warning, 1).needs(Fact::Written(at(2)));
        assert_eq!(shown(vec![error.clone(), diag(Severity::Warning, 2)]), ["1", "2"]);
        assert_eq!(shown(vec![warning, diag(Severity::Warning, 2)]), ["2"]);
        // Nor behind a warning that is silent because of a note.
        let between = diag(Severity::Note, 2).needs(Fact::Written(at(3)));
        assert_eq!(shown(vec![error, between, diag(Severity::Note, 3)]), ["1", "3"]);
    }

    #[test]
    fn one_of_mutually_doubting_findings_stays() {
        let one = diag(Severity::Error, 1).needs(Fact::Written(at(2)));
        let other = diag(Severity::Error, 2).needs(Fact::Written(at(1)));
        assert_eq!(shown(vec![one, other]), ["1"]);
        // Of several about the same place that rest on it the worst stays, and what waits for them waits.
        let twice = |severity| diag(severity, 1).needs(Fact::Written(at(1)));
        let after = diag(Severity::Error, 0).needs(Fact::Written(at(1)));
        let (shown_ones, held) = hold_back(vec![after, twice(Severity::Warning), twice(Severity::Error)]);
        assert_eq!((shown_ones.len(), shown_ones[0].severity, held.len()), (1, Severity::Error, 2));
        // A finding does not doubt itself.
        assert_eq!(shown(vec![diag(Severity::Error, 1).needs(Fact::Written(at(1)))]), ["1"]);
    }

    #[test]
    fn one_fact_of_several_is_enough() {
        let either = diag(Severity::Error, 1).needs_one_of([Fact::Written(at(2)), Fact::Written(at(3))]);
        assert_eq!(shown(vec![either.clone(), diag(Severity::Error, 2)]), ["1", "2"]);
        assert_eq!(shown(vec![either, diag(Severity::Error, 2), diag(Severity::Error, 3)]), ["2", "3"]);
        let none = diag(Severity::Error, 1).needs_one_of([]);
        assert_eq!(shown(vec![none]), ["1"]);
    }
}
