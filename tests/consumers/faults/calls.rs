//! A build over the output of an earlier one, in which one call to the system fails, or before which the process ends: each call
//! in turn, as strace counts them. Whatever call it is, the folder has the old files or the new ones, and the next build completes.
//!
//! Killing at random times (`tests/library/robustness`) hardly ever meets the microseconds in which the folders change places.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::process::Output;

use super::{Files, TOPOLOGY, command, files, fill, leftovers};

/// Calls that touch files, each with an error that the system gives for it.
const CALLS: &[(&str, &str)] = &[
    ("chmod", "EPERM"),
    ("fchmod", "EPERM"),
    ("flock", "ENOLCK"),
    ("fsync", "EIO"),
    ("getdents64", "EIO"),
    ("link", "EMLINK"),
    ("linkat", "EMLINK"),
    ("mkdir", "ENOSPC"),
    ("newfstatat", "EIO"),
    ("openat", "EMFILE"),
    ("read", "EIO"),
    ("rename", "EIO"),
    ("renameat2", "EIO"),
    ("rmdir", "EBUSY"),
    ("statx", "EACCES"),
    ("syncfs", "EIO"),
    ("unlink", "EACCES"),
    ("unlinkat", "EACCES"),
    ("write", "ENOSPC"),
];

/// How many calls of a kind are tried: the first, the last, and as many between them in even steps. A build of a few files makes
/// most of its calls for one file like another.
const TRIED: usize = 3;

/// A folder with an old output in `out`, and how to make it anew.
struct Case {
    folder: tempfile::TempDir,
    in_place: bool,
    old: Files,
    new: Files,
}

impl Case {
    fn new(in_place: bool) -> Self {
        let mut case = Self { folder: tempfile::tempdir().unwrap(), in_place, old: Files::new(), new: Files::new() };
        assert!(case.builds("1").status.success());
        fs::write(case.out().join("notes"), "theirs").unwrap();
        case.old = files(&case.out());
        assert!(case.builds("2").status.success());
        case.new = files(&case.out());
        assert_ne!(case.old, case.new);
        case
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    /// Gives the folder its old output back.
    fn reset(&self) {
        for entry in fs::read_dir(self.folder.path()).unwrap().map(Result::unwrap) {
            fs::remove_dir_all(entry.path()).unwrap();
        }
        fill(&self.out(), &self.old);
    }

    /// The arguments of a build whose files have another serial number.
    fn arguments(&self, serial: &str) -> Vec<String> {
        let out = self.out().display().to_string();
        let mut all = vec!["build", TOPOLOGY, "-o", &out, "--only", "dns", "-q", "--serial", serial];
        all.extend(self.in_place.then_some("--in-place"));
        all.into_iter().map(str::to_owned).collect()
    }

    fn builds(&self, serial: &str) -> Output {
        command(env!("CARGO_BIN_EXE_ocstopo")).args(self.arguments(serial)).output().unwrap()
    }

    /// The same build under strace.
    fn traced(&self, options: &[&str]) -> Output {
        let mut strace = command("strace");
        strace.args(["-f", "-qq"]).args(options).arg(env!("CARGO_BIN_EXE_ocstopo")).args(self.arguments("2"));
        strace.output().unwrap()
    }

    /// The calls of a build from where it first names the output: each with how many of its kind its thread has made by then.
    fn calls(&self) -> BTreeSet<(&'static str, usize)> {
        self.reset();
        let log = tempfile::NamedTempFile::new().unwrap().into_temp_path();
        let names: Vec<&str> = CALLS.iter().map(|(call, _)| *call).collect();
        // A call that this machine does not know is none that the build makes.
        let known = names.iter().map(|name| format!("?{name}")).collect::<Vec<_>>().join(",");
        let output = self.traced(&["-o", log.to_str().unwrap(), "-e", &format!("trace={known}")]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8_lossy(&fs::read(&log).unwrap()).into_owned();
        let out = self.out().display().to_string();
        let begins = text.lines().position(|line| line.contains(&out)).expect("the build names its output");
        let mut made: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let mut calls: BTreeMap<&'static str, BTreeSet<usize>> = BTreeMap::new();
        // Calls before that belong to the loader of programs. A number is counted in each thread.
        let mut before: BTreeMap<&str, usize> = BTreeMap::new();
        for (number, line) in text.lines().enumerate() {
            let Some((thread, rest)) = line.split_once(' ') else { continue };
            // The second half of a call that another thread interrupted is no call of its own.
            let Some((name, _)) = rest.trim_start().split_once('(') else { continue };
            let Some((call, _)) = CALLS.iter().find(|(call, _)| *call == name) else { continue };
            let count = made.entry((thread, call)).or_default();
            *count += 1;
            if number < begins {
                before.entry(call).and_modify(|most| *most = (*most).max(*count)).or_insert(*count);
            } else if before.get(call).is_none_or(|most| most < count) {
                calls.entry(call).or_default().insert(*count);
            }
        }
        let tried = |(call, numbers): (&'static str, BTreeSet<usize>)| {
            let numbers: Vec<usize> = numbers.into_iter().collect();
            let last = numbers.len() - 1;
            let steps = last.min(TRIED - 1);
            (0..=steps).map(move |step| (call, numbers[(last * step).checked_div(steps).unwrap_or(0)]))
        };
        calls.into_iter().flat_map(tried).collect()
    }

    /// The build with one fault, over the old output.
    fn with_fault(&self, call: &str, fault: &str, number: usize) -> Output {
        self.reset();
        self.traced(&["-o", "/dev/null", "-e", &format!("trace={call}"), "-e", &format!("inject={call}:{fault}:when={number}")])
    }

    /// A build after a fault completes, and removes what the other has left.
    fn next_build_completes(&self, fault: &str) {
        let output = self.builds("2");
        assert!(output.status.success(), "after {fault}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(files(&self.out()) == self.new, "after {fault} the next build gives other files");
        assert_eq!(leftovers(self.folder.path()), Vec::<PathBuf>::new(), "after {fault}");
    }
}

fn every_call_may_fail(in_place: bool) {
    let case = Case::new(in_place);
    for (call, number) in case.calls() {
        let error = CALLS.iter().find(|(own, _)| *own == call).expect("it is one of them").1;
        let fault = format!("{error} of {call} {number}");
        let output = case.with_fault(call, &format!("error={error}"), number);
        let said = String::from_utf8_lossy(&output.stderr);
        // What cannot be removed now is removed by the next build.
        let now: Files =
            files(&case.out()).into_iter().filter(|(path, _)| !path.to_string_lossy().contains(".ocstopo-")).collect();
        match output.status.code() {
            // Some errors need not hinder a build: a second name that cannot be given is a copy.
            Some(0) => assert!(now == case.new, "{fault}: success without the new files: {said}"),
            Some(2) => {
                assert!(now == case.old, "{fault}: an error, and not the old files: {said}");
                assert_eq!(said.lines().filter(|line| line.starts_with("error")).count(), 1, "{fault}: {said}");
            }
            other => panic!("{fault}: exit code {other:?}: {said}"),
        }
        assert!(!said.contains("panicked"), "{fault}: {said}");
        case.next_build_completes(&fault);
    }
}

fn every_call_may_be_the_last(in_place: bool) {
    let case = Case::new(in_place);
    for (call, number) in case.calls() {
        let fault = format!("an end at {call} {number}");
        let output = case.with_fault(call, "signal=KILL", number);
        assert_eq!(output.status.code(), None, "{fault} does not come");
        let mut now = files(&case.out());
        now.retain(|path, _| !path.to_string_lossy().contains(".ocstopo-"));
        // In place the files are replaced one by one, and the next build completes them.
        assert!(in_place || now == case.old || now == case.new, "{fault}: neither the old files nor the new ones");
        case.next_build_completes(&fault);
    }
}

#[test]
fn an_exchanged_folder_is_whole_whatever_fails() {
    every_call_may_fail(false);
}

#[test]
fn a_folder_in_place_is_whole_whatever_fails() {
    every_call_may_fail(true);
}

#[test]
fn an_exchanged_folder_is_whole_wherever_the_build_ends() {
    every_call_may_be_the_last(false);
}

#[test]
fn a_build_in_place_is_completed_wherever_it_ends() {
    every_call_may_be_the_last(true);
}
