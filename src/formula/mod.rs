//! Formulas of catalogue rows: arithmetic over named values, exact, with a text with the values in place of the names.
//! Knows neither the catalogue nor a topology.

mod erlang;
mod evaluate;
mod number;
mod parse;

pub use erlang::{MOST_ERLANGS, trunks};
pub use evaluate::Problem;
pub use number::{Number, number};
pub use parse::{Formula, Mistake};
