//! Files replaced in place, one after the other, by a journal in the folder. A build that is interrupted
//! between two of them leaves old files beside new ones, and the next build completes the journal before it begins.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::names::{JOURNAL, PREFIX, is_random};
use super::tree::Identity;
use crate::io::FileError;
use crate::io::folder::{Found, look};

/// Which way it is ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Way {
    /// The new files get their places.
    Forward,
    /// The old files get their places back.
    Back,
}

/// One file. The new content waits beside its place, and the old one has a second name there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Step {
    /// Path below the folder.
    pub(super) path: String,
    /// Whether the file gets a new content; if not, it is removed.
    pub(super) write: bool,
    /// Whether there was a file.
    pub(super) existed: bool,
}

/// The list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Journal {
    version: u32,
    way: Way,
    /// What the names of waiting files have in common.
    token: String,
    pub(super) steps: Vec<Step>,
}

/// The only form that is known.
const VERSION: u32 = 1;

impl Journal {
    pub(super) fn new(token: String, steps: Vec<Step>) -> Self {
        Self { version: VERSION, way: Way::Forward, token, steps }
    }

    /// The journal of a folder, if there is one.
    #[expect(clippy::disallowed_methods, reason = "io is where files are read")]
    pub(super) fn read(root: &Path) -> Result<Option<Self>, FileError> {
        let (path, Found::File) = look(root, JOURNAL)? else { return Ok(None) };
        let text = fs::read_to_string(&path).map_err(|error| FileError::system(&path, "cannot read this file", &error))?;
        let known = serde_json::from_str(&text).ok().filter(|read: &Self| read.version == VERSION && is_random(&read.token));
        known.map(Some).ok_or_else(|| {
            let problem = "is not the file list of an interrupted build; remove it, and build with `--force`";
            FileError::new(crate::io::name::display_name(&path), problem)
        })
    }

    /// Puts the list, which is complete at once, into the folder.
    pub(super) fn write(&self, root: &Path) -> io::Result<()> {
        let waiting = self.beside(&root.join(JOURNAL), self.steps.len(), "new");
        let placed = self.write_to(&waiting).and_then(|()| fs::rename(&waiting, root.join(JOURNAL)));
        if placed.is_err() {
            let _ = fs::remove_file(&waiting);
        }
        placed.and_then(|()| super::sync::folder(root))
    }

    fn write_to(&self, path: &Path) -> io::Result<()> {
        let text = serde_json::to_string(self).map_err(io::Error::other)?;
        let mut file = fs::File::create(path)?;
        io::Write::write_all(&mut file, text.as_bytes())?;
        file.sync_all()
    }

    /// The same list, to be ended by putting everything back.
    pub(super) fn turned(&self) -> Self {
        Self { way: Way::Back, ..self.clone() }
    }

    /// The name of a file that waits beside `target`: `new` or `old`.
    pub(super) fn beside(&self, target: &Path, step: usize, which: &str) -> PathBuf {
        target.with_file_name(format!("{PREFIX}{}-{step}.{which}", self.token))
    }

    /// Makes the changes of the first `most` steps. A step that was made before is not made again. With `seen`, the identity of
    /// the files when they were read, a file that was written since is not replaced.
    pub(super) fn forward(&self, root: &Path, most: usize, seen: Option<&[Option<Identity>]>) -> Result<(), FileError> {
        for (n, step) in self.steps.iter().enumerate().take(most) {
            let (target, found) = look(root, &step.path)?;
            if let Some(seen) = seen.and_then(|seen| seen.get(n))
                && Identity::at(&target) != *seen
            {
                return Err(super::changed(&target));
            }
            let failed = |error: &io::Error| FileError::system(&target, "cannot replace this file", error);
            let made = match (step.write, found) {
                (true, _) => fs::rename(self.beside(&target, n, "new"), &target),
                (false, Found::File) => fs::remove_file(&target),
                (false, Found::Nothing) => Ok(()),
            };
            match made {
                Err(error) if error.kind() == io::ErrorKind::NotFound && seen.is_none() => {}
                made => made.map_err(|error| failed(&error))?,
            }
        }
        Ok(())
    }

    /// Gives the old files their places back; returns what could not be.
    pub(super) fn back(&self, root: &Path) -> Vec<String> {
        let mut lost = Vec::new();
        for (n, step) in self.steps.iter().enumerate().rev() {
            let Ok((target, _)) = look(root, &step.path) else {
                lost.push(step.path.clone());
                continue;
            };
            let (new, old) = (self.beside(&target, n, "new"), self.beside(&target, n, "old"));
            let reached = step.write && !new.exists();
            let result = match step.existed {
                true if reached || !step.write => fs::rename(old, &target),
                false if reached => fs::remove_file(&target),
                _ => Ok(()),
            };
            if result.is_err_and(|error| error.kind() != io::ErrorKind::NotFound) {
                lost.push(step.path.clone());
            }
        }
        lost
    }

    /// Takes the list away, then what waits, then folders that hold nothing any more.
    pub(super) fn end(&self, root: &Path) {
        let _ = fs::remove_file(root.join(JOURNAL));
        self.sweep(root);
    }

    /// Takes away what waits, and folders that hold nothing any more.
    pub(super) fn sweep(&self, root: &Path) {
        for (n, step) in self.steps.iter().enumerate() {
            let target = root.join(&step.path);
            for which in ["new", "old"] {
                let _ = fs::remove_file(self.beside(&target, n, which));
            }
            if !target.exists() {
                // A folder with foreign files stays.
                target.ancestors().skip(1).take_while(|folder| *folder != root).all(|folder| fs::remove_dir(folder).is_ok());
            }
        }
    }

    /// Ends a build that was broken off, and says which way.
    pub(super) fn finish(&self, root: &Path) -> Result<Way, FileError> {
        match self.way {
            Way::Forward => self.forward(root, usize::MAX, None)?,
            Way::Back => {
                let lost = self.back(root);
                if !lost.is_empty() {
                    let problem =
                        format!("an earlier build was interrupted, and its changes could not be undone: {}", lost.join(", "));
                    return Err(FileError::new(crate::io::name::display_name(root), problem));
                }
            }
        }
        super::sync::all(root, &[]).map_err(|error| FileError::system(root, "cannot write this folder to disk", &error))?;
        self.end(root);
        Ok(self.way)
    }
}
