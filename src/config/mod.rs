//! `ocstopo.toml`: how strictly topologies are checked. Input: its text. Output: [`Config`], or what is wrong as findings.
//! Knows the registry of rules; nothing of topologies, and not where the file is found.

mod levels;
mod read;

pub use levels::{Level, Levels};
pub use read::{DENY, read};

use crate::diag::Severity;

/// The name of the file.
pub const FILE_NAME: &str = "ocstopo.toml";

/// What the file says.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// What findings of each rule count as.
    pub levels: Levels,
    /// The lowest severity that ends with exit code 1.
    pub deny: Option<Severity>,
}
