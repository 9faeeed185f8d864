//! Paths below an output folder: checked, and inspected without following links.

use std::fs;
use std::path::{Path, PathBuf};

use super::{FileError, name::display_name};
use crate::text::is_unprintable;

/// What is at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    Nothing,
    File,
}

/// `root` and `path` joined, if `path` is relative, stays below `root` on every system, and meets no symbolic link there.
pub(super) fn look(root: &Path, path: &str) -> Result<(PathBuf, Found), FileError> {
    check(path)?;
    let mut full = root.to_owned();
    let last = path.split('/').count() - 1;
    let mut found = Found::File;
    for (depth, part) in path.split('/').enumerate() {
        full.push(part);
        if found == Found::Nothing {
            continue;
        }
        let refused = |problem: &str| Err(FileError::new(display_name(&full), problem));
        match fs::symlink_metadata(&full) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => found = Found::Nothing,
            Err(error) => return Err(FileError::system(&full, "cannot read the type of this file", &error)),
            Ok(kind) if kind.is_symlink() => return refused("is a symbolic link, which a build does not follow; remove it"),
            Ok(kind) if depth < last && !kind.is_dir() => return refused("folder expected, this is a file; remove it"),
            Ok(kind) if depth == last && kind.is_dir() => return refused("file expected, this is a folder; remove it"),
            Ok(kind) if depth == last && !kind.is_file() => return refused("is not a regular file; remove it"),
            Ok(_) => {}
        }
    }
    Ok((full, found))
}

/// The names of what is in a folder, sorted, without those that begin with a dot: a repository of version control is no file of
/// anybody. The folder that a file system is made with does not count either. A folder that is not there is empty.
#[expect(clippy::disallowed_methods, reason = "io is where folders are read")]
pub(super) fn visible(root: &Path) -> Result<Vec<String>, FileError> {
    let failed = |error: std::io::Error| FileError::system(root, "cannot list this folder", &error);
    let entries = match fs::read_dir(root) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(failed)?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry.map_err(failed)?.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') && name != "lost+found" {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// Refuses what is not a plain path below a folder: that of a manifest or an artifact is text from a stranger like any other.
pub(super) fn check(path: &str) -> Result<(), FileError> {
    let harmless = |part: &str| {
        !part.is_empty()
            && !part.ends_with('.')
            && part.len() <= 200
            && !part.chars().any(|c| is_unprintable(c) || matches!(c, '\\' | ':'))
    };
    if path.split('/').all(harmless) {
        Ok(())
    } else {
        Err(FileError::new(path.escape_debug().to_string(), "is not a path below the output folder"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_relative_paths_pass() {
        for path in ["a", "dns/internal/contoso.com.zone", "network/firewall/redmond.inner/rules.csv"] {
            assert!(check(path).is_ok(), "{path}");
        }
        for path in ["", "/etc/passwd", "../a", "a/../b", "a//b", "a/", ".", "c:a", "a\\b", "a\nb", "a\u{202e}b"] {
            assert!(check(path).is_err(), "{path}");
        }
    }
}
