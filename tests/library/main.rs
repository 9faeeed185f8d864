//! What the library and the program do on their own: these tests need neither root nor a program beside Rust's own.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read fixtures, run the program and fail where they cannot"
)]

#[path = "../../benches/generator/mod.rs"]
mod generator;
#[path = "../support/mod.rs"]
mod support;

mod broken;
mod change;
mod change_files;
mod cli;
mod comfort;
mod diff;
mod docs;
mod editor;
mod examples;
mod extension;
mod fix;
mod fix_files;
mod formats;
mod handover;
mod help;
mod layout;
mod order;
mod outages;
mod packaging;
mod phrases;
mod pictures;
mod products;
mod questions;
mod robustness;
mod rules;
mod runbook;
mod seeds;
mod single_edits;
mod still;
mod team;
mod tidy;
mod widths;
mod words;
