//! Questions to a compiled topology, one folder each: what is asked, what is found, as plain data.
//! A question reads the topology, its flows and its plans. It knows nothing of files, terminals and dialects.

pub mod cert_check;
pub mod dns_check;
pub mod trace;
pub mod why;
