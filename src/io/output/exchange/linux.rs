//! The exchange by `renameat2`, which Linux has for most of its own file systems.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use rustix::fs::{CWD, RenameFlags, llistxattr_query, renameat_with};

use super::super::drafts::Drafts;
use super::super::names::{NOT_YET, PREFIX};
use super::super::tree::{Identity, Tree};
use super::super::{Change, changed, interrupted, sync};
use crate::io::FileError;
use crate::io::folder::{Found, look};
use crate::io::signals::Section;

/// More files that stay are not given second names: then it is quicker to replace those that change.
const MOST_CARRIED: usize = 100_000;

/// Makes all changes and answers `true`, or makes none and answers `false` if this folder cannot be exchanged.
pub(in crate::io::output) fn commit(
    root: &Path,
    tree: &Tree,
    changes: &[Change<'_>],
    drafts: &mut Drafts,
    section: &Section,
) -> Result<bool, FileError> {
    match Prepared::new(root, tree, changes, drafts, section)? {
        Some(prepared) => prepared.finish(drafts),
        None => Ok(false),
    }
}

/// The new folder, complete and on disk.
struct Prepared<'w> {
    other: Other,
    work: Work<'w>,
}

impl<'w> Prepared<'w> {
    /// `None` if the folder cannot be exchanged.
    fn new(
        root: &'w Path,
        tree: &'w Tree,
        changes: &'w [Change<'w>],
        drafts: &Drafts,
        section: &'w Section,
    ) -> Result<Option<Self>, FileError> {
        let Some(other) = Other::of(root, tree, drafts) else { return Ok(None) };
        let work = Work { root, tree, changes, section, touched: touched(root, tree, changes)? };
        if !work.carry(other.path())? {
            return Ok(None);
        }
        sync::all(other.path(), &work.written(other.path()))
            .map_err(|error| FileError::system(root, "cannot write this folder to disk", &error))?;
        Ok(Some(Self { other, work }))
    }

    fn finish(self, drafts: &mut Drafts) -> Result<bool, FileError> {
        let Self { other, work } = self;
        // A build that waits for the lock of the old folder then waits for this one.
        let Some(lock) = File::open(other.path()).ok().filter(|folder| folder.try_lock().is_ok()) else { return Ok(false) };
        if work.section.interrupted() {
            return Err(interrupted(work.root));
        }
        if other.exchange().is_err() {
            return Ok(false);
        }
        if let Some(place) = work.conflict(other.path()) {
            return match other.exchange() {
                Ok(()) => Err(changed(&work.root.join(place))),
                Err(error) => Err(FileError::system(work.root, "changed during the build, and cannot be restored", &error)),
            };
        }
        let _ = fs::remove_file(work.root.join(NOT_YET));
        let _ = other.real.parent().map(sync::folder);
        work.reconcile(other.path());
        // Otherwise another build would treat it as a leftover during its removal.
        drafts.throw_away();
        drop(lock);
        Ok(true)
    }
}

/// The folder beside the output folder, which is that of the drafts.
struct Other {
    folder: PathBuf,
    real: PathBuf,
}

impl Other {
    /// `None` where the folders cannot be exchanged: the process is in it, it is a mount point or of another owner, its
    /// file system cannot do it, or nothing can be made beside it.
    fn of(root: &Path, tree: &Tree, drafts: &Drafts) -> Option<Self> {
        let real = root.canonicalize().ok()?;
        #[expect(clippy::disallowed_methods, reason = "a user who works in the folder must not lose it")]
        let here = std::env::current_dir().ok()?;
        let own = fs::metadata(&real).ok()?;
        let on_one_device = tree.folders.values().all(|folder| folder.dev() == own.dev());
        if here.starts_with(&real) || !tree.whole || !on_one_device {
            return None;
        }
        let other = Self { folder: drafts.beside()?.to_owned(), real };
        let path = other.path();
        // The cheapest way to know is to try.
        let (a, b) = (path.join(format!("{PREFIX}a")), path.join(format!("{PREFIX}b")));
        fs::create_dir(&a).and_then(|()| fs::create_dir(&b)).ok()?;
        renameat_with(CWD, &a, CWD, &b, RenameFlags::EXCHANGE).ok()?;
        fs::remove_dir(&a).and_then(|()| fs::remove_dir(&b)).ok()?;
        (fs::metadata(path).ok()?.dev() == own.dev() && like(path, &own, &other.real).is_ok_and(|like| like)).then_some(other)
    }

    fn path(&self) -> &Path {
        &self.folder
    }

    fn exchange(&self) -> io::Result<()> {
        Ok(renameat_with(CWD, self.path(), CWD, &self.real, RenameFlags::EXCHANGE)?)
    }
}

/// Gives a new folder the mode of an old one; `false` if owner, mode or attributes cannot be equal.
fn like(new: &Path, old: &Metadata, old_path: &Path) -> io::Result<bool> {
    let made = fs::metadata(new)?;
    let mode = old.permissions().mode() & 0o7777;
    fs::set_permissions(new, fs::Permissions::from_mode(mode))?;
    // A folder with attributes of its own, such as an access list, cannot be made again by one who knows nothing of them.
    let plain = |path: &Path| llistxattr_query(path).unwrap_or(0);
    Ok(mode & 0o700 == 0o700 && (made.uid(), made.gid()) == (old.uid(), old.gid()) && plain(old_path) == plain(new))
}

/// The files to change, each with its identity as it was when the folder was read.
type Touched<'t> = FxHashMap<&'t Path, Option<Identity>>;

fn touched<'t>(root: &Path, tree: &Tree, changes: &'t [Change<'_>]) -> Result<Touched<'t>, FileError> {
    let seen = |change: &'t Change<'_>| {
        let path = Path::new(change.path());
        look(root, change.path()).map(|_| (path, tree.files.get(path).copied()))
    };
    changes.par_iter().map(seen).collect::<Vec<_>>().into_iter().collect()
}

struct Work<'w> {
    root: &'w Path,
    tree: &'w Tree,
    changes: &'w [Change<'w>],
    section: &'w Section,
    touched: Touched<'w>,
}

impl Work<'_> {
    /// Makes the folders, and second names for all files that stay; `false` if not all can be carried over.
    fn carry(&self, other: &Path) -> Result<bool, FileError> {
        let carried: Vec<&PathBuf> = self.carried().map(|(path, _)| path).collect();
        if carried.len() > MOST_CARRIED {
            return Ok(false);
        }
        let written =
            self.changes.iter().filter(|change| matches!(change, Change::Write { .. })).map(|change| Path::new(change.path()));
        let removed =
            self.changes.iter().filter(|change| matches!(change, Change::Remove { .. })).map(|change| Path::new(change.path()));
        let full = folders_of(carried.iter().map(|path| path.as_path()).chain(written));
        let emptied = folders_of(removed);
        for (folder, metadata) in &self.tree.folders {
            if full.contains(folder.as_path()) || !emptied.contains(folder.as_path()) {
                let new = other.join(folder);
                let made = match fs::create_dir(&new) {
                    // A draft is in it.
                    Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
                    made => made,
                };
                let made = made.and_then(|()| like(&new, metadata, &self.root.join(folder)));
                if !made.is_ok_and(|like| like) {
                    return Ok(false);
                }
            }
        }
        let second_name = |path: &&PathBuf| match fs::hard_link(self.root.join(path), other.join(path)) {
            Err(error) => error.kind() == ErrorKind::NotFound,
            Ok(()) => !self.section.interrupted(),
        };
        let done = carried.par_iter().all(second_name);
        if self.section.interrupted() { Err(interrupted(self.root)) } else { Ok(done) }
    }

    /// Files that stay.
    fn carried(&self) -> impl Iterator<Item = (&PathBuf, &Identity)> {
        self.tree.files.iter().filter(|(path, _)| !self.touched.contains_key(path.as_path()))
    }

    /// The files that are new or different.
    fn written(&self, other: &Path) -> Vec<PathBuf> {
        let written = self.changes.iter().filter(|change| matches!(change, Change::Write { .. }));
        written.map(|change| other.join(change.path())).collect()
    }

    /// The first file by path that was to change and was written since the folder was read. It was not a build: the folder is locked.
    fn conflict(&self, old: &Path) -> Option<&Path> {
        let is_other = |path: &&Path| self.touched.get(path).is_none_or(|seen| Identity::at(&old.join(path)) != *seen);
        self.changes.par_iter().map(|change| Path::new(change.path())).filter(is_other).min()
    }

    /// What others did in the old folder while the new one was made is done in the new one.
    fn reconcile(&self, old: &Path) {
        let now = Tree::of(old);
        let known: BTreeMap<&PathBuf, &Identity> = self.carried().collect();
        for (path, identity) in &now.files {
            let same = known.get(path).is_some_and(|seen| seen.place == identity.place);
            if same || self.touched.contains_key(path.as_path()) {
                continue;
            }
            let put = |target: &Path| {
                target.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::rename(old.join(path), target))
            };
            let target = self.root.join(path);
            // One that came is never put over another; one that was replaced is.
            let free = known.contains_key(path)
                || path.to_str().is_some_and(|name| matches!(look(self.root, name), Ok((_, Found::Nothing))));
            if free {
                let _ = put(&target);
            }
        }
        for path in known.keys().filter(|path| now.whole && !now.files.contains_key(**path)) {
            let _ = fs::remove_file(self.root.join(path));
        }
        for folder in now.folders.keys().filter(|folder| !self.tree.folders.contains_key(*folder)) {
            let _ = fs::create_dir_all(self.root.join(folder));
        }
    }
}

/// All folders above some paths.
fn folders_of<'p>(paths: impl Iterator<Item = &'p Path>) -> BTreeSet<&'p Path> {
    let mut folders = BTreeSet::new();
    for path in paths {
        for folder in path.ancestors().skip(1) {
            if !folders.insert(folder) {
                break;
            }
        }
    }
    folders
}

#[cfg(test)]
#[expect(clippy::disallowed_methods)]
mod tests {
    use super::*;

    fn inode(path: &Path) -> u64 {
        fs::symlink_metadata(path).unwrap().ino()
    }

    fn text(path: &Path) -> String {
        fs::read_to_string(path).unwrap()
    }

    /// An output folder with files of a build and foreign ones.
    fn folder() -> (tempfile::TempDir, PathBuf) {
        let parent = tempfile::tempdir().unwrap();
        let root = parent.path().join("out");
        for (name, content) in [("a", "old"), ("gone/b", "old"), ("stays", "same"), ("theirs/notes", "theirs")] {
            fs::create_dir_all(root.join(name).parent().unwrap()).unwrap();
            fs::write(root.join(name), content).unwrap();
        }
        fs::create_dir(root.join("empty")).unwrap();
        std::os::unix::fs::symlink("/etc/passwd", root.join("theirs/link")).unwrap();
        fs::set_permissions(root.join("theirs/notes"), fs::Permissions::from_mode(0o600)).unwrap();
        fs::set_permissions(root.join("theirs"), fs::Permissions::from_mode(0o750)).unwrap();
        (parent, root)
    }

    const CHANGES: [Change<'static>; 3] =
        [Change::Write { path: "a" }, Change::Write { path: "x/y" }, Change::Remove { path: "gone/b" }];

    fn drafts(root: &Path) -> Drafts {
        let drafts = Drafts::new(root);
        for path in ["a", "x/y"] {
            drafts.write(path, b"new", None).unwrap();
        }
        drafts
    }

    /// Exchanges after something else has happened.
    fn exchanged_after(root: &Path, meanwhile: impl FnOnce()) -> Result<bool, FileError> {
        let (tree, section, mut drafts) = (Tree::of(root), Section::enter(), drafts(root));
        let prepared = Prepared::new(root, &tree, &CHANGES, &drafts, &section).unwrap();
        let prepared = prepared.expect("the test's file system exchanges folders");
        meanwhile();
        prepared.finish(&mut drafts)
    }

    #[test]
    fn files_of_others_are_the_same_files_afterwards() {
        let (parent, root) = folder();
        let kept = ["stays", "theirs/notes", "theirs/link"];
        let before = kept.map(|name| inode(&root.join(name)));
        assert!(exchanged_after(&root, || {}).unwrap());
        assert_eq!(kept.map(|name| inode(&root.join(name))), before);
        assert_eq!((text(&root.join("a")), text(&root.join("x/y"))), ("new".into(), "new".into()));
        assert_eq!(fs::metadata(root.join("theirs")).unwrap().permissions().mode() & 0o7777, 0o750);
        assert!(root.join("empty").is_dir() && !root.join("gone").exists());
        assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 1, "nothing is left beside it");
        assert!(!root.join(NOT_YET).exists());
    }

    #[test]
    fn concurrent_changes_are_kept() {
        let (_parent, root) = folder();
        let mut open = fs::OpenOptions::new().append(true).open(root.join("theirs/notes")).unwrap();
        assert!(
            exchanged_after(&root, || {
                fs::write(root.join("theirs/new"), "came").unwrap();
                fs::create_dir(root.join("came")).unwrap();
                fs::write(root.join("came/too"), "came").unwrap();
                fs::write(root.join("saved"), "replaced").unwrap();
                fs::rename(root.join("saved"), root.join("stays")).unwrap();
                fs::remove_file(root.join("theirs/link")).unwrap();
            })
            .unwrap()
        );
        io::Write::write_all(&mut open, b" more").unwrap();
        assert_eq!(text(&root.join("theirs/new")), "came");
        assert_eq!(text(&root.join("came/too")), "came");
        assert_eq!(text(&root.join("stays")), "replaced");
        assert_eq!(text(&root.join("theirs/notes")), "theirs more");
        assert!(fs::symlink_metadata(root.join("theirs/link")).is_err());
    }

    #[test]
    fn an_edit_of_a_replaced_file_stops_the_build() {
        for place in ["a", "gone/b", "x/y"] {
            let (parent, root) = folder();
            let edit = || {
                fs::create_dir_all(root.join("x")).unwrap();
                fs::write(root.join(place), "edited meanwhile").unwrap();
            };
            let error = exchanged_after(&root, edit).unwrap_err();
            assert!(error.problem.starts_with("changed during the build"), "{error}");
            assert_eq!(text(&root.join(place)), "edited meanwhile");
            assert_eq!(text(&root.join("stays")), "same");
            assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 1, "nothing is left beside it");
        }
    }

    #[test]
    fn a_read_only_folder_is_not_exchanged() {
        let (_parent, root) = folder();
        fs::set_permissions(root.join("theirs"), fs::Permissions::from_mode(0o550)).unwrap();
        assert!(!commit(&root, &Tree::of(&root), &CHANGES, &mut drafts(&root), &Section::enter()).unwrap());
        assert_eq!(text(&root.join("a")), "old");
    }
}
