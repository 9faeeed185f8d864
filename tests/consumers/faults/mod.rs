//! What a build leaves behind when the system fails it: the old output as a whole or the new one, and one clear error.

mod calls;
mod places;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A small topology without findings.
const TOPOLOGY: &str = "examples/fabrikam";

type Files = BTreeMap<PathBuf, Vec<u8>>;

/// All files below a folder with their contents.
fn files(root: &Path) -> Files {
    let mut files = Files::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else {
                files.insert(entry.path().strip_prefix(root).unwrap().to_owned(), fs::read(entry.path()).unwrap());
            }
        }
    }
    files
}

/// What a build makes for itself.
fn leftovers(root: &Path) -> Vec<PathBuf> {
    files(root).into_keys().filter(|path| path.to_string_lossy().contains(".ocstopo-")).collect()
}

/// Writes files into a folder.
fn fill(root: &Path, files: &Files) {
    for (path, content) in files {
        let target = root.join(path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, content).unwrap();
    }
}

fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    // One thread beside the first: so each call has the same number in every run.
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env("RAYON_NUM_THREADS", "1").stdin(Stdio::null());
    command
}
