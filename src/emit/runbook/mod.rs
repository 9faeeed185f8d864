//! The runbook plan to files for the people who build the deployment.

mod markdown;

pub use markdown::{change, emit};
