//! Text to a lossless tree. Never fails: a text that is not in the language gives a tree with error nodes and findings.
//! Knows nothing of the schema. pest is named in `parser` only.

pub mod ast;
mod bounds;
mod expected;
mod kind;
mod parse;
mod parser;
mod repair;
mod tree;
pub mod units;

pub use kind::SyntaxKind;
pub use parse::{Parse, parse};
pub use tree::{Node, SyntaxTree};

#[cfg(test)]
mod tests;
