//! One file in place of its old self, at once or not at all.

use std::fs;
use std::io::Write;
use std::path::Path;

use super::FileError;

/// Replaces the content of an existing file. A link stays a link: what it points at gets the new content.
pub fn rewrite(path: &Path, content: &str) -> Result<(), FileError> {
    let failed = |error: &std::io::Error| FileError::system(path, "cannot write this file", error);
    let target = path.canonicalize().map_err(|error| failed(&error))?;
    let folder = target.parent().unwrap_or(Path::new("."));
    let permissions = fs::metadata(&target).map_err(|error| failed(&error))?.permissions();
    if permissions.readonly() {
        return Err(FileError::new(super::read::display_name(path), "cannot write this file: it is read-only"));
    }
    let mut file = tempfile::Builder::new().prefix(".ocstopo-").tempfile_in(folder).map_err(|error| failed(&error))?;
    file.write_all(content.as_bytes()).map_err(|error| failed(&error))?;
    file.as_file().set_permissions(permissions).map_err(|error| failed(&error))?;
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
        rewrite(&link, "new").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "no temporary file is left");
    }
}
