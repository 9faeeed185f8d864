//! Zone files that exist: read with the place of every record, and held against the plan of names.
//! Input: texts of zone files and a plan. Output: findings. Knows nothing of the disk.
//!
//! No library for zone files tells where in the text a record stands, which is what findings need; BIND's own reader judges this one
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
