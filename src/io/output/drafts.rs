//! New contents on their way: files in a folder of their own, laid out as in the output folder, which are written while the build goes
//! on and get their places together at its end. The folder is beside the output folder, so that it can take its place; if that
//! is not possible, it is in the output folder.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::leftovers::throw_away;
use super::names::{NOT_YET, PREFIX, RANDOM, beginning};
use crate::io::FileError;

/// The drafts of a build. They go with the value.
#[derive(Debug)]
pub(super) struct Drafts {
    root: PathBuf,
    /// Made for the first draft.
    folder: OnceLock<Result<Folder, FileError>>,
}

/// A folder of drafts.
#[derive(Debug)]
struct Folder {
    path: PathBuf,
    /// Whether it is beside the output folder.
    is_beside: bool,
}

impl Drop for Drafts {
    fn drop(&mut self) {
        self.throw_away();
    }
}

impl Drafts {
    /// None yet, for the folder `root`, which exists.
    pub(super) fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), folder: OnceLock::new() }
    }

    /// Writes the content that the file at `path` will have, with the mode of the file that it replaces, else that of any new file.
    pub(super) fn write(&self, path: &str, content: &[u8], replaces: Option<&Path>) -> Result<(), FileError> {
        let folder = self.folder()?;
        let failed = |error: &io::Error| FileError::system(&self.root.join(path), "cannot write this file", error);
        write_new(&folder.path.join(path), content, replaces).map_err(|error| failed(&error))
    }

    /// Where the draft for `path` is.
    pub(super) fn at(&self, path: &str) -> Result<PathBuf, FileError> {
        Ok(self.folder()?.path.join(path))
    }

    /// The folder, if it can take the place of the output folder.
    pub(super) fn beside(&self) -> Option<&Path> {
        self.folder().ok().filter(|folder| folder.is_beside).map(|folder| folder.path.as_path())
    }

    /// Removes the folder, whatever it is by then.
    pub(super) fn throw_away(&mut self) {
        if let Some(Ok(folder)) = self.folder.take() {
            throw_away(&folder.path);
        }
    }

    fn folder(&self) -> Result<&Folder, FileError> {
        let made = self.folder.get_or_init(|| {
            let failed = |error: &io::Error| FileError::system(&self.root, "cannot write this folder", error);
            Folder::beside(&self.root).map_or_else(|| Folder::within(&self.root).map_err(|error| failed(&error)), Ok)
        });
        made.as_ref().map_err(Clone::clone)
    }
}

impl Folder {
    /// `None` where nothing can be made beside the output folder, or only on another file system.
    fn beside(root: &Path) -> Option<Self> {
        let real = root.canonicalize().ok()?;
        let (parent, name) = (real.parent()?, real.file_name()?.to_str()?);
        let made = Self::make(parent, &beginning(name), true).ok()?;
        if is_one_device(&real, &made.path) {
            return Some(made);
        }
        throw_away(&made.path);
        None
    }

    fn within(root: &Path) -> io::Result<Self> {
        Self::make(root, PREFIX, false)
    }

    fn make(parent: &Path, prefix: &str, is_beside: bool) -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix(prefix).rand_bytes(RANDOM).tempdir_in(parent)?;
        File::create_new(folder.path().join(NOT_YET))?;
        Ok(Self { path: folder.keep(), is_beside })
    }
}

#[cfg(unix)]
fn is_one_device(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    matches!((fs::metadata(a), fs::metadata(b)), (Ok(a), Ok(b)) if a.dev() == b.dev())
}

#[cfg(not(unix))]
fn is_one_device(_: &Path, _: &Path) -> bool {
    true
}

fn write_new(path: &Path, content: &[u8], replaces: Option<&Path>) -> io::Result<()> {
    let mut file = match File::create_new(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            path.parent().map_or(Ok(()), fs::create_dir_all)?;
            File::create_new(path)?
        }
        file => file?,
    };
    file.write_all(content)?;
    if let Some(old) = replaces {
        file.set_permissions(fs::metadata(old)?.permissions())?;
    }
    Ok(())
}

/// Moves a draft to a place where nothing is; copies it to another file system.
pub(super) fn put(draft: &Path, place: &Path) -> io::Result<()> {
    match fs::rename(draft, place) {
        Err(error) if error.kind() == ErrorKind::CrossesDevices => fs::copy(draft, place).map(|_| ()),
        moved => moved,
    }
}
