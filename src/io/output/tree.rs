//! The content of an output folder before any change: every folder and file, with its identity.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::names::{JOURNAL, NOT_YET, is_left};

/// More entries are not read: the folder holds other things.
const MOST: usize = 200_000;

/// The identity of a file: a file that was changed or replaced has another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity {
    /// Device and number in it; nothing where the system has none.
    pub(super) place: (u64, u64),
    /// Length and time of the last change, which an editor that writes in place moves.
    content: (u64, Option<SystemTime>),
}

impl Identity {
    pub(super) fn of(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        let place = {
            use std::os::unix::fs::MetadataExt;
            (metadata.dev(), metadata.ino())
        };
        #[cfg(not(unix))]
        let place = (0, 0);
        Self { place, content: (metadata.len(), metadata.modified().ok()) }
    }

    /// The identity of the file at a path, of a link itself and not of its target.
    pub(super) fn at(path: &Path) -> Option<Self> {
        fs::symlink_metadata(path).ok().map(|metadata| Self::of(&metadata))
    }
}

/// All entries below a folder, by path below it; links are not followed.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// Folders, the outer before the inner.
    pub(super) folders: BTreeMap<PathBuf, Metadata>,
    /// Everything else but leftovers.
    pub(super) files: BTreeMap<PathBuf, Identity>,
    /// Files and folders of drafts that a build left that was broken off.
    pub(super) left: Vec<PathBuf>,
    /// Whether this is complete; it is not where a folder cannot be listed or has too many entries.
    pub(super) whole: bool,
}

impl Tree {
    pub(super) fn of(root: &Path) -> Self {
        let mut tree = Self { whole: true, ..Self::default() };
        tree.folder(root, PathBuf::new());
        tree.left.sort();
        tree
    }

    #[expect(clippy::disallowed_methods, reason = "io is where files are read")]
    fn folder(&mut self, root: &Path, first: PathBuf) {
        let mut waiting = vec![first];
        while let Some(folder) = waiting.pop() {
            let Ok(entries) = fs::read_dir(root.join(&folder)) else {
                self.whole = false;
                continue;
            };
            for entry in entries {
                let Some((name, metadata)) = entry.ok().and_then(|entry| Some((entry.file_name(), entry.metadata().ok()?)))
                else {
                    self.whole = false;
                    continue;
                };
                let path = folder.join(&name);
                let is_left = name.to_str().is_some_and(is_left);
                if is_left && (metadata.is_file() || metadata.is_dir() && root.join(&path).join(NOT_YET).exists()) {
                    self.left.push(path);
                } else if metadata.is_dir() {
                    self.folders.insert(path.clone(), metadata);
                    waiting.push(path);
                } else if path != Path::new(JOURNAL) {
                    self.files.insert(path, Identity::of(&metadata));
                }
            }
            if self.files.len() + self.folders.len() > MOST {
                self.whole = false;
                return;
            }
        }
    }
}
