//! One file in place of its old self, at once or not at all.

use std::fs;
use std::io::Write;
use std::path::Path;

use super::signals::Section;
use super::{FileError, name, read};

/// Puts `new` in place of `old`, which an existing file holds. A file with other content by now is left unchanged: it was
/// saved concurrently. A link stays a link: its target gets the new content.
pub fn rewrite(path: &Path, old: &str, new: &str) -> Result<(), FileError> {
    let section = Section::enter();
    let result = replace(path, old, new, &section);
    drop(section);
    result
}

fn replace(path: &Path, old: &str, new: &str, section: &Section) -> Result<(), FileError> {
    let failed = |error: &std::io::Error| FileError::system(path, "cannot write this file", error);
    let target = path.canonicalize().map_err(|error| failed(&error))?;
    let folder = target.parent().unwrap_or(Path::new("."));
    let permissions = fs::metadata(&target).map_err(|error| failed(&error))?.permissions();
    let name = || name::display_name(path);
    if permissions.readonly() {
        return Err(FileError::new(name(), "cannot write this file: it is read-only"));
    }
    let mut file = tempfile::Builder::new().prefix(".ocstopo-edit-").tempfile_in(folder).map_err(|error| failed(&error))?;
    file.write_all(new.as_bytes()).map_err(|error| failed(&error))?;
    file.as_file().set_permissions(permissions).map_err(|error| failed(&error))?;
    file.as_file().sync_all().map_err(|error| failed(&error))?;
    if section.interrupted() {
        return Err(FileError::new(name(), "interrupted; this file is as it was"));
    }
    // As late as possible: an editor that saves after this detects the change or overwrites the new content.
    if read::read_file(&target, read::STDIN)?.1 != old {
        return Err(FileError::new(name(), "changed since it was read; it is left as it is, run the command again"));
    }
    file.persist(&target).map_err(|error| failed(&error.error))?;
    Ok(())
}

#[cfg(test)]
#[expect(clippy::disallowed_methods)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn mode_and_link_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a"), folder.path().join("b"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("a", &link).unwrap();
        rewrite(&link, "old", "new").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "no temporary file is left");
    }

    #[test]
    fn a_concurrent_save_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a");
        fs::write(&file, "edited").unwrap();
        let error = rewrite(&file, "old", "new").unwrap_err();
        assert!(error.problem.starts_with("changed since it was read"), "{error}");
        assert_eq!(fs::read_to_string(&file).unwrap(), "edited");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file is left");
    }
}
