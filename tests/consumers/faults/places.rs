//! Places where nothing can be written, or not all of it, and limits of the system.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

use super::{Files, TOPOLOGY, command, files, fill, leftovers};
use crate::support::running::Running;

/// The pages of a tmpfs, in KiB.
const PAGE: usize = 4;

/// Something mounted, for as long as the value lives.
struct Mounted(PathBuf);

impl Mounted {
    fn new(arguments: &[&str], place: &Path) -> Self {
        fs::create_dir_all(place).unwrap();
        let output = Command::new("mount").args(arguments).arg(place).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Self(place.to_owned())
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let ended = Command::new("umount").arg("-l").arg(&self.0).status();
        if !std::thread::panicking() {
            assert!(ended.expect("umount runs").success());
        }
    }
}

fn arguments<'a>(out: &'a str, serial: &'a str) -> Vec<&'a str> {
    vec!["build", TOPOLOGY, "-o", out, "--only", "dns", "-q", "--serial", serial]
}

fn build(out: &Path, serial: &str, more: &[&str]) -> Output {
    let mut build = command(env!("CARGO_BIN_EXE_ocstopo"));
    build.args(arguments(out.to_str().unwrap(), serial)).args(more).output().unwrap()
}

/// The files of two builds.
fn versions() -> [Files; 2] {
    ["1", "2"].map(|serial| {
        let folder = tempfile::tempdir().unwrap();
        assert!(build(folder.path(), serial, &[]).status.success());
        files(folder.path())
    })
}

/// Success and the new files, or an error and the old ones. Returns the message of an error.
fn judge(output: &Output, now: &Files, [old, new]: &[Files; 2]) -> Option<String> {
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    match output.status.code() {
        Some(0) => {
            assert!(now == new, "success without the new files: {said}");
            None
        }
        Some(2) => {
            let differ: Vec<_> = old.keys().chain(now.keys()).filter(|path| old.get(*path) != now.get(*path)).collect();
            assert!(differ.is_empty(), "an error, and not the old files: {differ:?}: {said}");
            // Three of many files with the same problem are named.
            assert!((1..=3).contains(&said.lines().filter(|line| line.starts_with("error")).count()), "{said}");
            Some(said)
        }
        code => panic!("{code:?}: {said}"),
    }
}

#[test]
fn a_full_disk_leaves_the_old_files() {
    let versions = versions();
    for way in [&[][..], &["--in-place"][..]] {
        let (mut full, mut written) = (0, 0);
        // From a disk that the old files fill to one that has room for both.
        for more in 0..60 {
            let folder = tempfile::tempdir().unwrap();
            let pages: usize = versions[0].values().map(|content| content.len().div_ceil(PAGE << 10)).sum();
            let size = format!("size={}k", (pages + more) * PAGE);
            let disk = Mounted::new(&["-t", "tmpfs", "-o", &size, "tmpfs"], &folder.path().join("disk"));
            let out = disk.0.join("out");
            fill(&out, &versions[0]);
            match judge(&build(&out, "2", way), &files(&out), &versions) {
                Some(said) => {
                    assert!(said.contains("no space"), "{said}");
                    full += 1;
                }
                None => written += 1,
            }
            assert_eq!(leftovers(&disk.0), Vec::<PathBuf>::new());
            if written == 3 {
                break;
            }
        }
        assert!(full >= 3 && written == 3, "{way:?}: {full} {written}");
    }
}

#[test]
fn a_folder_that_cannot_be_written_stays_as_it_is() {
    let versions = versions();
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("own");
    fill(&own.join("out"), &versions[0]);
    let read_only = Mounted::new(&["-o", "bind,ro", own.to_str().unwrap()], &folder.path().join("read-only"));
    for way in [&[][..], &["--in-place"][..]] {
        let out = read_only.0.join("out");
        let said = judge(&build(&out, "2", way), &files(&out), &versions).expect("nothing can be written");
        assert!(said.contains("read-only"), "{said}");
        let said = String::from_utf8(build(&read_only.0.join("none"), "2", way).stderr).unwrap();
        assert!(said.contains("cannot create this folder") && said.contains("read-only"), "{said}");
    }
}

#[test]
fn a_mount_point_is_written_in_place() {
    let versions = versions();
    let folder = tempfile::tempdir().unwrap();
    let out = Mounted::new(&["-t", "tmpfs", "tmpfs"], &folder.path().join("out"));
    fill(&out.0, &versions[0]);
    assert_eq!(judge(&build(&out.0, "2", &[]), &files(&out.0), &versions), None);
    assert_eq!(leftovers(folder.path()), Vec::<PathBuf>::new());
}

#[test]
fn few_open_files_are_enough_or_an_error() {
    let versions = versions();
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let limited = |most: usize, arguments: &[&str]| {
        let script = format!("ulimit -n {most}; exec \"$0\" \"$@\"");
        command("sh").args(["-c", &script, env!("CARGO_BIN_EXE_ocstopo")]).args(arguments).output().unwrap()
    };
    let starts = (3..64).find(|most| limited(*most, &["--version"]).status.success()).expect("it starts");
    let mut written = 0;
    for most in starts..starts + 12 {
        fill(&out, &versions[0]);
        let output = limited(most, &arguments(out.to_str().unwrap(), "2"));
        match judge(&output, &files(&out), &versions) {
            Some(said) => assert!(said.contains("too many open files"), "{most}: {said}"),
            None => written += 1,
        }
        // The folder that was replaced goes away by the next build if this one cannot open it.
        assert!(build(&out, "2", &[]).status.success());
        assert_eq!(leftovers(folder.path()), Vec::<PathBuf>::new());
    }
    assert!(written > 0, "no limit is enough");
}

#[test]
fn a_folder_that_goes_away_is_an_error_or_made_anew() {
    let versions = versions();
    for (way, call) in [(&[][..], "renameat2"), (&["--in-place"][..], "syncfs"), (&[][..], "syncfs")] {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        fill(&out, &versions[0]);
        // The folder goes while the build waits before the call.
        let wait = format!("inject={call}:delay_enter=2s:when=1");
        let mut strace = command("strace");
        strace.args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={call}"), "-e", &wait]);
        strace.arg(env!("CARGO_BIN_EXE_ocstopo")).args(arguments(out.to_str().unwrap(), "2")).args(way);
        let errors = tempfile::NamedTempFile::new().unwrap();
        let mut running = Running::new(strace.stderr(errors.reopen().unwrap()).spawn().unwrap());
        std::thread::sleep(Duration::from_secs(1));
        fs::rename(&out, folder.path().join("moved")).unwrap();
        let status = running.child().wait().unwrap();
        let said = fs::read_to_string(errors.path()).unwrap();
        assert!(matches!(status.code(), Some(0 | 2)), "{call}: {status}: {said}");
        assert!(!said.contains("panicked") && (status.success() || said.starts_with("error: ")), "{call}: {said}");
        assert!(build(&out, "2", &[]).status.success());
    }
}

#[test]
fn huge_files_are_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.ocstopo");
    fs::File::create(&path).unwrap().set_len(1 << 30).unwrap();
    for command_line in [&["check"][..], &["fmt"], &["graph"], &["size"]] {
        let script = "ulimit -v 1000000; exec \"$0\" \"$@\"";
        let mut limited = command("sh");
        limited.args(["-c", script, env!("CARGO_BIN_EXE_ocstopo")]).args(command_line).arg(&path);
        let output = limited.output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{command_line:?}: {said}");
        assert!(said.contains("larger than"), "{command_line:?}: {said}");
    }
}
