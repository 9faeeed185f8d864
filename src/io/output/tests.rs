//! What is left when a build is cut off at any step, and what a second build waits for.

#![expect(clippy::disallowed_methods)]

use std::sync::mpsc;

use super::in_place::Staged;
use super::*;

fn write<'a>(path: &'a str, content: &'a str) -> Change<'a> {
    Change::Write { path, content }
}

fn names(root: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn text(path: PathBuf) -> String {
    fs::read_to_string(path).unwrap_or_else(|_| "-".to_owned())
}

/// An output folder as an earlier build left it, with foreign notes.
fn folder() -> (tempfile::TempDir, PathBuf) {
    let parent = tempfile::tempdir().unwrap();
    let root = parent.path().join("out");
    fs::create_dir(&root).unwrap();
    for name in ["a", "gone", "notes"] {
        fs::write(root.join(name), "old").unwrap();
    }
    (parent, root)
}

const CHANGES: [Change<'static>; 3] =
    [Change::Write { path: "a", content: "new" }, Change::Write { path: "b/c", content: "new" }, Change::Remove { path: "gone" }];

fn contents(root: &Path) -> [String; 3] {
    ["a", "b/c", "gone"].map(|name| text(root.join(name)))
}

fn open(root: &Path) -> OutputFolder {
    OutputFolder::open(root, || {}).unwrap()
}

#[test]
fn the_next_build_ends_one_killed_in_place() {
    for made in 0..=CHANGES.len() {
        let (_parent, root) = folder();
        let (tree, section) = (Tree::of(&root), Section::enter());
        let staged = Staged::new(&root, &tree, &CHANGES, &section).unwrap();
        staged.announce().unwrap();
        staged.journal.forward(&root, made, Some(&staged.seen)).unwrap();
        // What is killed drops nothing.
        std::mem::forget(staged);
        assert!(open(&root).finished);
        assert_eq!(contents(&root), ["new", "new", "-"], "after {made} steps");
        assert_eq!(names(&root), ["a", "b", "notes"]);
        assert!(!open(&root).finished);
    }
}

#[test]
fn a_build_killed_before_replacing_changes_no_file() {
    let (_parent, root) = folder();
    let (tree, section) = (Tree::of(&root), Section::enter());
    std::mem::forget(Staged::new(&root, &tree, &CHANGES, &section).unwrap());
    assert_eq!(FolderReadGuard::at(&root, || {}).leftovers.len(), 4, "two new files, two second names");
    assert!(!open(&root).finished);
    assert_eq!(contents(&root), ["old", "-", "old"]);
    assert_eq!(FolderReadGuard::at(&root, || {}).leftovers, Vec::<String>::new());
}

#[test]
fn the_next_build_ends_an_interrupted_restore() {
    for made in 0..=CHANGES.len() {
        let (_parent, root) = folder();
        let (tree, section) = (Tree::of(&root), Section::enter());
        let staged = Staged::new(&root, &tree, &CHANGES, &section).unwrap();
        staged.announce().unwrap();
        staged.journal.forward(&root, made, Some(&staged.seen)).unwrap();
        staged.journal.turned().write(&root).unwrap();
        std::mem::forget(staged);
        assert!(open(&root).finished);
        assert_eq!(contents(&root), ["old", "-", "old"], "after {made} steps");
        assert_eq!(names(&root), ["a", "gone", "notes"]);
    }
}

#[test]
fn a_failure_in_place_puts_everything_back() {
    let (_parent, root) = folder();
    let (tree, section) = (Tree::of(&root), Section::enter());
    let changes = [write("a", "new"), write("b/c", "new"), Change::Remove { path: "gone" }, write("d", "new")];
    // A folder appears at the place of the last file, after it was inspected.
    fs::create_dir(root.join("d")).unwrap();
    assert!(in_place::commit(&root, &tree, &changes, &section).is_err());
    assert_eq!(contents(&root), ["old", "-", "old"]);
    // Or after the new files were written.
    fs::remove_dir(root.join("d")).unwrap();
    let staged = Staged::new(&root, &tree, &changes, &section).unwrap();
    fs::write(root.join("d"), "theirs").unwrap();
    let error = staged.journal.forward(&root, usize::MAX, Some(&staged.seen)).unwrap_err();
    assert!(error.problem.starts_with("changed while it was built"), "{error}");
    assert_eq!(contents(&root), ["new", "new", "-"]);
    assert_eq!(staged.journal.back(&root), Vec::<String>::new());
    drop(staged);
    assert_eq!(contents(&root), ["old", "-", "old"]);
    assert_eq!(names(&root), ["a", "d", "gone", "notes"]);
}

#[test]
fn a_failure_before_anything_is_replaced_changes_nothing() {
    let (parent, root) = folder();
    let new = parent.path().join("new/out");
    for in_place in [false, true] {
        assert!(open(&new).commit(&[write("x/y", "new"), write("../a", "new")], in_place).is_err());
        fs::create_dir_all(root.join("folder")).unwrap();
        assert!(open(&root).commit(&[write("a", "new"), write("b/c", "new"), write("folder", "new")], in_place).is_err());
    }
    assert_eq!(names(parent.path()), ["out"]);
    assert_eq!(names(&root), ["a", "folder", "gone", "notes"]);
    assert_eq!(contents(&root), ["old", "-", "old"]);
}

#[test]
fn nothing_to_change_makes_no_folder() {
    let (parent, _) = folder();
    open(&parent.path().join("other/out")).commit(&[], false).unwrap();
    assert_eq!(names(parent.path()), ["out"]);
}

#[test]
fn both_ways_give_the_same_folder() {
    for in_place in [false, true] {
        let (parent, root) = folder();
        open(&root).commit(&CHANGES, in_place).unwrap();
        assert_eq!(contents(&root), ["new", "new", "-"]);
        assert_eq!((names(&root), names(parent.path())), (vec!["a".into(), "b".into(), "notes".into()], vec!["out".into()]));
    }
}

#[test]
fn a_foreign_journal_changes_nothing_outside() {
    let (parent, root) = folder();
    fs::write(parent.path().join("a"), "theirs").unwrap();
    let list = |path: &str| {
        format!(r#"{{"version":1,"way":"forward","token":"Ab3dEf","steps":[{{"path":"{path}","write":false,"existed":true}}]}}"#)
    };
    for text in
        [list("../a"), list("/etc/passwd"), list(".ocstopo-journal/../../a"), "{}".to_owned(), list("a").replace("Ab3", "../")]
    {
        fs::write(root.join(names::JOURNAL), text).unwrap();
        assert!(OutputFolder::open(&root, || {}).is_err());
    }
    assert_eq!(text(parent.path().join("a")), "theirs");
}

#[test]
fn leftovers_are_reported_and_removed() {
    let (parent, root) = folder();
    fs::write(root.join(".ocstopo-Ab3dEf"), "new").unwrap();
    fs::write(root.join(".ocstopo-mine"), "theirs").unwrap();
    // A folder that never was the output folder, and one that was.
    for (name, content) in
        [(".ocstopo-out-aaaaaa/.ocstopo-new", ""), (".ocstopo-out-aaaaaa/b", "new"), (".ocstopo-out-bbbbbb/late", "theirs")]
    {
        fs::create_dir_all(parent.path().join(name).parent().unwrap()).unwrap();
        fs::write(parent.path().join(name), content).unwrap();
    }
    fs::hard_link(root.join("notes"), parent.path().join(".ocstopo-out-bbbbbb/notes")).unwrap();
    assert_eq!(FolderReadGuard::at(&root, || {}).leftovers.len(), 3);
    drop(open(&root));
    assert_eq!(names(parent.path()), ["out"]);
    assert_eq!(names(&root), [".ocstopo-mine", "a", "gone", "late", "notes"]);
}

#[test]
fn a_second_build_waits_for_the_first() {
    let (_parent, root) = folder();
    let first = open(&root);
    std::thread::scope(|scope| {
        let (waits, waiting) = mpsc::channel();
        let second = scope.spawn(|| {
            let folder = OutputFolder::open(&root, move || waits.send(()).unwrap()).unwrap();
            let seen = contents(&root);
            folder.commit(&[write("a", "newer")], false).unwrap();
            seen
        });
        waiting.recv().unwrap();
        first.commit(&CHANGES, false).unwrap();
        assert_eq!(second.join().unwrap(), ["new", "new", "-"]);
    });
    assert_eq!(contents(&root), ["newer", "new", "-"]);
}
