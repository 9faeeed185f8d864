//! The changes of a build in the existing folder, where it cannot be exchanged.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::drafts::{Drafts, put};
use super::journal::{Journal, Step};
use super::names::{PREFIX, RANDOM};
use super::tree::{Identity, Tree};
use super::{Change, changed, interrupted};
use crate::io::FileError;
use crate::io::folder::{Found, look};
use crate::io::signals::Section;

/// Makes all changes, or leaves everything as it was and says why.
pub(super) fn commit(
    root: &Path,
    tree: &Tree,
    changes: &[Change<'_>],
    drafts: &Drafts,
    section: &Section,
) -> Result<(), FileError> {
    let mut staged = Staged::new(root, tree, changes, drafts, section)?;
    let failed = |error: &io::Error| FileError::system(root, "cannot write this folder", error);
    staged.announce().map_err(|error| failed(&error))?;
    match staged.journal.forward(root, usize::MAX, Some(&staged.seen)) {
        Ok(()) => {
            // What was written before the list is safe; this only spares the next build the work.
            let _ = super::sync::all(root, &[]);
            Ok(())
        }
        Err(mut error) => {
            // Without the turned list the next build would go on where this one could not.
            let _ = staged.journal.turned().write(root);
            let lost = staged.journal.back(root);
            if !lost.is_empty() {
                error.problem += &format!("; could not be restored: {}; the next build tries again", lost.join(", "));
                staged.stays = true;
            }
            Err(error)
        }
    }
}

/// New files that wait beside their places. They go with the value, and the list with them.
pub(super) struct Staged<'r> {
    root: &'r Path,
    pub(super) journal: Journal,
    /// The identity of the file at each place.
    pub(super) seen: Vec<Option<Identity>>,
    new: Vec<PathBuf>,
    /// Whether the list and what waits are for the next build.
    stays: bool,
}

impl Drop for Staged<'_> {
    fn drop(&mut self) {
        if !self.stays {
            self.journal.end(self.root);
        }
    }
}

impl<'r> Staged<'r> {
    /// Puts every draft beside its place, and gives every old file a second name.
    pub(super) fn new(
        root: &'r Path,
        tree: &Tree,
        changes: &[Change<'_>],
        drafts: &Drafts,
        section: &Section,
    ) -> Result<Self, FileError> {
        let failed = |target: &Path, error: &io::Error| FileError::system(target, "cannot write this file", error);
        let token = token(root).map_err(|error| failed(root, &error))?;
        let mut staged = Self { root, journal: Journal::new(token, Vec::new()), seen: Vec::new(), new: Vec::new(), stays: false };
        let mut targets = Vec::new();
        for change in changes {
            let (target, found) = look(root, change.path())?;
            let write = matches!(change, Change::Write { .. });
            if write && let Some(folder) = target.parent() {
                fs::create_dir_all(folder).map_err(|error| failed(&target, &error))?;
            }
            let seen = Identity::at(&target);
            if tree.whole && seen != tree.files.get(Path::new(change.path())).copied() {
                return Err(changed(&target));
            }
            staged.journal.steps.push(Step { path: change.path().to_owned(), write, existed: found == Found::File });
            staged.seen.push(seen);
            targets.push(target);
        }
        // The system makes files in different folders at the same time. The first failure by place is reported, whichever came
        // first in time.
        let journal = &staged.journal;
        let write = |(n, target): (usize, &PathBuf)| {
            if section.interrupted() {
                return Err(interrupted(root));
            }
            let new = journal.beside(target, n, "new");
            if journal.steps[n].existed {
                keep(target, &journal.beside(target, n, "old")).map_err(|error| failed(target, &error))?;
            }
            if let Change::Write { path } = &changes[n] {
                put(&drafts.at(path)?, &new).map_err(|error| failed(target, &error))?;
            }
            Ok(new)
        };
        let written: Vec<_> = targets.par_iter().enumerate().map(write).collect();
        let new = written.into_iter().collect::<Result<Vec<_>, _>>()?;
        staged.new = new.into_iter().zip(&staged.journal.steps).filter(|(_, step)| step.write).map(|(new, _)| new).collect();
        Ok(staged)
    }

    /// Writes all to disk, then the list: from then on the changes are made, by this build or by the next.
    pub(super) fn announce(&self) -> io::Result<()> {
        super::sync::all(self.root, &self.new)?;
        self.journal.write(self.root)
    }
}

/// What no other file's name in the folder begins with.
fn token(root: &Path) -> io::Result<String> {
    let file = tempfile::Builder::new().prefix(PREFIX).rand_bytes(RANDOM).tempfile_in(root)?;
    let name = file.path().file_name().and_then(|name| name.to_str()).unwrap_or_default();
    Ok(name.strip_prefix(PREFIX).unwrap_or_default().to_owned())
}

/// A second name for the old file; a copy where the file system knows no second names.
fn keep(target: &Path, name: &Path) -> io::Result<()> {
    fs::hard_link(target, name).or_else(|_| fs::copy(target, name).map(|_| ()))
}
