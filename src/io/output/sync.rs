//! Content reaches the disk before the names that lead to it: after a power failure a file is the old one or the new one.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

/// Up to so many files are synchronized one by one; above it the whole file system is.
const FEW: usize = 64;

/// Writes to disk what was written below `root`; `files` are all that is new.
pub(super) fn all(root: &Path, files: &[PathBuf]) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    if files.is_empty() || files.len() > FEW {
        return rustix::fs::syncfs(File::open(root)?).map_err(io::Error::from);
    }
    let _ = FEW;
    files.par_iter().try_for_each(|file| File::open(file)?.sync_all())?;
    folder(root)
}

/// Writes the names in a folder to disk, where the system supports it.
pub(super) fn folder(folder: &Path) -> io::Result<()> {
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        // Windows opens no folders, and some file systems write none.
        Err(error) if cfg!(not(unix)) || error.kind() == io::ErrorKind::InvalidInput => Ok(()),
        result => result,
    }
}
