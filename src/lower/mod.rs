//! Syntax trees to declarations: every block and attribute checked against the schema, values typed, ranges expanded.
//! Input: trees and the schema. Output: [`Decls`] and findings. Knows nothing of the model or the catalogue.

mod access;
mod decl;
mod defaults;
mod lowering;
mod names;
mod ranges;
mod values;

pub use decl::{AddressPattern, Assertion, AssertionKind, Date, Decl, Decls, PortSpec, Value};
pub use lowering::lower;
pub use names::Fqdn;
