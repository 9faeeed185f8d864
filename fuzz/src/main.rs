//! One program for all targets: `OCSTOPO_FUZZ` names the target, the arguments are those of libFuzzer. `fuzz/run` calls it.

#![no_main]
#![allow(clippy::disallowed_methods, clippy::print_stderr, clippy::exit, reason = "a program of its own")]

mod draft;
mod targets;

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use targets::{TARGETS, Target};

fn target() -> Target {
    static TARGET: OnceLock<Target> = OnceLock::new();
    *TARGET.get_or_init(|| {
        let wanted = std::env::var("OCSTOPO_FUZZ").unwrap_or_default();
        let found = TARGETS.iter().find(|(name, _)| *name == wanted);
        found.map(|(_, target)| *target).unwrap_or_else(|| {
            eprintln!("OCSTOPO_FUZZ is one of: {}", TARGETS.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", "));
            std::process::exit(2)
        })
    })
}

fuzz_target!(|data: &[u8]| target()(data));
