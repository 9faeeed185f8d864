//! Two commands at once, and a command beside an editor.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use super::{SOUND, code, command, folder, leftovers, listing, run, stderr};

#[test]
fn two_builds_at_once_are_one_after_the_other() {
    let (folder, path) = folder();
    let out = path("out");
    let variants = [&["--serial", "2"][..], &["--serial", "3", "--lines"][..]];
    let wanted = variants.map(|variant| {
        assert_eq!(code(&run(&[&["build", SOUND, "-o", &path("one")], variant].concat())), Some(0));
        listing(Path::new(&path("one")))
    });
    for way in [&[][..], &["--in-place"][..]] {
        for _ in 0..4 {
            let builds = variants.map(|variant| {
                let mut build = command(&[&["build", SOUND, "-o", &out], variant, way].concat());
                build.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
            });
            builds.into_iter().for_each(|mut build| assert!(build.wait().unwrap().success()));
            assert!(wanted.contains(&listing(Path::new(&out))), "a mixture of both");
            assert_eq!(leftovers(folder.path()), Vec::<PathBuf>::new());
        }
    }
}

#[test]
fn concurrently_built_parts_keep_all_digests() {
    let (_folder, path) = folder();
    let out = path("out");
    assert_eq!(code(&run(&["build", SOUND, "-o", &out])), Some(0));
    for serial in ["2", "3", "4", "5"] {
        let parts = ["dns", "firewall"].map(|part| {
            let mut build = command(&["build", SOUND, "-o", &out, "--serial", serial, "--only", part]);
            build.args(["--lines"].iter().filter(|_| serial.ends_with(['2', '4'])));
            build.stderr(Stdio::null()).spawn().unwrap()
        });
        parts.into_iter().for_each(|mut build| assert!(build.wait().unwrap().success()));
        // A file whose digest is lost would be taken for an edited one.
        let whole = run(&["build", SOUND, "-o", &out, "--serial", "9"]);
        assert_eq!(code(&whole), Some(0), "{}", stderr(&whole));
    }
}

#[test]
fn files_of_others_stay_the_same_files() {
    use std::os::unix::fs::MetadataExt;
    let (_folder, path) = folder();
    let out = path("out");
    assert_eq!(code(&run(&["build", SOUND, "-o", &out])), Some(0));
    fs::create_dir(path("out/mine")).unwrap();
    fs::write(path("out/mine/notes"), "mine").unwrap();
    std::os::unix::fs::symlink("nowhere", path("out/mine/link")).unwrap();
    let identity = |name: &str| {
        let found = fs::symlink_metadata(path(name)).unwrap();
        (found.ino(), found.mode(), found.mtime())
    };
    let before = ["out/mine/notes", "out/mine/link"].map(identity);
    for way in [&[][..], &["--in-place"][..]] {
        let serial = if way.is_empty() { "2" } else { "3" };
        assert_eq!(code(&run(&[&["build", SOUND, "-o", &out, "--serial", serial], way].concat())), Some(0));
        assert_eq!(["out/mine/notes", "out/mine/link"].map(identity), before);
    }
}
