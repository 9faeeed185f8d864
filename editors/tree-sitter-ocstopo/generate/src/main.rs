//! Writes `src/` of the tree-sitter grammar from `grammar.js`, with Node.js, and the digests of both: a test compares them.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};
use tree_sitter_generate::{OptLevel, generate_parser_in_directory};

/// The interface of the parser: 14 is what every editor in use can load; Debian 12 has nothing later.
const ABI: usize = 14;

/// What is written, and what it is written from.
const FILES: [&str; 7] = [
    "grammar.js",
    "src/grammar.json",
    "src/node-types.json",
    "src/parser.c",
    "src/tree_sitter/alloc.h",
    "src/tree_sitter/array.h",
    "src/tree_sitter/parser.h",
];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("no folder above")?;
    let mut diagnostics = Vec::new();
    let grammar = Some(folder.join("grammar.js"));
    let optimized = OptLevel::default();
    let made =
        generate_parser_in_directory(folder, None::<&Path>, grammar, ABI, None, Some("node"), true, optimized, &mut diagnostics);
    for diagnostic in &diagnostics {
        eprintln!("{diagnostic}");
    }
    made?;
    let mut digests = String::new();
    for file in FILES {
        let digest = Sha256::digest(fs::read(folder.join(file))?);
        let digest = digest.iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        });
        writeln!(digests, "{digest}  {file}")?;
    }
    fs::write(folder.join("src/sha256sums"), digests)?;
    Ok(())
}
