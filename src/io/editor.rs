//! Files for an editor: what can be read is read, and the rest says why.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::read::{MAX_FILES, read_file};
use super::walk;

/// The texts of the `.ocstopo` files of a folder and all below it, or of one file; a file or folder that cannot be read has the
/// reason.
pub fn read_folder(root: &Path) -> BTreeMap<PathBuf, Result<String, String>> {
    let (files, errors) = if root.is_dir() { walk::files(root, "ocstopo") } else { (vec![root.to_owned()], Vec::new()) };
    let unread = errors.into_iter().map(|error| (PathBuf::from(error.name), Err(error.problem)));
    let text = |path: PathBuf| {
        let text = read_file(&path, "").map(|(_, text)| text).map_err(|error| error.problem);
        (path, text)
    };
    files.into_iter().filter(|path| path.is_file()).take(MAX_FILES).map(text).chain(unread).collect()
}

/// The readable files of a folder itself with an extension, with their texts.
#[expect(clippy::disallowed_methods, reason = "io is where files are read")]
pub fn texts_in(folder: &Path, extension: &str) -> Vec<(PathBuf, String)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|own| own == extension)).collect();
    files.sort();
    files.into_iter().filter_map(|path| read_file(&path, "").ok().map(|(_, text)| (path, text))).collect()
}

/// Whether a folder has a file of a name.
pub fn has_file(folder: &Path, name: &str) -> bool {
    folder.join(name).is_file()
}
