//! Questions to a compiled topology, one folder each: what is asked, what is found, as plain values that can be written as JSON.
//! A question reads the topology, its flows and its plans. It knows nothing of files, terminals and dialects; `report::answer` draws
//! what it finds.

pub mod answer;
pub mod cert_check;
mod choice;
pub mod diagram;
pub mod dial;
pub mod diff;
pub mod dns_check;
pub mod fail;
pub mod flows;
pub mod signin;
pub mod size;
pub mod trace;
mod what_if;
pub mod why;
