//! `manifest.json`, as it is written and read back.
//! A clean removes only files listed in the manifest.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

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
        let mut fields: Vec<String> = self.note.iter().map(|note| format!("  \"note\": {}", json(note))).collect();
        for (name, value) in [("tool", &self.tool), ("organization", &self.organization), ("product", &self.product)] {
            fields.push(format!("  \"{name}\": {}", json(value)));
        }
        let files: Vec<String> = self.files.iter().map(|file| format!("    {}", json(file))).collect();
        fields.push(format!("  \"files\": [\n{}\n  ]", files.join(",\n")));
        let places: Vec<String> =
            self.places.iter().map(|(path, place)| format!("    {}: {}", json(path), json(place))).collect();
        fields.push(format!("  \"places\": {{\n{}\n  }}", places.join(",\n")));
        format!("{{\n{}\n}}\n", fields.join(",\n"))
    }
}

/// Structs of strings always serialize.
fn json(value: &(impl Serialize + ?Sized)) -> String {
    serde_json::to_string(value).unwrap_or_default()
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
