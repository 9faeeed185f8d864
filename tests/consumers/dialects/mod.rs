//! Every dialect of firewalls, read back and compared with the plan as sets of packets: nothing wider, nothing narrower. nftables
//! and iptables are read as the kernel lists them; the others by readers that know a dialect and nothing of how it is written here.

mod aerleon;
mod agree;
mod change;
mod host_scripts;
mod hostile;
mod hosts;
mod least_privilege;
mod mutations;
mod nft;
mod plans;
pub mod read;
mod replace;
mod steps;
