//! What a build leaves that was broken off: files that waited in the folder or in a folder there, and a whole folder beside it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::names::{GONE, JOURNAL, NOT_YET, is_other};
use super::tree::Tree;
use crate::artifact::manifest::PATH as MANIFEST;
use crate::io::folder::{Found, look};
use crate::io::manifest;
use crate::io::name::display_name;

/// All of them, as messages show them.
pub(super) fn all(root: &Path) -> Vec<String> {
    let mut left: Vec<PathBuf> = others(root);
    left.extend(Tree::of(root).left.into_iter().map(|path| root.join(path)));
    left.extend(Some(root.join(JOURNAL)).filter(|path| path.exists()));
    left.iter().map(|path| display_name(path)).collect()
}

/// Removes them. The folder is locked, so no build uses them.
pub(super) fn remove(root: &Path, tree: &mut Tree) {
    for path in tree.left.drain(..) {
        let path = root.join(path);
        let _ = fs::remove_file(&path).or_else(|_| fs::remove_dir_all(&path));
    }
    let mut rescued = false;
    for other in others(root) {
        // A folder that never was the output folder holds second names only.
        let is_gone = other.to_str().is_some_and(|name| name.ends_with(GONE));
        if !is_gone && !other.join(NOT_YET).exists() {
            // The next build tries again.
            let Some(some) = rescue(root, &other) else { continue };
            rescued |= some;
        }
        throw_away(&other);
    }
    if rescued {
        *tree = Tree::of(root);
    }
}

/// Takes a folder away with all that is in it. Its name says so first, for that takes a while.
pub(super) fn throw_away(folder: &Path) {
    let mut gone = folder.as_os_str().to_owned();
    gone.push(GONE);
    let gone = if fs::rename(folder, &gone).is_ok() { Path::new(&gone) } else { folder };
    let _ = fs::remove_dir_all(gone);
}

/// Folders beside `root` that were to replace it or were replaced by it.
#[expect(clippy::disallowed_methods, reason = "io is where files are read")]
fn others(root: &Path) -> Vec<PathBuf> {
    let Ok(real) = root.canonicalize() else { return Vec::new() };
    let (Some(parent), Some(name)) = (real.parent(), real.file_name().and_then(|name| name.to_str())) else { return Vec::new() };
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    let is_folder = |entry: &fs::DirEntry| entry.file_type().is_ok_and(|kind| kind.is_dir());
    let mut others: Vec<_> = entries
        .filter(|entry| entry.file_name().to_str().is_some_and(|other| is_other(other, name)) && is_folder(entry))
        .map(|entry| entry.path())
        .collect();
    others.sort();
    others
}

/// The build was killed after the exchange. A file that was added to the old folder in its last moments is moved to the
/// new one, unless the old manifest lists it or the new folder has one of its name. `None` if the manifest cannot be read now.
fn rescue(root: &Path, other: &Path) -> Option<bool> {
    let listed = match look(other, MANIFEST) {
        Ok((path, Found::File)) => manifest::read(&path).ok()?,
        _ => None,
    };
    let ours: BTreeSet<String> = listed.into_iter().flat_map(|listed| listed.files).map(|file| file.path).collect();
    let mut rescued = false;
    for path in Tree::of(other).files.into_keys() {
        let Some(name) = path.to_str().filter(|name| *name != MANIFEST && !ours.contains(*name)) else { continue };
        if let Ok((target, Found::Nothing)) = look(root, name) {
            let _ = target.parent().map(fs::create_dir_all);
            rescued |= fs::rename(other.join(&path), target).is_ok();
        }
    }
    Some(rescued)
}
