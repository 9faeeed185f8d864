//! New files in a folder, all of them or none: in one that is not used yet, or pages that replace those of the same name.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::name::display_name;
use super::output::{Change, OutputFolder};
use super::{FileError, beside};

/// Writes files into a folder that is missing or empty.
pub fn write_new_folder(root: &Path, files: &[(&str, &str)]) -> Result<(), FileError> {
    #[expect(clippy::disallowed_methods, reason = "io is where files are read")]
    match fs::read_dir(root) {
        Ok(mut entries) => {
            if entries.next().is_some() {
                return Err(FileError::new(display_name(root), "this folder is not empty; nothing was written"));
            }
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(FileError::system(root, "cannot list this folder", &error)),
    }
    write(root, files, false)
}

/// Writes the topology of a folder, which has none yet.
pub fn write_new_topology(root: &Path, name: &str, content: &str) -> Result<(), FileError> {
    let path = root.join(name);
    if path.symlink_metadata().is_ok() {
        return Err(FileError::new(display_name(&path), "this file exists; nothing was written"));
    }
    if beside(&path).is_some_and(|(others, _)| others > 0) {
        return Err(FileError::new(display_name(root), "there is a topology in this folder; nothing was written"));
    }
    write(root, &[(name, content)], false)
}

/// Writes files into a folder beside what is there; files of the same names are replaced.
pub fn write_pages(root: &Path, files: &[(&str, &str)]) -> Result<(), FileError> {
    write(root, files, true)
}

fn write(root: &Path, files: &[(&str, &str)], in_place: bool) -> Result<(), FileError> {
    let folder = OutputFolder::open(root, || {})?;
    files.iter().try_for_each(|(path, content)| folder.draft(path, content.as_bytes()))?;
    let changes: Vec<Change<'_>> = files.iter().map(|(path, _)| Change::Write { path }).collect();
    folder.commit(&changes, in_place)
}

#[cfg(test)]
#[expect(clippy::disallowed_methods)]
mod tests {
    use super::*;

    #[test]
    fn a_used_folder_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("new/deep");
        write_new_folder(&root, &[("a/b.txt", "1"), ("c.txt", "2")]).unwrap();
        assert_eq!(fs::read_to_string(root.join("a/b.txt")).unwrap(), "1");
        let refused = write_new_folder(&root, &[("c.txt", "3")]).unwrap_err();
        assert!(refused.problem.starts_with("this folder is not empty"), "{refused}");
        assert_eq!(fs::read_to_string(root.join("c.txt")).unwrap(), "2");
        assert!(write_new_folder(&root.join("c.txt"), &[("x", "")]).is_err());
    }

    #[test]
    fn a_folder_has_one_topology() {
        let folder = tempfile::tempdir().unwrap();
        write_new_topology(folder.path(), "a.ocstopo", "1").unwrap();
        assert!(write_new_topology(folder.path(), "a.ocstopo", "2").unwrap_err().problem.starts_with("this file exists"));
        assert!(write_new_topology(folder.path(), "b.ocstopo", "2").unwrap_err().problem.starts_with("there is a topology"));
        assert_eq!(fs::read_to_string(folder.path().join("a.ocstopo")).unwrap(), "1");
    }
}
