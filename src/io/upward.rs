//! A file that is searched from a topology upward.

use std::path::Path;

use super::FileError;
use super::read::{STDIN, read_file};
use crate::text::SourceMap;

/// No such file is larger.
pub(super) const MOST: u64 = 256 * 1024;

/// What is wrong with a link or a folder of its name.
pub(super) const NO_FILE: &str = "is not a regular file; replace it with a copy";

/// What is wrong with a larger one.
pub(super) fn too_large() -> String {
    format!("larger than {} KiB, so it is not such a file", MOST >> 10)
}

/// The nearest file called `name` in the folder of `path` or above it; for standard input, from the working folder.
///
/// A symbolic link is refused: a stranger's pull request must not make a check show other files.
pub fn read_upward(path: &Path, name: &str) -> Result<Option<SourceMap>, FileError> {
    let start = if path == Path::new(STDIN) { Path::new(".") } else { path };
    let Ok(start) = start.canonicalize() else { return Ok(None) };
    let folder = if start.is_dir() { Some(start.as_path()) } else { start.parent() };
    for folder in folder.into_iter().flat_map(Path::ancestors) {
        let file = folder.join(name);
        match file.symlink_metadata() {
            Ok(kind) if kind.is_file() && kind.len() > MOST => {
                return Err(FileError::new(super::name::display_name(&file), too_large()));
            }
            Ok(kind) if kind.is_file() => return Ok(Some(SourceMap::new(vec![read_file(&file, name)?]))),
            Ok(_) => return Err(FileError::new(super::name::display_name(&file), NO_FILE)),
            Err(_) => {}
        }
    }
    Ok(None)
}
