//! Syntax trees to declarations: every block and attribute checked against the schema, values typed, ranges expanded.
//! Input: trees and the schema. Output: [`Decls`] and findings. Knows nothing of the model or the catalogue.

mod access;
mod addresses;
mod assertions;
mod attrs;
mod blocks;
mod broken;
mod calendar;
mod decl;
mod defaults;
mod looks;
mod lowering;
mod names;
mod numbers;
mod problem;
mod ranges;
mod settle;
mod strings;
#[cfg(test)]
mod tests;
mod texts;
mod unknown;
mod values;
mod words;

pub use decl::{AddressPattern, Assertion, AssertionKind, Date, Decl, Decls, PortSpec, Value};
pub use lowering::lower;
pub use names::Fqdn;
