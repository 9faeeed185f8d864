//! Lists the templates and what pages are made of, so that the program carries them; lays the catalogue's files of each release over those of
//! the release before, refuses rows that are wrong, and stores the others as the program reads them.

#![allow(clippy::disallowed_methods, reason = "a build script reads and writes files")]
#![allow(dead_code, unused_imports, reason = "the rooms below are the program's, which uses all of them")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};

use catalog::read::store;
use catalog::written::{Files, layer, table};
use serde_json::Value;

#[path = "src/catalog/mod.rs"]
mod catalog;
#[path = "src/formula/mod.rs"]
mod formula;
#[path = "src/product/mod.rs"]
mod product;

/// Holds for every release.
const SAMPLES: &str = "samples.toml";

/// Cargo shows each line of what is wrong as an error of the build.
fn main() {
    for line in written().err().iter().flat_map(|problems| problems.lines()) {
        println!("cargo::error={line}");
    }
}

fn written() -> Result<(), String> {
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo names no folder to write to")?);
    commit();
    catalogue(&out)?;
    templates(&out)
}

/// The variable with the commit, for `--version`. Who builds without a repository may set it.
const COMMIT: &str = "OCSTOPO_COMMIT";

/// Tells a release from which commit it is built. Other builds do not know it: each commit would compile everything anew. The same commit
/// gives the same bytes in every folder, and without a repository nothing is told.
fn commit() {
    println!("cargo::rerun-if-env-changed={COMMIT}");
    if env::var_os(COMMIT).is_some() || env::var("PROFILE").as_deref() != Ok("release") {
        return;
    }
    if let Some(commit) = head(Path::new(".git")) {
        println!("cargo::rustc-env={COMMIT}={}", &commit[..12]);
    }
}

/// The commit of the working copy: HEAD, or what it refers to, in a file of its own or in the list of packed ones.
fn head(git: &Path) -> Option<String> {
    let read = |path: PathBuf| {
        println!("cargo::rerun-if-changed={}", path.display());
        fs::read_to_string(path).ok()
    };
    // A linked working copy has a file that names its folder, and that folder names the one of all branches.
    let folder = match git.is_file() {
        true => PathBuf::from(read(git.to_owned())?.strip_prefix("gitdir:")?.trim()),
        false => git.to_owned(),
    };
    let common = folder.join("commondir");
    let common = if common.is_file() { folder.join(read(common)?.trim()) } else { folder.clone() };
    let head = read(folder.join("HEAD"))?;
    let commit = match head.strip_prefix("ref:").map(str::trim) {
        None => head.trim().to_owned(),
        Some(name) if common.join(name).is_file() => read(common.join(name))?.trim().to_owned(),
        Some(name) => {
            let packed = read(common.join("packed-refs"))?;
            packed.lines().find_map(|line| line.strip_suffix(name)?.strip_suffix(' ').map(str::to_owned))?
        }
    };
    (commit.len() >= 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(commit)
}

/// Lists the templates, and the styles and scripts of pages, with their text.
fn templates(out: &Path) -> Result<(), String> {
    println!("cargo::rerun-if-changed=templates");
    let root = env::current_dir().map_err(|error| error.to_string())?.join("templates");
    let file = |path: PathBuf| -> Result<String, String> {
        Ok(path.strip_prefix(&root).map_err(|error| error.to_string())?.to_string_lossy().replace('\\', "/"))
    };
    let templates = files(&root, "tera")?.into_iter().map(|path| {
        let file = file(path)?;
        Ok((file.trim_end_matches(".tera").to_owned(), file))
    });
    list(out, "templates.rs", "SHIPPED", templates)?;
    let assets = files(&root, "css")?.into_iter().chain(files(&root, "js")?).map(|path| {
        let file = file(path)?;
        Ok((file.clone(), file))
    });
    list(out, "assets.rs", "ASSETS", assets)
}

/// Writes a list of names with the text of the files that they name. The list names no folder of this computer: the compiler counts
/// the characters of what it reads, and hands the places on to the optimizer.
fn list(
    out: &Path,
    file: &str,
    name: &str,
    entries: impl Iterator<Item = Result<(String, String), String>>,
) -> Result<(), String> {
    let mut index = format!("pub(super) const {name}: &[(&str, &str)] = &[\n");
    for entry in entries {
        let (name, file) = entry?;
        let file = format!("/templates/{file}");
        index += &format!("    ({name:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {file:?}))),\n");
    }
    index += "];\n";
    fs::write(out.join(file), index).map_err(|error| format!("{file}: {error}"))
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
    for room in ["src/catalog", "src/formula", "src/product"] {
        println!("cargo::rerun-if-changed={room}");
    }
    println!("cargo::rustc-cfg=stored_catalogue");
    let samples = read(root, SAMPLES)?;
    let mut index = "pub(super) const SAMPLES: &[u8] = ".to_owned();
    index += &keep(out, "samples", &store::samples(SAMPLES, samples).map_err(|error| format!("{}/{error}", root.display()))?)?;
    index += ";\n\npub(super) const PARTS: super::Parts = &[\n";
    let mut rows = "\npub(super) const ROWS: &[(&str, usize)] = &[\n".to_owned();
    let mut laid: BTreeMap<String, Files> = BTreeMap::new();
    for layer in layer::in_order(layers(root)?).map_err(|error| format!("{}/{error}", root.display()))? {
        let release = &layer.release;
        let base = layer.over.as_ref().and_then(|over| laid.get(over)).cloned().unwrap_or_default();
        let folder = root.join(release);
        let (files, changes) = lay(&base, &folder)?;
        // What tests alone know is no part of the program.
        index += if layer.tests { "    #[cfg(test)]\n" } else { "" };
        index += &format!("    ({release:?}, &[\n");
        let parts = store::parts(files.clone(), changes);
        let refused = |errors: Vec<_>| errors.iter().map(|error| format!("{}/{error}\n", folder.display())).collect::<String>();
        for (name, bytes) in parts.map_err(refused)? {
            index += &format!("        ({name:?}, {}),\n", keep(out, &format!("{release}.{name}"), &bytes)?);
        }
        index += "    ]),\n";
        rows += if layer.tests { "    #[cfg(test)]\n" } else { "" };
        rows += &format!("    ({release:?}, {}),\n", files.iter().map(|(name, table)| count(name, table)).sum::<usize>());
        laid.insert(release.clone(), files);
    }
    index += "];\n";
    fs::write(out.join("catalogue.rs"), index + &rows + "];\n").map_err(|error| format!("catalogue.rs: {error}"))
}

/// Writes a part of the catalogue beside the list that includes it, and gives the expression that does.
fn keep(out: &Path, name: &str, bytes: &[u8]) -> Result<String, String> {
    let file = format!("{name}.rows");
    fs::write(out.join(&file), bytes).map_err(|error| format!("{file}: {error}"))?;
    Ok(format!("include_bytes!({file:?})"))
}

/// How many rows of a file `ocstopo catalog` shows: conditions are shown in the rows that name them, phases with their steps.
fn count(name: &str, table: &layer::Table) -> usize {
    let sections = table.iter().filter(|(section, _)| name != "conditions.toml" && *section != "phase");
    sections.map(|(_, rows)| rows.as_array().map_or(1, Vec::len)).sum()
}

/// The folders that hold a release, by the file that says so.
fn layers(root: &Path) -> Result<Vec<layer::Layer>, String> {
    let mut layers = Vec::new();
    for entry in fs::read_dir(root).map_err(|error| format!("{}: {error}", root.display()))? {
        let folder = entry.map_err(|error| error.to_string())?.path();
        let file = folder.join(layer::FILE);
        if file.is_file() {
            let release = folder.file_name().unwrap_or_default().to_string_lossy();
            let layer = layer::Layer::read(&release, &text(&file)?);
            layers.push(layer.map_err(|error| format!("{}/{error}", root.display()))?);
        }
    }
    Ok(layers)
}

/// The files of a release laid over those of the one before, and what they change.
fn lay(base: &Files, folder: &Path) -> Result<(Files, Vec<Value>), String> {
    let mut own = Files::new();
    for path in files(folder, "toml")? {
        let name = path.strip_prefix(folder).map_err(|error| error.to_string())?;
        if name == Path::new(layer::FILE) {
            continue;
        }
        let name = name.to_string_lossy().replace('\\', "/");
        let table = read(folder, &name)?;
        own.insert(name, table);
    }
    let names: BTreeSet<String> = base.keys().chain(own.keys()).cloned().collect();
    let mut changes = Vec::new();
    let mut files = Files::new();
    for name in names {
        let table = match (base.get(&name), own.remove(&name)) {
            (Some(base), Some(own)) => {
                let (table, notes) = layer::lay(&name, base, own).map_err(|error| format!("{}/{error}", folder.display()))?;
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

fn read(folder: &Path, name: &str) -> Result<layer::Table, String> {
    table(name, &text(&folder.join(name))?).map_err(|error| format!("{}/{error}", folder.display()))
}

fn text(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
