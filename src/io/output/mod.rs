//! The folder that a build writes: one build at a time, and all of its changes at once.
//!
//! New files are drafted in a folder beside the old one. It gets second names for all files that stay, and takes the place of the old
//! one in one step. Where that cannot be, the files are replaced in place, under a list that the next build ends if this one is cut off.

mod drafts;
mod exchange;
mod in_place;
mod journal;
mod leftovers;
mod lock;
mod names;
mod sync;
mod tree;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use self::drafts::Drafts;
use self::journal::Journal;
use self::lock::Lock;
use self::tree::Tree;
use super::FileError;
use super::folder::check;
use super::name::display_name;
use super::signals::Section;

/// One change below the output folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change<'a> {
    /// The file gets the content of its draft.
    Write {
        /// Path below the folder.
        path: &'a str,
    },
    /// The file is removed.
    Remove {
        /// Path below the folder.
        path: &'a str,
    },
}

impl<'a> Change<'a> {
    /// Path below the folder.
    pub fn path(&self) -> &'a str {
        match self {
            Change::Write { path } | Change::Remove { path } => path,
        }
    }
}

/// An output folder, locked for writing.
#[derive(Debug)]
pub struct OutputFolder {
    // Dropped in this order: what was drafted goes while the folder is locked, and a signal that came ends the process last.
    drafts: Drafts,
    root: PathBuf,
    tree: Tree,
    lock: Lock,
    made: CreatedFolders,
    /// Whether a build that was broken off has been ended.
    pub finished: bool,
    /// From the first draft on a signal does not cut the work off.
    section: OnceLock<Section>,
}

impl OutputFolder {
    /// Waits for other builds into the folder, with one call of `waiting`; then completes or removes the leftovers of an
    /// interrupted build. A missing folder is created, and removed again if nothing is written.
    pub fn open(root: &Path, waiting: impl FnMut()) -> Result<Self, FileError> {
        if root.exists() && !root.is_dir() {
            return Err(FileError::new(display_name(root), "folder expected, this is a file"));
        }
        let mut made = CreatedFolders(Vec::new());
        let failed = |error: &io::Error| FileError::system(root, "cannot create this folder", error);
        let lock = Lock::exclusive(root, &mut || made.make(root), &mut once(waiting)).map_err(|error| failed(&error))?;
        let journal = Journal::read(root)?;
        if let Some(journal) = &journal {
            journal.finish(root)?;
        }
        let mut tree = Tree::of(root);
        if lock.is_held() {
            leftovers::remove(root, &mut tree);
        }
        let drafts = Drafts::new(root);
        Ok(Self { drafts, root: root.to_owned(), tree, lock, made, finished: journal.is_some(), section: OnceLock::new() })
    }

    /// Writes the content that the file at `path` will have. No file of the folder changes before [`commit`](Self::commit), and
    /// without it the drafts go.
    pub fn draft(&self, path: &str, content: &[u8]) -> Result<(), FileError> {
        check(path)?;
        if self.section.get_or_init(Section::enter).interrupted() {
            return Err(interrupted(&self.root));
        }
        let old = self.root.join(path);
        let exists = old.symlink_metadata().is_ok_and(|found| found.is_file());
        self.drafts.write(path, content, exists.then_some(&old))
    }

    /// Makes all changes, or leaves everything as it was and says why. With `in_place` the folder stays the same folder, and a
    /// build that is killed may leave old files beside new ones, until the next build.
    pub fn commit(mut self, changes: &[Change<'_>], in_place: bool) -> Result<(), FileError> {
        if changes.is_empty() {
            return Ok(());
        }
        let section = self.section.get_or_init(Section::enter);
        let by_exchange = !in_place && self.lock.is_of_folder();
        let exchanged = by_exchange && exchange::commit(&self.root, &self.tree, changes, &mut self.drafts, section)?;
        if !exchanged {
            in_place::commit(&self.root, &self.tree, changes, &self.drafts, section)?;
        }
        self.made.0.clear();
        Ok(())
    }
}

/// Read access to an output folder: while it exists, no build changes the folder.
#[derive(Debug)]
pub struct FolderReadGuard {
    /// The leftovers of an interrupted build in the folder and beside it, as messages show them.
    pub leftovers: Vec<String>,
    _lock: Option<Lock>,
}

impl FolderReadGuard {
    /// Waits for a running build into the folder, with one call of `waiting`.
    pub fn at(root: &Path, waiting: impl FnMut()) -> Self {
        if !root.is_dir() {
            return Self { leftovers: Vec::new(), _lock: None };
        }
        let lock = Lock::shared(root, &mut once(waiting));
        Self { leftovers: leftovers::all(root), _lock: Some(lock) }
    }
}

fn once(mut say: impl FnMut()) -> impl FnMut() {
    let mut called = false;
    move || {
        if !std::mem::replace(&mut called, true) {
            say();
        }
    }
}

/// Created folders, the outer first; empty ones are removed again.
#[derive(Debug)]
struct CreatedFolders(Vec<PathBuf>);

impl CreatedFolders {
    fn make(&mut self, folder: &Path) -> io::Result<()> {
        let missing: Vec<_> = folder.ancestors().take_while(|f| !f.as_os_str().is_empty() && !f.exists()).collect();
        for folder in missing.into_iter().rev() {
            match fs::create_dir(folder) {
                Ok(()) => self.0.push(folder.to_owned()),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

impl Drop for CreatedFolders {
    fn drop(&mut self) {
        for folder in self.0.drain(..).rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// A file was written between its inspection and its replacement.
fn changed(path: &Path) -> FileError {
    FileError::new(display_name(path), "changed during the build; nothing was written, run the command again")
}

/// A build that was interrupted before its changes were made.
fn interrupted(root: &Path) -> FileError {
    FileError::new(display_name(root), "interrupted; nothing was written")
}

#[cfg(test)]
mod tests;
