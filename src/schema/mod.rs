//! The vocabulary: every block and attribute with its type, unit, default and documentation.
//! One declaration drives lowering, error messages, `ocstopo schema` and the language reference.
//! Knows nothing of syntax trees or of the model.

pub mod blocks;
mod describe;
mod example;
mod export;
mod steps;
mod types;

pub use describe::{attribute_text, attributes, block_text, kinds, meanings, vocabulary};
pub use export::{block_json, json, markdown};
pub use steps::step_title;
pub use types::{AttrSchema, BlockSchema, NameRule, Type, a, listed};
