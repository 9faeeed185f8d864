//! A file that is searched from a topology upward.

use std::path::Path;

use super::FileError;
use super::read::{STDIN, read_file};
use crate::text::SourceMap;

/// No such file is larger.
const MOST: u64 = 256 * 1024;

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
                let problem = format!("larger than {} KiB; this is no such file", MOST >> 10);
                return Err(FileError::new(super::name::display_name(&file), problem));
            }
            Ok(kind) if kind.is_file() => return Ok(Some(SourceMap::new(vec![read_file(&file, name)?]))),
            Ok(_) => return Err(FileError::new(super::name::display_name(&file), "is no regular file; put a copy in its place")),
            Err(_) => {}
        }
    }
    Ok(None)
}
