//! The manifest of an earlier build, as far as the writer needs it: which files are ours, and what was in them.

use std::path::Path;

use super::FileError;
use crate::artifact::manifest::{File, Manifest};

/// The manifest at `path`; `None` if the file is not a manifest. A file that cannot be read is an error: its build would
/// otherwise count as the work of others.
#[expect(clippy::disallowed_methods, reason = "io is where files are read")]
pub(super) fn read(path: &Path) -> Result<Option<Manifest>, FileError> {
    let bytes = std::fs::read(path).map_err(|error| FileError::system(path, "cannot read this file", &error))?;
    Ok(serde_json::from_slice(&bytes).ok())
}

/// The manifest `content` of a part of a build, with the entries of an earlier one for the files that the build leaves alone.
pub(super) fn merged<'f>(content: &str, left_alone: impl Iterator<Item = &'f File>) -> Option<String> {
    let mut manifest: Manifest = serde_json::from_str(content).ok()?;
    manifest.files.extend(left_alone.cloned());
    manifest.files.sort_by(|a, b| a.path.cmp(&b.path));
    manifest.files.dedup_by(|a, b| a.path == b.path);
    Some(manifest.text())
}
