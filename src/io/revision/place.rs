//! Where a path is: on disk, in a repository, and in the names that messages show.

use std::path::{Component, Path, PathBuf};

use super::repository::Repository;
use super::tree::Way;
use crate::io::read::STDIN;

/// A path that a revision is read at, if it does not name one of its own.
pub(super) struct Place {
    /// As it was written.
    pub(super) written: PathBuf,
    /// Without links and dots, as far as it exists.
    real: PathBuf,
}

impl Place {
    /// The place of a path, which need not exist; standard input is at the working folder.
    pub(super) fn of(path: &Path) -> Self {
        let written = if path == Path::new(STDIN) { PathBuf::from(".") } else { path.to_owned() };
        let real = real(&written);
        Self { written, real }
    }

    /// The place of the working folder.
    pub(super) fn here() -> Self {
        Self::of(Path::new("."))
    }

    /// The nearest folder that exists.
    pub(super) fn folder(&self) -> &Path {
        self.real.ancestors().find(|folder| folder.is_dir()).unwrap_or(&self.real)
    }

    /// The way to it from the root of a repository: none from a bare one, or from inside of `.git`.
    pub(super) fn way(&self, repository: &Repository) -> Way {
        let inside = repository.work_dir.as_deref().and_then(|folder| self.real.strip_prefix(folder).ok());
        inside.map(way).unwrap_or_default()
    }
}

/// The way that a path after a colon means, and the path under which messages show it. As in git, it begins at the root of the
/// repository, or with `./` and `../` at the working folder.
pub(super) fn written_way(path: &str, repository: &Repository, here: &Place) -> Result<(Way, PathBuf), String> {
    if path.starts_with('/') {
        return Err(format!(
            "a path in a revision begins at the root of the repository; write `{}`",
            path.trim_start_matches('/')
        ));
    }
    let inside = repository.work_dir.as_deref().and_then(|folder| here.real.strip_prefix(folder).ok().map(way));
    let mut whole = match (&inside, path.split('/').next()) {
        (Some(inside), Some("." | "..")) => inside.clone(),
        (None, Some("." | "..")) => return Err("`./` and `../` need a working folder in the repository".to_owned()),
        _ => Vec::new(),
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if whole.pop().is_none() => return Err("the path leaves the repository".to_owned()),
            ".." => {}
            part => whole.push(part.as_bytes().to_vec()),
        }
    }
    let relative = super::tree::relative(&whole);
    let shown = match (&inside, repository.work_dir.as_deref()) {
        (Some(here), _) => {
            let shared = here.iter().zip(&whole).take_while(|(a, b)| a == b).count();
            let up = here[shared..].iter().map(|_| Path::new(".."));
            up.chain([super::tree::relative(&whole[shared..]).as_path()]).collect()
        }
        (None, Some(folder)) => folder.join(relative),
        (None, None) => relative,
    };
    Ok((whole, shown))
}

fn way(path: &Path) -> Way {
    path.components().map(|part| part.as_os_str().as_encoded_bytes().to_vec()).collect()
}

/// A path without links and dots, as far as it exists.
fn real(path: &Path) -> PathBuf {
    let mut rest = Vec::new();
    for above in path.ancestors() {
        let above = if above.as_os_str().is_empty() { Path::new(".") } else { above };
        if let Ok(mut real) = above.canonicalize() {
            for part in rest.iter().rev() {
                match part {
                    Component::ParentDir => drop(real.pop()),
                    part => real.push(part),
                }
            }
            return real;
        }
        rest.extend(above.components().next_back());
    }
    path.to_owned()
}
