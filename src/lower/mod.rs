//! Syntax trees to declarations: every block and attribute checked against the schema, values typed, ranges expanded.
//! Input: trees and the schema. Output: [`Decls`] and findings. Knows nothing of the model or the catalogue.

mod access;
mod addresses;
mod assertions;
mod attrs;
mod blocks;
mod calendar;
mod context;
mod decl;
mod defaults;
mod describe;
mod duplicates;
mod lowering;
mod mismatch;
mod names;
mod numbers;
mod problem;
mod quantity;
mod ranges;
mod sip_address;
mod strings;
#[cfg(test)]
mod tests;
mod texts;
mod undecided;
mod unknown;
mod unparsed;
mod values;
mod words;

pub use decl::{AddressPattern, Assertion, AssertionKind, Date, Decl, Decls, PortSpec, Value, Waiver};
pub use lowering::lower;
pub use names::Fqdn;
pub use sip_address::{SignInAddress, beginning};
