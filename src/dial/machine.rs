//! A pattern as a finite machine over ASCII, so that two patterns can be compared on all numbers at once. Patterns that such a
//! machine cannot express (looking around, word boundaries), or that .NET reads differently, have none.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind, Look};

use super::dotnet::{ascii_digits, read_otherwise};

/// The most states of a machine; a pattern that needs more is not compared.
const MOST: usize = 2_000;

/// What a machine does in a state.
#[derive(Debug, Clone)]
pub(super) enum State {
    /// The pattern has matched.
    Match,
    /// Continues without reading, with each of these.
    Split(Vec<usize>),
    /// Reads one character of these ranges.
    Read(Vec<(u8, u8)>, usize),
    /// Continues at the beginning of the number only.
    Start(usize),
    /// Continues at its end only.
    End(usize),
}

/// A pattern that can be compared.
#[derive(Debug, Clone)]
pub struct Machine {
    pub(super) states: Vec<State>,
    pub(super) first: usize,
}

impl Machine {
    /// The machine of a pattern, where there is one.
    pub fn new(pattern: &str) -> Option<Self> {
        if looks_around(pattern) || read_otherwise(pattern) {
            return None;
        }
        let hir = ParserBuilder::new().nest_limit(100).build().parse(&ascii_digits(pattern)).ok()?;
        let mut machine = Self { states: vec![State::Match], first: 0 };
        machine.first = machine.add(&hir, 0)?;
        Some(machine)
    }

    fn push(&mut self, state: State) -> Option<usize> {
        self.states.push(state);
        (self.states.len() <= MOST).then_some(self.states.len() - 1)
    }

    /// The state in which a part of the pattern begins; `next` is the state after it.
    fn add(&mut self, hir: &Hir, next: usize) -> Option<usize> {
        match hir.kind() {
            HirKind::Empty => Some(next),
            HirKind::Literal(literal) => {
                literal.0.iter().rev().try_fold(next, |next, byte| self.push(State::Read(ascii(*byte, *byte), next)))
            }
            HirKind::Class(Class::Unicode(class)) => {
                let clip = |c: char| u8::try_from(u32::from(c).min(0x7f)).unwrap_or(0x7f);
                let ranges = class.ranges().iter().filter(|range| range.start().is_ascii());
                let ranges = ranges.map(|range| (range.start() as u8, clip(range.end()))).collect();
                self.push(State::Read(ranges, next))
            }
            HirKind::Class(Class::Bytes(class)) => {
                let ranges = class.ranges().iter().flat_map(|range| ascii(range.start(), range.end())).collect();
                self.push(State::Read(ranges, next))
            }
            HirKind::Look(Look::Start) => self.push(State::Start(next)),
            HirKind::Look(Look::End) => self.push(State::End(next)),
            HirKind::Look(_) => None,
            HirKind::Capture(capture) => self.add(&capture.sub, next),
            HirKind::Concat(parts) => parts.iter().rev().try_fold(next, |next, part| self.add(part, next)),
            HirKind::Alternation(parts) => {
                let starts: Option<Vec<usize>> = parts.iter().map(|part| self.add(part, next)).collect();
                self.push(State::Split(starts?))
            }
            HirKind::Repetition(repetition) => {
                let mut next = next;
                match repetition.max {
                    None => {
                        let again = self.push(State::Split(vec![next]))?;
                        let body = self.add(&repetition.sub, again)?;
                        self.states[again] = State::Split(vec![body, next]);
                        next = again;
                    }
                    Some(max) => {
                        let end = next;
                        for _ in repetition.min..max {
                            let body = self.add(&repetition.sub, next)?;
                            next = self.push(State::Split(vec![body, end]))?;
                        }
                    }
                }
                for _ in 0..repetition.min {
                    next = self.add(&repetition.sub, next)?;
                }
                Some(next)
            }
        }
    }
}

fn ascii(first: u8, last: u8) -> Vec<(u8, u8)> {
    if first.is_ascii() { vec![(first, last.min(0x7f))] } else { Vec::new() }
}

/// Whether there is no machine: `(?:` and names are the same everywhere; other groups with a question mark look around, or set
/// options.
fn looks_around(pattern: &str) -> bool {
    let group = |at: usize| {
        let text = &pattern[at..];
        text.starts_with("(?:") || text.starts_with("(?<") && !text.starts_with("(?<=") && !text.starts_with("(?<!")
    };
    pattern.match_indices("(?").any(|(at, _)| !group(at))
}
