//! The identity of a finding when lines move: its code, its file, the names that its message is about, and the text
//! that it marks.
//!
//! The figures of a message are left out: a pool that grows by a user has no new finding. Findings that agree in all this are
//! numbered in their order.

use std::collections::BTreeMap;
use std::fmt::Write;

use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use crate::diag::Diag;
use crate::text::SourceMap;

/// The kind of fingerprint; another way to make them needs another number.
const KIND: &str = "ocstopo/v1";

/// How many bytes of the hash are written.
const LENGTH: usize = 16;

/// The fingerprints of one run.
#[derive(Debug, Default)]
pub(super) struct Fingerprints {
    seen: FxHashMap<String, usize>,
}

impl Fingerprints {
    /// The fingerprint of the next finding.
    pub(super) fn of(&mut self, sources: &SourceMap, diag: &Diag) -> BTreeMap<String, String> {
        let mut hash = Sha256::new();
        let span = diag.primary.span;
        let about = names(&diag.message);
        for part in [diag.code.0, sources.file(span.file).name(), sources.text(span)].into_iter().chain(about) {
            // With their lengths, so that no two lists of parts read the same.
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        let mut text = String::new();
        for byte in &hash.finalize()[..LENGTH] {
            let _ = write!(text, "{byte:02x}");
        }
        let number = self.seen.entry(text.clone()).and_modify(|number| *number += 1).or_insert(1);
        let _ = write!(text, ":{number}");
        BTreeMap::from([(KIND.to_owned(), text)])
    }
}

/// The text between backticks.
fn names(message: &str) -> impl Iterator<Item = &str> {
    message.split('`').skip(1).step_by(2)
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn names_are_in_backticks() {
        assert_eq!(names("`a` has 3 of `b`").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(names("no name").count(), 0);
    }
}
