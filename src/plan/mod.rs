//! What each team gets, in neutral form: rows with everything computed and with their reasons.
//! Input: model, flows, catalogue. Output: plain values that templates can show. Knows nothing of dialects or files.

mod digest;
mod naming;
mod plans;
mod reason;

pub mod balancer;
pub mod bill;
pub mod certificate;
pub mod compliance;
pub mod device;
pub mod dns;
pub mod federation;
pub mod firewall;
pub mod host;
pub mod line;
pub mod outage;
pub mod publishing;
pub mod renewal;
pub mod report;
pub mod runbook;
pub mod sizing;
pub mod voice;

pub use digest::digest;
pub use plans::{PlanCache, Plans, Resolved};
pub use reason::{Lines, Reason, SourceRef};
