//! Waiting until files change. They are looked at a few times a second: that works on every file system, shared folders and
//! containers too, costs a millisecond for hundreds of files, and needs no crate with a part for each system.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use super::walk;

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(200);
/// An editor that writes in several steps has ended when nothing changes for so long.
const REST: Duration = Duration::from_millis(40);

/// The files of topologies, as they were seen last.
#[derive(Debug)]
pub struct Watch {
    paths: Vec<PathBuf>,
    settings: String,
    seen: Files,
}

/// When each file was written, and how long it is.
type Files = BTreeMap<PathBuf, Option<(SystemTime, u64)>>;

impl Watch {
    /// Files and folders, and the files called `settings` in these folders and above them.
    pub fn new(paths: Vec<PathBuf>, settings: &str) -> Self {
        let seen = look(&paths, settings);
        Self { paths, settings: settings.to_owned(), seen }
    }

    /// How many topology files there are.
    pub fn files(&self) -> usize {
        self.seen.keys().filter(|path| !path.ends_with(&self.settings)).count()
    }

    /// Returns when a file has been written, made or removed since the last look.
    pub fn wait(&mut self) {
        loop {
            sleep(PAUSE);
            let mut now = look(&self.paths, &self.settings);
            if now == self.seen {
                continue;
            }
            loop {
                sleep(REST);
                let later = look(&self.paths, &self.settings);
                if later == now {
                    break;
                }
                now = later;
            }
            self.seen = now;
            return;
        }
    }
}

fn look(paths: &[PathBuf], settings: &str) -> Files {
    let mut files = Files::new();
    for path in paths {
        let own = if path.is_dir() { walk::files(path, "ocstopo").0 } else { vec![path.clone()] };
        files.extend(own.into_iter().map(|file| (file.clone(), state(&file))));
        let start = path.canonicalize().unwrap_or_else(|_| path.clone());
        let above = start.ancestors().map(|folder| folder.join(settings)).filter(|file| file.is_file());
        files.extend(above.map(|file| (file.clone(), state(&file))));
    }
    files
}

fn state(file: &Path) -> Option<(SystemTime, u64)> {
    let kind = fs::metadata(file).ok()?;
    Some((kind.modified().ok()?, kind.len()))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods)]
mod tests {
    use super::*;

    #[test]
    fn new_written_and_removed_files_are_seen() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.ocstopo");
        let paths = vec![folder.path().to_owned()];
        let none = look(&paths, "settings.toml");
        fs::write(&file, "a").unwrap();
        let one = look(&paths, "settings.toml");
        fs::write(&file, "ab").unwrap();
        let longer = look(&paths, "settings.toml");
        fs::write(folder.path().join("settings.toml"), "").unwrap();
        let set = look(&paths, "settings.toml");
        assert!(none != one && one != longer && longer != set);
        assert_eq!(Watch::new(paths, "settings.toml").files(), 1);
    }
}
