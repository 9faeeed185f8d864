//! Existing zone files: read with the place of every record, and compared with the plan of names.
//! Input: texts of zone files and a plan. Output: findings. Knows nothing of the disk.
//!
//! No library for zone files returns the place of a record in the text, which findings need; BIND's own reader verifies this one
//! in the tests.

mod compare;
mod index;
mod name;
mod read;
mod scan;
mod similar;
mod types;
mod words;

pub use compare::{Comparison, NotGiven, compare};
pub use read::{Data, Found, ZoneText, read};

#[cfg(test)]
mod tests;
