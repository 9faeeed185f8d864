//! Every dialect of load balancers, read back and compared with the plan; HAProxy judges its own and balances for real.

#![allow(clippy::disallowed_methods, reason = "the real consumers are other programs, and they read files")]

#[path = "../common/mod.rs"]
mod common;
#[path = "../../benches/generator/mod.rs"]
mod generator;

mod agree;
mod change;
mod f5;
mod hostile;
mod live;
mod netscaler;
mod read;
