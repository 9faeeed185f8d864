//! The manifest of an earlier build, as far as the writer needs it: which files are ours, and what was in them.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use sha2::{Digest, Sha256};

/// The manifest's own path; it lists every file but itself.
pub(super) const MANIFEST: &str = "manifest.json";

/// A manifest that can be read.
#[derive(Debug)]
pub(super) struct Manifest {
    whole: Value,
    /// SHA-256 of each file by path.
    pub(super) files: BTreeMap<String, String>,
}

impl Manifest {
    /// `None` if the text is no manifest of ours.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let whole: Value = serde_json::from_str(text).ok()?;
        let entry = |value: &Value| Some((value.get("path")?.as_str()?.to_owned(), value.get("sha256")?.as_str()?.to_owned()));
        let files = whole.get("files")?.as_array()?.iter().map(entry).collect::<Option<_>>()?;
        Some(Self { whole, files })
    }

    /// The manifest at `path`, if there is one that can be read.
    #[expect(clippy::disallowed_methods, reason = "io is where files are read")]
    pub(super) fn read(path: &Path) -> Option<Self> {
        Self::parse(&std::fs::read_to_string(path).ok()?)
    }

    /// This manifest of a part of a build, with the entries of `earlier` for the files that the build leaves alone.
    pub(super) fn with_rest_of(mut self, earlier: &Manifest, left_alone: impl Fn(&str) -> bool) -> String {
        let path = |entry: &Value| entry.get("path").and_then(Value::as_str).unwrap_or_default().to_owned();
        let old = earlier.whole.get("files").and_then(Value::as_array).cloned().unwrap_or_default();
        if let Some(files) = self.whole.get_mut("files").and_then(Value::as_array_mut) {
            files.extend(old.into_iter().filter(|entry| left_alone(&path(entry)) && !self.files.contains_key(&path(entry))));
            files.sort_by_cached_key(path);
        }
        format!("{:#}\n", self.whole)
    }
}

/// SHA-256 in lower-case hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
