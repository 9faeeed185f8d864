//! What is left when a build is cut off at any step, and what a second build waits for.

#![expect(clippy::disallowed_methods)]

use std::sync::mpsc;

use super::in_place::Staged;
use super::*;

fn write(path: &str) -> Change<'_> {
    Change::Write { path }
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
    [Change::Write { path: "a" }, Change::Write { path: "b/c" }, Change::Remove { path: "gone" }];

/// Drafts of the files that changes write.
fn drafts(root: &Path, changes: &[Change<'_>]) -> Drafts {
    let drafts = Drafts::new(root);
    for path in changes.iter().filter(|change| matches!(change, Change::Write { .. })).map(Change::path) {
        drafts.write(path, b"new", None).unwrap();
    }
    drafts
}

/// Drafts and makes changes.
fn commit(folder: OutputFolder, changes: &[Change<'_>], in_place: bool) -> Result<(), FileError> {
    for path in changes.iter().filter(|change| matches!(change, Change::Write { .. })).map(Change::path) {
        folder.draft(path, b"new")?;
    }
    folder.commit(changes, in_place)
}

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
        let drafts = drafts(&root, &CHANGES);
        let staged = Staged::new(&root, &tree, &CHANGES, &drafts, &section).unwrap();
        staged.announce().unwrap();
        staged.journal.forward(&root, made, Some(&staged.seen)).unwrap();
        // What is killed drops nothing.
        std::mem::forget(staged);
        drop(drafts);
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
    let drafts = drafts(&root, &CHANGES);
    std::mem::forget(Staged::new(&root, &tree, &CHANGES, &drafts, &section).unwrap());
    drop(drafts);
    assert_eq!(FolderReadGuard::at(&root, || {}).leftovers.len(), 4, "two new files, two second names");
    assert!(!open(&root).finished);
    assert_eq!(contents(&root), ["old", "-", "old"]);
    assert_eq!(FolderReadGuard::at(&root, || {}).leftovers, Vec::<String>::new());
}

#[test]
fn the_next_build_removes_the_drafts_of_one_killed_before() {
    for is_beside in [true, false] {
        let (parent, root) = folder();
        let drafts = drafts(&root, &CHANGES);
        if !is_beside {
            let beside = drafts.at("").unwrap();
            fs::rename(&beside, root.join(".ocstopo-Ab3dEf")).unwrap();
            // A folder of others has no mark in it.
            fs::create_dir(root.join(".ocstopo-Theirs")).unwrap();
        }
        std::mem::forget(drafts);
        assert_eq!(FolderReadGuard::at(&root, || {}).leftovers.len(), 1);
        assert!(!open(&root).finished);
        assert_eq!(names(parent.path()), ["out"]);
        assert_eq!(contents(&root), ["old", "-", "old"]);
        assert_eq!(root.join(".ocstopo-Theirs").exists(), !is_beside);
        assert!(!root.join(".ocstopo-Ab3dEf").exists());
    }
}

#[test]
fn drafts_are_in_the_folder_where_nothing_can_be_made_beside_it() {
    let (parent, root) = folder();
    let beside = parent.path().join(names::beginning("out"));
    assert!(drafts(&root, &CHANGES).at("a").unwrap().to_str().unwrap().starts_with(beside.to_str().unwrap()));
    let deep = root.join("b".repeat(255 - names::PREFIX.len()));
    fs::create_dir(&deep).unwrap();
    // The name of a folder beside it would be too long.
    let drafts = drafts(&deep, &CHANGES);
    assert!(drafts.beside().is_none() && drafts.at("a").unwrap().starts_with(&deep));
    drop(drafts);
    commit(open(&deep), &[write("a"), write("b/c")], false).unwrap();
    assert_eq!(contents(&deep), ["new", "new", "-"]);
    assert_eq!(names(&deep), ["a", "b"]);
}

#[test]
fn the_next_build_ends_an_interrupted_restore() {
    for made in 0..=CHANGES.len() {
        let (_parent, root) = folder();
        let (tree, section) = (Tree::of(&root), Section::enter());
        let drafts = drafts(&root, &CHANGES);
        let staged = Staged::new(&root, &tree, &CHANGES, &drafts, &section).unwrap();
        staged.announce().unwrap();
        staged.journal.forward(&root, made, Some(&staged.seen)).unwrap();
        staged.journal.turned().write(&root).unwrap();
        std::mem::forget(staged);
        drop(drafts);
        assert!(open(&root).finished);
        assert_eq!(contents(&root), ["old", "-", "old"], "after {made} steps");
        assert_eq!(names(&root), ["a", "gone", "notes"]);
    }
}

#[test]
fn a_failure_in_place_puts_everything_back() {
    let (_parent, root) = folder();
    let (tree, section) = (Tree::of(&root), Section::enter());
    let changes = [write("a"), write("b/c"), Change::Remove { path: "gone" }, write("d")];
    // A folder appears at the place of the last file, after it was inspected.
    fs::create_dir(root.join("d")).unwrap();
    assert!(in_place::commit(&root, &tree, &changes, &drafts(&root, &changes), &section).is_err());
    assert_eq!(contents(&root), ["old", "-", "old"]);
    // Or after the new files were written.
    fs::remove_dir(root.join("d")).unwrap();
    let staged = Staged::new(&root, &tree, &changes, &drafts(&root, &changes), &section).unwrap();
    fs::write(root.join("d"), "theirs").unwrap();
    let error = staged.journal.forward(&root, usize::MAX, Some(&staged.seen)).unwrap_err();
    assert!(error.problem.starts_with("changed during the build"), "{error}");
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
        assert!(commit(open(&new), &[write("x/y"), write("../a")], in_place).is_err());
        fs::create_dir_all(root.join("folder")).unwrap();
        assert!(commit(open(&root), &[write("a"), write("b/c"), write("folder")], in_place).is_err());
    }
    assert_eq!(names(parent.path()), ["out"]);
    assert_eq!(names(&root), ["a", "folder", "gone", "notes"]);
    assert_eq!(contents(&root), ["old", "-", "old"]);
}

#[test]
fn nothing_to_change_makes_no_folder() {
    let (parent, _) = folder();
    commit(open(&parent.path().join("other/out")), &[], false).unwrap();
    assert_eq!(names(parent.path()), ["out"]);
}

#[test]
fn both_ways_give_the_same_folder() {
    for in_place in [false, true] {
        let (parent, root) = folder();
        commit(open(&root), &CHANGES, in_place).unwrap();
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
            folder.draft("a", b"newer").unwrap();
            folder.commit(&[write("a")], false).unwrap();
            seen
        });
        waiting.recv().unwrap();
        commit(first, &CHANGES, false).unwrap();
        assert_eq!(second.join().unwrap(), ["new", "new", "-"]);
    });
    assert_eq!(contents(&root), ["newer", "new", "-"]);
}
