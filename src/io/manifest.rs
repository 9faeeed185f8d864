//! The manifest of an earlier build, as far as the writer needs it: which files are ours, and what was in them.

use std::path::Path;

use crate::artifact::manifest::{File, Manifest};

/// The manifest at `path`, if there is one that can be read.
#[expect(clippy::disallowed_methods, reason = "io is where files are read")]
pub(super) fn read(path: &Path) -> Option<Manifest> {
    serde_json::from_str(&std::fs::read_to_string(path).ok()?).ok()
}

/// The manifest `content` of a part of a build, with the entries of `earlier` for the files that the build leaves alone.
pub(super) fn merged(content: &str, earlier: &Manifest, left_alone: impl Fn(&File) -> bool) -> Option<String> {
    let mut manifest: Manifest = serde_json::from_str(content).ok()?;
    manifest.files.extend(earlier.files.iter().filter(|file| left_alone(file)).cloned());
    manifest.files.sort_by(|a, b| a.path.cmp(&b.path));
    manifest.files.dedup_by(|a, b| a.path == b.path);
    Some(manifest.text())
}
