//! Builds that are killed, interrupted, or stopped by the system.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::{SOUND, code, command, folder, leftovers, listing, run, stderr, stdout};

/// How often a build is killed, in even steps over the time that it takes: `OCSTOPO_KILLS=1000 TMPDIR=/dev/shm cargo test --test library
/// broken_off` asks for more, and says how many found which files.
const KILLS: &str = "OCSTOPO_KILLS";
const FEW_KILLS: u32 = 8;

type Files = BTreeMap<PathBuf, Vec<u8>>;

struct Case {
    _folder: tempfile::TempDir,
    out: String,
    old: Files,
    new: Files,
    /// How long a build takes.
    time: Duration,
}

const NEW: [&str; 4] = ["--serial", "7", "--lines", "-q"];

fn build(out: &str, more: &[&str]) -> Command {
    let mut command = command(&["build", SOUND, "-o", out]);
    command.args(more).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn case(way: &[&str]) -> Case {
    let (folder, path) = folder();
    let (out, other) = (path("out"), path("other"));
    assert!(build(&out, &["-q"]).status().unwrap().success());
    fs::write(path("out/notes"), "theirs").unwrap();
    let old = listing(Path::new(&out));
    copy(&old, Path::new(&other));
    let start = Instant::now();
    assert!(build(&other, &[&NEW[..], way].concat()).status().unwrap().success());
    let time = start.elapsed();
    let new = listing(Path::new(&other));
    assert_ne!(old, new);
    Case { _folder: folder, out, old, new, time }
}

fn copy(files: &Files, to: &Path) {
    let _ = fs::remove_dir_all(to);
    for (path, content) in files {
        fs::create_dir_all(to.join(path).parent().unwrap()).unwrap();
        fs::write(to.join(path), content).unwrap();
    }
}

/// Kills builds over the old output; gives the folder after each to `judge`.
fn killed(case: &Case, way: &[&str], signal: &str, judge: impl Fn(&Files)) {
    let (root, parent) = (Path::new(&case.out), Path::new(&case.out).parent().unwrap());
    let asked = std::env::var(KILLS).ok().map(|text| text.parse().unwrap());
    let kills: u32 = asked.unwrap_or(FEW_KILLS);
    let (mut old, mut new, mut between) = (0, 0, 0);
    for n in 0..kills {
        copy(&case.old, root);
        let mut child = build(&case.out, &[&NEW[..], way].concat()).spawn().unwrap();
        // The files are written at the end, so most kills are near it.
        std::thread::sleep(case.time / 2 + case.time * n / kills / 2);
        let kill = Command::new("sh").args(["-c", &format!("kill -{signal} {}", child.id())]).stderr(Stdio::null()).status();
        assert!(kill.is_ok());
        child.wait().unwrap();
        let found = listing(root);
        judge(&found);
        *(if found == case.old {
            &mut old
        } else if found == case.new {
            &mut new
        } else {
            &mut between
        }) += 1;
        assert!(build(&case.out, &[&NEW[..], way].concat()).status().unwrap().success(), "the next build goes through");
        assert_eq!(listing(root), case.new);
        assert_eq!(leftovers(parent), Vec::<PathBuf>::new());
    }
    if asked.is_some() {
        let way = way.first().unwrap_or(&"");
        let mut figures = std::io::stderr();
        writeln!(figures, "SIG{signal} {way}: {kills} kills; {old} old, {new} new, {between} between").unwrap();
    }
}

#[test]
fn a_killed_build_leaves_the_old_folder_or_the_new_one() {
    let case = case(&[]);
    killed(&case, &[], "KILL", |files| {
        let mut files = files.clone();
        // Is in the new folder for a moment after the exchange.
        files.remove(Path::new(".ocstopo-new"));
        assert!(files == case.old || files == case.new, "neither the old files nor the new ones");
    });
}

#[test]
fn the_next_build_ends_one_killed_in_place() {
    let case = case(&["--in-place"]);
    killed(&case, &["--in-place"], "KILL", |files| {
        for (path, content) in files.iter().filter(|(path, _)| !path.to_str().unwrap().contains(".ocstopo-")) {
            let whole = case.old.get(path) == Some(content) || case.new.get(path) == Some(content);
            assert!(whole, "{} is neither the old file nor the new one", path.display());
        }
        let stay = case.old.keys().filter(|path| case.new.contains_key(*path));
        let gone: Vec<_> = stay.filter(|path| !files.contains_key(*path)).collect();
        assert!(gone.is_empty(), "{gone:?}");
    });
}

#[test]
fn an_interrupted_build_leaves_nothing_of_its_own() {
    for (way, signal) in [(&[][..], "TERM"), (&["--in-place"][..], "INT")] {
        let case = case(way);
        let parent = Path::new(&case.out).parent().unwrap().to_owned();
        killed(&case, way, signal, |files| {
            assert!(*files == case.old || *files == case.new, "neither the old files nor the new ones");
            assert_eq!(leftovers(&parent), Vec::<PathBuf>::new());
        });
    }
}

#[test]
fn a_file_size_limit_leaves_everything_unchanged() {
    let (folder, path) = folder();
    for way in ["", "--in-place"] {
        let script = format!("ulimit -f 8; exec {} build {SOUND} -o {} -q {way}", env!("CARGO_BIN_EXE_ocstopo"), path("out"));
        let output = Command::new("sh").args(["-c", &script]).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
        assert_eq!(code(&output), Some(2), "{}", stderr(&output));
        assert!(stderr(&output).contains("file too large"), "{}", stderr(&output));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "not even the folder stays");
    }
}

#[test]
fn leftovers_are_a_difference_until_the_next_build() {
    let (_folder, path) = folder();
    let out = path("out");
    assert_eq!(code(&run(&["build", SOUND, "-o", &out])), Some(0));
    fs::write(path("out/dns/.ocstopo-Ab3dEf"), "left").unwrap();
    let check = run(&["build", SOUND, "-o", &out, "--check"]);
    assert_eq!(code(&check), Some(1));
    assert_eq!(stdout(&check), format!("leftover  {out}/dns/.ocstopo-Ab3dEf\n"));
    assert_eq!(code(&run(&["build", SOUND, "-o", &out])), Some(0));
    assert_eq!(code(&run(&["build", SOUND, "-o", &out, "--check"])), Some(0));
}

#[test]
fn the_working_folder_keeps_its_identity() {
    use std::os::unix::fs::MetadataExt;
    let (folder, _) = folder();
    let topology = Path::new(env!("CARGO_MANIFEST_DIR")).join(SOUND);
    let number = || fs::metadata(folder.path()).unwrap().ino();
    let before = number();
    for serial in ["1", "2"] {
        let mut build = command(&["build", topology.to_str().unwrap(), "-o", ".", "--serial", serial]);
        assert!(build.arg("-q").current_dir(folder.path()).status().unwrap().success());
        assert_eq!(number(), before);
    }
    assert_eq!(leftovers(folder.path()), Vec::<PathBuf>::new());
}
