//! All changes of a build, or none.
//!
//! First every new file is written in full beside its place; then each is renamed into it, so that a reader sees the old file
//! or the new one. While that goes on, the old files are kept under other names, and put back if something fails.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use tempfile::{Builder, TempPath};

use super::FileError;
use super::folder::{Found, look};
use crate::emit::bytes;

/// One change below the output folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change<'a> {
    /// The file gets this content.
    Write {
        /// Path below the folder.
        path: &'a str,
        /// The whole content.
        content: &'a str,
    },
    /// The file goes.
    Remove {
        /// Path below the folder.
        path: &'a str,
    },
}

impl<'a> Change<'a> {
    /// Path below the folder.
    pub fn path(&self) -> &'a str {
        match self {
            Change::Write { path, .. } | Change::Remove { path } => path,
        }
    }
}

/// Makes all changes below `root`, in their order, or leaves everything as it was and says why.
pub fn commit(root: &Path, changes: &[Change<'_>]) -> Result<(), FileError> {
    let mut transaction = Transaction::default();
    let result = transaction.stage(root, changes).and_then(|steps| transaction.run(steps));
    match result {
        Ok(()) => {
            transaction.finish(root);
            Ok(())
        }
        Err(mut error) => {
            let lost = transaction.undo();
            if !lost.is_empty() {
                error.problem += &format!("; could not be put back: {}", lost.join(", "));
            }
            Err(error)
        }
    }
}

/// A new file that waits beside its place, or the wish to remove one.
struct Step {
    target: PathBuf,
    new: Option<TempPath>,
    exists: bool,
}

#[derive(Default)]
struct Transaction {
    /// Folders made, outer before inner.
    folders: Vec<PathBuf>,
    /// Files changed, with what was there before.
    done: Vec<(PathBuf, Option<TempPath>)>,
}

impl Transaction {
    fn stage(&mut self, root: &Path, changes: &[Change<'_>]) -> Result<Vec<Step>, FileError> {
        let failed = |target: &Path, error: io::Error| FileError::system(target, "cannot write this file", &error);
        let mut places = Vec::new();
        for change in changes {
            let (target, found) = look(root, change.path())?;
            if let Change::Write { .. } = change {
                self.make_folders(target.parent().unwrap_or(root)).map_err(|error| failed(&target, error))?;
            }
            places.push((change, target, found == Found::File));
        }
        // The system makes files in different folders at the same time. The files made go with the steps when one fails.
        let staged = places.into_par_iter().map(|(change, target, exists)| {
            let folder = target.parent().unwrap_or(root);
            let new = match change {
                Change::Write { content, .. } => {
                    let new = write_beside(folder, content, exists.then_some(&target));
                    Some(new.map_err(|error| failed(&target, error))?)
                }
                Change::Remove { .. } => None,
            };
            Ok(Step { target, new, exists })
        });
        // The first failure by place is told, whichever came first in time.
        staged.collect::<Vec<_>>().into_iter().collect()
    }

    fn make_folders(&mut self, folder: &Path) -> io::Result<()> {
        let missing: Vec<_> = folder.ancestors().take_while(|f| !f.as_os_str().is_empty() && !f.exists()).collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder)?;
            self.folders.push(folder.to_owned());
        }
        Ok(())
    }

    fn run(&mut self, steps: Vec<Step>) -> Result<(), FileError> {
        for Step { target, new, exists } in steps {
            let failed = |error: io::Error| FileError::system(&target, "cannot replace this file", &error);
            let old = if exists { Some(keep(&target).map_err(failed)?) } else { None };
            match new {
                Some(new) => new.persist(&target).map_err(|error| failed(error.error))?,
                None if exists => fs::remove_file(&target).map_err(failed)?,
                None => {}
            }
            self.done.push((target, old));
        }
        Ok(())
    }

    /// Puts everything back; returns what could not be.
    fn undo(&mut self) -> Vec<String> {
        let mut lost = Vec::new();
        for (target, old) in self.done.drain(..).rev() {
            let result = match old {
                Some(old) => old.persist(&target).map_err(|error| error.error),
                None => fs::remove_file(&target),
            };
            if result.is_err() {
                lost.push(super::read::display_name(&target));
            }
        }
        for folder in self.folders.drain(..).rev() {
            // A folder that somebody else has put something into meanwhile stays.
            let _ = fs::remove_dir(folder);
        }
        lost
    }

    /// Lets the old files go, and then the folders that held nothing else.
    fn finish(self, root: &Path) {
        let targets: Vec<_> = self.done.into_iter().map(|(target, _old)| target).collect();
        for target in targets.iter().filter(|target| !target.exists()) {
            for folder in target.ancestors().skip(1).take_while(|folder| *folder != root) {
                if fs::remove_dir(folder).is_err() {
                    break;
                }
            }
        }
    }
}

/// The content in a file of its own in `folder`, with the mode of the file that it will replace, else the mode of any new file.
fn write_beside(folder: &Path, content: &str, replaces: Option<&PathBuf>) -> io::Result<TempPath> {
    let mut builder = Builder::new();
    builder.prefix(".ocstopo-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(&bytes(content))?;
    if let Some(old) = replaces {
        file.as_file().set_permissions(fs::metadata(old)?.permissions())?;
    }
    Ok(file.into_temp_path())
}

/// A second name for the old file, which goes with the value; a copy where the file system knows no second names.
fn keep(target: &Path) -> io::Result<TempPath> {
    let folder = target.parent().unwrap_or(Path::new("."));
    let link = Builder::new().prefix(".ocstopo-").make_in(folder, |name| fs::hard_link(target, name));
    match link {
        Ok(link) => Ok(link.into_temp_path()),
        Err(_) => {
            let copy = Builder::new().prefix(".ocstopo-").tempfile_in(folder)?.into_temp_path();
            fs::copy(target, &copy)?;
            Ok(copy)
        }
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods)]
mod tests {
    use super::*;

    fn write<'a>(path: &'a str, content: &'a str) -> Change<'a> {
        Change::Write { path, content }
    }

    fn names(root: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(root).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_failure_before_the_renames_changes_nothing() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("a"), "old").unwrap();
        fs::create_dir(root.path().join("folder")).unwrap();
        let out = root.path().join("new/out");
        assert!(commit(&out, &[write("x/y", "new"), write("../a", "new")]).is_err());
        assert!(commit(root.path(), &[write("a", "new"), write("b/c", "new"), write("folder", "new")]).is_err());
        assert_eq!(names(root.path()), ["a", "folder"]);
        assert_eq!(fs::read_to_string(root.path().join("a")).unwrap(), "old");
    }

    #[test]
    fn a_failure_between_the_renames_puts_everything_back() {
        let root = tempfile::tempdir().unwrap();
        let path = |name: &str| root.path().join(name);
        fs::write(path("a"), "old").unwrap();
        fs::write(path("gone"), "old").unwrap();
        let mut transaction = Transaction::default();
        let changes = [write("a", "new"), write("b/c", "new"), Change::Remove { path: "gone" }, write("d", "new")];
        let steps = transaction.stage(root.path(), &changes).unwrap();
        // Somebody makes a folder where the last file is to go, after it was looked at.
        fs::create_dir(path("d")).unwrap();
        fs::write(path("d/theirs"), "").unwrap();
        assert!(transaction.run(steps).is_err());
        assert_eq!(fs::read_to_string(path("a")).unwrap(), "new");
        assert_eq!(transaction.undo(), Vec::<String>::new());
        assert_eq!(fs::read_to_string(path("a")).unwrap(), "old");
        assert_eq!(fs::read_to_string(path("gone")).unwrap(), "old");
        assert_eq!(names(root.path()), ["a", "d", "gone"]);
    }

    #[test]
    fn an_empty_list_makes_no_folder() {
        let root = tempfile::tempdir().unwrap();
        commit(&root.path().join("out"), &[]).unwrap();
        assert!(names(root.path()).is_empty());
    }
}
