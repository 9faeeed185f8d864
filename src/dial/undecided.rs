//! What is too much to be tried.

/// How often a pattern may go back before a number counts as not decided.
pub(super) const BACKTRACKS: usize = 10_000;

/// The most places of one number that are replaced.
pub(super) const PLACES: usize = 1_000;

/// The longest result, in bytes.
pub(super) const RESULT: usize = 100_000;

/// Why it is not known what becomes of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undecided {
    /// The search goes back too often.
    Search,
    /// The pattern matches at too many places.
    Places,
    /// The result is too long.
    Result,
    /// .NET reads the pattern differently.
    Engine,
}

impl std::fmt::Display for Undecided {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Undecided::Search => write!(f, "its search goes back more than {BACKTRACKS} times on this number"),
            Undecided::Places => write!(f, "it matches at more than {PLACES} places of this number"),
            Undecided::Result => write!(f, "its result has more than {RESULT} characters"),
            Undecided::Engine => f.write_str("it has a construct that only one of .NET and ocstopo knows"),
        }
    }
}
