//! `manifest.json`, as it is written and read back.
//! A clean removes only files listed in the manifest.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::text::JsonText;

/// Its path in the output.
pub const PATH: &str = "manifest.json";

/// The manifest, as it is written and read back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The note at the top of a sample's artifacts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// `ocstopo` and its version.
    pub tool: String,
    /// The organization's name.
    pub organization: String,
    /// The product release.
    pub product: String,
    /// The files, by path.
    pub files: Vec<File>,
    /// File and line of each declaration by its path in the topology: what reasons name. No other file of a build holds them, so that
    /// a line more in the topology changes none.
    #[serde(default)]
    pub places: BTreeMap<String, String>,
}

impl Manifest {
    /// As it is written: a line for each file and for each place, so that a comparison of two shows what changed.
    pub fn text(&self) -> String {
        let mut text = JsonText::default();
        text.mark("{\n");
        let words = [("tool", &self.tool), ("organization", &self.organization), ("product", &self.product)];
        for (name, value) in self.note.iter().map(|note| ("note", note)).chain(words) {
            pair(&mut text, "  ", name, value);
            text.mark(",\n");
        }
        text.mark("  \"files\": [\n");
        text.rows(&self.files, |text, file| {
            text.mark("    ");
            text.value(file);
        });
        text.mark("\n  ],\n  \"places\": {\n");
        text.rows(&self.places, |text, (path, place)| pair(text, "    ", path, place));
        text.mark("\n  }\n}\n");
        text.finish()
    }
}

fn pair(text: &mut JsonText, indent: &str, key: &str, value: &str) {
    text.mark(indent);
    text.value(key);
    text.mark(": ");
    text.value(value);
}

/// One file of the output; the manifest itself is not among them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct File {
    /// Path below the output folder.
    pub path: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// The team that uses it.
    pub team: String,
    /// What it was made from: paths in the topology.
    pub made_from: Vec<String>,
}

/// SHA-256 in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
    }
    out
}
