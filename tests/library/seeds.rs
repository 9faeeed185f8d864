//! The seeds of the fuzzers, and the inputs that once failed, with the build of the tests: each does again what libFuzzer did with it.

#[path = "../../fuzz/src/draft.rs"]
mod draft;
#[path = "../../fuzz/src/targets/mod.rs"]
mod targets;

use std::fs;
use std::panic::catch_unwind;
use std::path::PathBuf;

use targets::TARGETS;

fn seeds() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "fuzz", "seeds"].iter().collect()
}

/// Runs the seeds of a target, and names those that fail.
fn run(name: &str) {
    let (_, target) = TARGETS.iter().find(|(own, _)| *own == name).expect("it is a target");
    let mut failed = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(seeds().join(name)).unwrap() {
        let path = entry.unwrap().path();
        let data = fs::read(&path).unwrap();
        count += 1;
        if catch_unwind(|| target(&data)).is_err() {
            failed.push(path);
        }
    }
    assert!(count > 0, "{name} has no seeds");
    assert!(failed.is_empty(), "{failed:#?}");
}

/// A test for each target.
macro_rules! targets {
    ($($name:ident)+) => {
        $(#[test]
        fn $name() {
            run(stringify!($name));
        })+

        #[test]
        fn every_target_is_run() {
            let mut named = TARGETS.iter().map(|(name, _)| *name);
            assert!(named.by_ref().eq([$(stringify!($name)),+]));
            let mut folders: Vec<_> = fs::read_dir(seeds()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
            folders.sort();
            assert_eq!(folders, TARGETS.iter().map(|(name, _)| *name).collect::<Vec<_>>());
        }
    };
}

targets! { build certificate change check config devices diff fix messages number questions text topology zone }
