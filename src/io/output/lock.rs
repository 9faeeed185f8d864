//! One build at a time in one folder.
//!
//! The folder itself is locked. A build may replace it with another folder, so a process that gets the lock checks whether it is
//! still the folder of that name, and waits anew if it is not. Where folders cannot be locked, as on NFS, a file in it is.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::names::LOCK;

/// A lock, given back when it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    held: Option<File>,
    /// The file that is locked instead of the folder; it is removed with the lock.
    file: Option<PathBuf>,
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(file) = &self.file {
            let _ = fs::remove_file(file);
        }
    }
}

impl Lock {
    /// Waits for the exclusive lock of the folder. `make` creates it, because another build may remove it while this one waits.
    pub(super) fn exclusive(
        root: &Path,
        make: &mut dyn FnMut() -> io::Result<()>,
        waiting: &mut dyn FnMut(),
    ) -> io::Result<Self> {
        loop {
            make()?;
            let Some(held) = File::open(root).ok().and_then(|folder| locked(folder, File::try_lock, File::lock, waiting)) else {
                return Ok(Self::with_file(root, waiting));
            };
            if is_at(&held, root) {
                return Ok(Self { held: Some(held), file: None });
            }
        }
    }

    /// Waits until no build writes the existing folder.
    pub(super) fn shared(root: &Path, waiting: &mut dyn FnMut()) -> Self {
        while let Some(held) =
            File::open(root).ok().and_then(|folder| locked(folder, File::try_lock_shared, File::lock_shared, waiting))
        {
            if is_at(&held, root) {
                return Self { held: Some(held), file: None };
            }
        }
        Self { held: None, file: None }
    }

    /// The lock of a file in the folder; none where the file system has no locks at all.
    fn with_file(root: &Path, waiting: &mut dyn FnMut()) -> Self {
        let path = root.join(LOCK);
        let open = || OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        while let Some(held) = open().ok().and_then(|file| locked(file, File::try_lock, File::lock, waiting)) {
            if is_at(&held, &path) {
                return Self { held: Some(held), file: Some(path) };
            }
        }
        Self { held: None, file: None }
    }

    /// Whether the folder itself is locked.
    pub(super) fn is_of_folder(&self) -> bool {
        self.held.is_some() && self.file.is_none()
    }

    /// Whether there is any lock.
    pub(super) fn is_held(&self) -> bool {
        self.held.is_some()
    }
}

type Try = fn(&File) -> Result<(), TryLockError>;

/// The file with its lock; `None` where it cannot have one.
fn locked(file: File, try_lock: Try, lock: fn(&File) -> io::Result<()>, waiting: &mut dyn FnMut()) -> Option<File> {
    match try_lock(&file) {
        Ok(()) => return Some(file),
        Err(TryLockError::Error(_)) => return None,
        Err(TryLockError::WouldBlock) => waiting(),
    }
    loop {
        match lock(&file) {
            Ok(()) => return Some(file),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    }
}

/// Whether the open file is the one at the path.
fn is_at(file: &File, path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let place = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
        matches!((file.metadata().map(place), fs::metadata(path).map(place)), (Ok(a), Ok(b)) if a == b)
    }
    #[cfg(not(unix))]
    {
        let _ = (file, path);
        true
    }
}
