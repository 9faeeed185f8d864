//! A user's templates.

use std::path::Path;

use super::{FileError, name, read, walk};

/// Name below `folder`, with `/`, and text of every `.tera` file in it.
pub fn read_templates(folder: &Path) -> Result<Vec<(String, String)>, Vec<FileError>> {
    if !folder.is_dir() {
        return Err(vec![FileError::new(name::display_name(folder), "is not a folder; pass a folder with `.tera` files")]);
    }
    let (paths, mut errors) = walk::files(folder, "tera");
    if paths.is_empty() && errors.is_empty() {
        errors.push(FileError::new(name::display_name(folder), "no `.tera` file in this folder or below it"));
    }
    let mut templates = Vec::new();
    for path in paths {
        match read::read_file(&path, read::STDIN) {
            Ok((_, text)) => templates.push((name::display_name(path.strip_prefix(folder).unwrap_or(&path)), text)),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(templates) } else { Err(errors) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods)]
    fn names_are_relative_to_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("bind")).unwrap();
        std::fs::write(folder.path().join("bind/zone.tera"), "{{ x }}").unwrap();
        std::fs::write(folder.path().join("notes.txt"), "").unwrap();
        assert_eq!(read_templates(folder.path()), Ok(vec![("bind/zone.tera".to_owned(), "{{ x }}".to_owned())]));
    }

    #[test]
    fn an_empty_folder_is_a_mistake() {
        let folder = tempfile::tempdir().unwrap();
        assert!(read_templates(folder.path()).is_err());
        assert!(read_templates(&folder.path().join("missing")).is_err());
    }
}
