//! Lists the templates, so that the program carries them. Lays the catalogue's files of each release over those of the release before, and writes them as JSON, which the compiler
//! reads several times faster at its start than TOML. What the rows must fulfil is a test's affair.

#![allow(clippy::disallowed_methods, reason = "a build script reads and writes files")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::Value;

#[path = "src/catalog/layer.rs"]
mod layer;

/// The folders of `src/catalog`, each release behind the one that it follows.
const RELEASES: [&str; 2] = ["ocs_2007", "ocs_2007_r2"];

/// Holds for every release.
const SAMPLES: &str = "samples.toml";

type Files = BTreeMap<String, layer::Table>;

fn main() -> Result<(), String> {
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo names no folder to write to")?);
    catalogue(&out)?;
    templates(&out)
}

/// Lists the files of `templates/` with their text.
fn templates(out: &Path) -> Result<(), String> {
    println!("cargo::rerun-if-changed=templates");
    let root = env::current_dir().map_err(|error| error.to_string())?.join("templates");
    let mut index = "pub(super) const SHIPPED: &[(&str, &str)] = &[\n".to_owned();
    for path in files(&root, "tera")? {
        let name = path.strip_prefix(&root).map_err(|error| error.to_string())?.with_extension("");
        let name = name.to_string_lossy().replace('\\', "/");
        index += &format!("    ({name:?}, include_str!({:?})),\n", path.display().to_string());
    }
    index += "];\n";
    fs::write(out.join("templates.rs"), index).map_err(|error| format!("templates.rs: {error}"))
}

/// The files below a folder with an extension, sorted.
fn files(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, String> {
    let (mut found, mut waiting) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(path) = waiting.pop() {
        for entry in fs::read_dir(&path).map_err(|error| format!("{}: {error}", path.display()))? {
            let path = entry.map_err(|error| error.to_string())?.path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|own| own == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn catalogue(out: &Path) -> Result<(), String> {
    let root = Path::new("src/catalog");
    println!("cargo::rerun-if-changed=src/catalog/layer.rs");
    println!("cargo::rerun-if-changed=src/catalog/{SAMPLES}");
    let samples = layer::read(SAMPLES, &text(&root.join(SAMPLES))?)?;
    let mut index = format!("pub(super) const SAMPLES: &str = {:?};\n\n", layer::write(&samples));
    index += "pub(super) const FILES: &[(&str, &[(&str, &str)])] = &[\n";
    let mut base = Files::new();
    for release in RELEASES {
        println!("cargo::rerun-if-changed=src/catalog/{release}");
        let (laid, changes) = laid(&base, &root.join(release))?;
        index += &format!("    ({release:?}, &[\n");
        let changes = layer::Table::from_iter([("change".to_owned(), Value::Array(changes))]);
        for (name, table) in laid.iter().chain([(&"changes.toml".to_owned(), &changes)]) {
            let file = out.join(format!("{release}.{}.json", name.replace('/', ".")));
            fs::write(&file, layer::write(table)).map_err(|error| format!("{}: {error}", file.display()))?;
            index += &format!("        ({name:?}, include_str!({:?})),\n", file.display().to_string());
        }
        index += "    ]),\n";
        base = laid;
    }
    index += "];\n";
    fs::write(out.join("catalogue.rs"), index).map_err(|error| format!("catalogue.rs: {error}"))
}

/// The files of a release, and what they change.
fn laid(base: &Files, folder: &Path) -> Result<(Files, Vec<Value>), String> {
    let mut own = Files::new();
    for path in files(folder, "toml")? {
        let name = path.strip_prefix(folder).map_err(|error| error.to_string())?.to_string_lossy().replace('\\', "/");
        let table = layer::read(&name, &text(&path)?)?;
        own.insert(name, table);
    }
    let names: BTreeSet<String> = base.keys().chain(own.keys()).cloned().collect();
    let mut changes = Vec::new();
    let mut files = Files::new();
    for name in names {
        let table = match (base.get(&name), own.remove(&name)) {
            (Some(base), Some(own)) => {
                let (table, notes) = layer::lay(&name, base, own)?;
                changes.extend(notes);
                table
            }
            (Some(table), None) => table.clone(),
            (None, own) => own.unwrap_or_default(),
        };
        files.insert(name, table);
    }
    Ok((files, changes))
}

fn text(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
