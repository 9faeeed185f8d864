//! What becomes of dialled numbers: the product's patterns and translations, tried on numbers and compared with each other.
//! Input: texts that lowering has accepted. Knows no topology.

mod cover;
mod machine;
mod number_rule;

pub use cover::{covered, meet, numbers};
pub use machine::Machine;
pub use number_rule::{NumberRule, pattern};
