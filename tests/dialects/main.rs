//! Every dialect of firewalls, read back and compared with the plan as sets of packets: nothing wider, nothing narrower. nftables
//! and iptables are read as the kernel lists them; the others by readers that know a dialect and nothing of how it is written here.

#![allow(clippy::disallowed_methods, reason = "the real consumers are other programs, and they read files")]

#[path = "../common/mod.rs"]
mod common;
#[path = "../../benches/generator/mod.rs"]
mod generator;

mod aerleon;
mod agree;
mod change;
mod host_scripts;
mod hostile;
mod hosts;
mod least;
mod mutations;
mod nft;
mod plans;
mod read;
mod replace;
