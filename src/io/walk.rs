//! The files of one kind below a folder, in the same order on every machine.
//!
//! No symbolic link is followed: what one inside the folder points at is read under its own name anyway, so loops cannot
//! arise; one that leaves the folder is an error, because a stranger's pull request must not make a build read other files.

use std::fs;
use std::path::{Path, PathBuf};

use super::FileError;

/// Files below `root` whose names end in `.extension`, sorted by path, and the paths that could not be read.
pub(super) fn files(root: &Path, extension: &'static str) -> (Vec<PathBuf>, Vec<FileError>) {
    let real_root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let mut walk = Walk { root: real_root, extension, files: Vec::new(), errors: Vec::new() };
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        if let Err(error) = walk.folder(&folder, &mut folders) {
            walk.errors.push(FileError::system(&folder, "cannot list this folder", &error));
        }
    }
    walk.files.sort();
    walk.errors.sort_by(|a, b| a.name.cmp(&b.name));
    (walk.files, walk.errors)
}

struct Walk {
    root: PathBuf,
    extension: &'static str,
    files: Vec<PathBuf>,
    errors: Vec<FileError>,
}

impl Walk {
    #[expect(clippy::disallowed_methods, reason = "io is where files are read")]
    fn folder(&mut self, folder: &Path, folders: &mut Vec<PathBuf>) -> std::io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let (path, kind) = (entry.path(), entry.file_type()?);
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_symlink() {
                self.link(&path);
            } else if self.matches(&path) {
                if kind.is_file() {
                    self.files.push(path);
                } else {
                    self.errors.push(FileError::new(super::name::display_name(&path), "is no regular file"));
                }
            }
        }
        Ok(())
    }

    fn link(&mut self, path: &Path) {
        let named = self.matches(path);
        let target = match path.canonicalize() {
            Ok(target) => target,
            Err(error) if named => return self.errors.push(FileError::system(path, "cannot follow this link", &error)),
            Err(_) => return,
        };
        let folder = target.is_dir();
        let read_anyway = target.starts_with(&self.root) && (folder || self.matches(&target));
        let holds_the_root = folder && self.root.starts_with(&target);
        if (folder || named) && !read_anyway && !holds_the_root {
            let problem = "is a symbolic link that leaves the folder; put a copy in its place";
            self.errors.push(FileError::new(super::name::display_name(path), problem));
        }
    }

    fn matches(&self, path: &Path) -> bool {
        path.extension().is_some_and(|extension| extension == self.extension)
    }
}
