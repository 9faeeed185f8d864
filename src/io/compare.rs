//! Compares an output folder with a build, file by file as it makes them, and drafts what the build changes.
//!
//! A file is ours if the manifest of the earlier build lists it with the content that it has. Every other file is foreign: it
//! belongs to others, or was edited.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::FileError;
use super::folder::{Found, look, visible};
use super::manifest;
use super::output::{Change, OutputFolder};
use crate::artifact::manifest::{File, PATH as MANIFEST, sha256};
use crate::artifact::{Artifact, Sink, bytes as written};

/// Which part of the folder a build answers for.
#[derive(Debug, Clone, Copy)]
pub enum Scope<'a> {
    /// All of it.
    All,
    /// What is below these prefixes, such as `dns/`; the rest stays as it is, in the manifest too.
    Only(&'a [&'a str]),
    /// The files of this team, by its word; the rest stays as it is, in the manifest too.
    Team(&'a str),
}

impl Scope<'_> {
    fn holds(self, file: &File) -> bool {
        match self {
            Scope::All => true,
            Scope::Only(prefixes) => prefixes.iter().any(|prefix| file.path.starts_with(prefix)),
            Scope::Team(word) => file.team == word,
        }
    }
}

/// How a file is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Not there.
    Missing,
    /// As it should be.
    Same,
    /// As an earlier build left it.
    Outdated,
    /// From an earlier build, but changed since.
    Edited,
    /// From no build.
    Foreign,
}

/// The difference between a folder and a build.
#[derive(Debug)]
pub struct Comparison {
    /// Each file of the build by its path, and how it is found.
    pub files: BTreeMap<String, State>,
    /// Files of an earlier build that this one does not have.
    pub stale: Vec<String>,
    /// Such files, edited since: they stay.
    pub abandoned: Vec<String>,
    /// What is in a folder that no build has written into: its files and folders, without hidden ones.
    pub occupants: Vec<String>,
    /// How many bytes were drafted.
    pub drafted: usize,
}

/// Compares a folder, which need not exist, with a build, file by file as it makes them.
#[derive(Debug)]
pub struct Comparer<'a> {
    root: &'a Path,
    scope: Scope<'a>,
    /// Where the files are drafted that are not as they should be; nowhere if only the difference is wanted.
    into: Option<&'a OutputFolder>,
    /// The files of an earlier build by path; `None` if no build has written into the folder.
    earlier: Option<BTreeMap<String, File>>,
    occupants: Vec<String>,
    taken: Mutex<Taken>,
}

/// What was compared so far.
#[derive(Debug, Default)]
struct Taken {
    files: BTreeMap<String, State>,
    drafted: usize,
    errors: Vec<FileError>,
    /// Why no more is taken.
    stopped: Option<FileError>,
}

impl<'a> Comparer<'a> {
    /// For a build that answers for `scope`.
    pub fn new(root: &'a Path, scope: Scope<'a>, into: Option<&'a OutputFolder>) -> Result<Self, FileError> {
        if root.exists() && !root.is_dir() {
            return Err(FileError::new(super::name::display_name(root), "folder expected, this is a file"));
        }
        let earlier = match look(root, MANIFEST)? {
            (path, Found::File) => manifest::read(&path)?,
            (_, Found::Nothing) => None,
        };
        let earlier: Option<BTreeMap<String, File>> =
            earlier.map(|earlier| earlier.files.into_iter().map(|file| (file.path.clone(), file)).collect());
        let occupants = if earlier.is_none() { visible(root)? } else { Vec::new() };
        Ok(Self { root, scope, into, earlier, occupants, taken: Mutex::default() })
    }

    /// The difference, when all files were taken.
    pub fn finish(self) -> Result<Comparison, Vec<FileError>> {
        let Taken { files, drafted, mut errors, stopped } = self.taken.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(error) = stopped {
            return Err(vec![error]);
        }
        let mut comparison = Comparison { files, stale: Vec::new(), abandoned: Vec::new(), occupants: self.occupants, drafted };
        for (path, file) in self.earlier.into_iter().flatten() {
            if comparison.files.contains_key(&path) || !self.scope.holds(&file) {
                continue;
            }
            // A path that leaves the folder, or leads through a link, is no file of ours whatever the manifest says.
            if let Ok((full, Found::File)) = look(self.root, &path) {
                match read(&full) {
                    Ok(bytes) if sha256(&bytes) == file.sha256 => comparison.stale.push(path),
                    Ok(_) => comparison.abandoned.push(path),
                    Err(error) => errors.push(error),
                }
            }
        }
        // Files are taken in any order, and all below a folder fail for the folder's reason.
        errors.sort_by(|a, b| (&a.name, &a.problem).cmp(&(&b.name, &b.problem)));
        errors.dedup();
        if errors.is_empty() { Ok(comparison) } else { Err(folded(errors)) }
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The manifest of a part of a build has the lines of the files that the build leaves alone.
    fn merged(&self, path: &str, content: &str) -> Option<String> {
        let earlier = self.earlier.as_ref().filter(|_| path == MANIFEST && !matches!(self.scope, Scope::All))?;
        manifest::merged(content, earlier.values().filter(|file| !self.scope.holds(file)))
    }

    fn state(&self, path: &str, bytes: &[u8]) -> Result<State, FileError> {
        let (full, found) = look(self.root, path)?;
        if found == Found::Nothing {
            return Ok(State::Missing);
        }
        let there = read(&full)?;
        Ok(if there == bytes {
            State::Same
        } else if path == MANIFEST {
            if self.earlier.is_some() { State::Outdated } else { State::Foreign }
        } else {
            match self.earlier.as_ref().and_then(|earlier| earlier.get(path)) {
                None => State::Foreign,
                Some(file) if file.sha256 == sha256(&there) => State::Outdated,
                Some(_) => State::Edited,
            }
        })
    }
}

impl Sink for Comparer<'_> {
    /// Compares a file, and drafts it if it is not as it should be. After a draft that cannot be written no more is taken.
    fn take(&self, Artifact { path, content, .. }: Artifact) -> ControlFlow<()> {
        let content = self.merged(&path, &content).unwrap_or(content);
        if self.taken().files.insert(path.clone(), State::Missing).is_some() {
            self.taken().errors.push(FileError::new(path, "two files of this build have this path"));
            return ControlFlow::Continue(());
        }
        let bytes = written(&content);
        let state = match self.state(&path, &bytes) {
            Ok(state) => state,
            Err(error) => {
                self.taken().errors.push(error);
                return ControlFlow::Continue(());
            }
        };
        if let Some(folder) = self.into.filter(|_| state != State::Same) {
            if let Err(error) = folder.draft(&path, &bytes) {
                self.taken().stopped.get_or_insert(error);
                return ControlFlow::Break(());
            }
            self.taken().drafted += bytes.len();
        }
        self.taken().files.insert(path, state);
        ControlFlow::Continue(())
    }
}

/// How many files with the same problem are named.
const NAMED: usize = 3;

/// The first files of each problem, and how many more have it: a limit of the system hits each file of a folder.
fn folded(errors: Vec<FileError>) -> Vec<FileError> {
    let mut of_problem: BTreeMap<String, usize> = BTreeMap::new();
    let mut named = Vec::new();
    for error in errors {
        let count = of_problem.entry(error.problem.clone()).or_default();
        *count += 1;
        if *count <= NAMED {
            named.push(error);
        }
    }
    for error in named.iter_mut().rev() {
        let more = of_problem.remove(&error.problem).map_or(0, |count| count.saturating_sub(NAMED));
        if more > 0 {
            error.problem += &format!(" (and {more} more {})", if more == 1 { "file" } else { "files" });
        }
    }
    named
}

#[expect(clippy::disallowed_methods, reason = "io is where files are read")]
fn read(path: &Path) -> Result<Vec<u8>, FileError> {
    std::fs::read(path).map_err(|error| FileError::system(path, "cannot read this file", &error))
}

impl Comparison {
    /// The files found in a state.
    pub fn in_state(&self, state: State) -> impl Iterator<Item = &str> {
        self.files.iter().filter(move |(_, found)| **found == state).map(|(path, _)| path.as_str())
    }

    /// Whether the folder is what the build would make of it.
    pub fn is_up_to_date(&self) -> bool {
        self.stale.is_empty() && self.files.values().all(|state| *state == State::Same)
    }

    /// What is in a folder that no build has written into and that this build does not write as it is.
    pub fn strangers(&self) -> impl Iterator<Item = &str> {
        let is_same = |name: &str| self.in_state(State::Same).any(|path| path == name);
        self.occupants.iter().map(String::as_str).filter(move |name| !is_same(name))
    }

    /// What has to be done, the manifest last: while it is the old one, the old files are still known as ours.
    pub fn changes(&self) -> Vec<Change<'_>> {
        let writes = self.files.iter().filter(|(_, state)| **state != State::Same);
        let mut changes: Vec<_> = writes.map(|(path, _)| Change::Write { path }).collect();
        changes.extend(self.stale.iter().map(|path| Change::Remove { path }));
        changes.sort_by_key(|change| change.path() == MANIFEST);
        changes
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods)]
mod tests {
    use std::fs;

    use super::*;
    use crate::emit::{EmitContext, Team, Templates};

    fn artifacts(files: &[(&str, &str)]) -> Vec<Artifact> {
        let artifact = |path: &str, content: &str| Artifact {
            path: path.to_owned(),
            team: Team::Dns,
            made_from: Vec::new(),
            content: content.to_owned(),
        };
        let templates = Templates::shipped();
        let cx = EmitContext { templates: &templates, sample: true, organization: "contoso" };
        let mut artifacts: Vec<_> = files.iter().map(|(path, content)| artifact(path, content)).collect();
        let lines = artifacts.iter().map(crate::emit::manifest::line).collect();
        artifacts.push(crate::emit::manifest::emit(lines, "ocs_2007", Default::default(), &cx));
        artifacts
    }

    fn compared(comparer: Comparer<'_>, artifacts: Vec<Artifact>) -> Result<Comparison, Vec<FileError>> {
        for artifact in artifacts {
            assert!(comparer.take(artifact).is_continue());
        }
        comparer.finish()
    }

    fn compare(root: &Path, artifacts: Vec<Artifact>, scope: Scope<'_>) -> Result<Comparison, Vec<FileError>> {
        compared(Comparer::new(root, scope, None).map_err(|error| vec![error])?, artifacts)
    }

    fn build(root: &Path, files: &[(&str, &str)], scope: Scope<'_>) {
        let folder = OutputFolder::open(root, || {}).unwrap();
        let comparison = compared(Comparer::new(root, scope, Some(&folder)).unwrap(), artifacts(files)).unwrap();
        folder.commit(&comparison.changes(), false).unwrap();
    }

    fn listing(root: &Path) -> Vec<String> {
        fn walk(root: &Path, folder: &Path, out: &mut Vec<String>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                out.push(path.strip_prefix(root).unwrap().display().to_string());
                if path.is_dir() {
                    walk(root, &path, out);
                }
            }
        }
        let mut out = Vec::new();
        walk(root, root, &mut out);
        out.sort();
        out
    }

    fn states(root: &Path, files: &[(&str, &str)]) -> Vec<(String, State)> {
        let comparison = compare(root, artifacts(files), Scope::All).unwrap();
        comparison.files.into_iter().collect()
    }

    #[test]
    fn a_build_is_up_to_date_with_itself() {
        let root = tempfile::tempdir().unwrap();
        let files = [("dns/a.zone", "one"), ("b.csv", "two")];
        build(root.path(), &files, Scope::All);
        assert!(compare(root.path(), artifacts(&files), Scope::All).unwrap().is_up_to_date());
        assert_eq!(listing(root.path()), ["b.csv", "dns", "dns/a.zone", "manifest.json"]);
    }

    #[cfg(unix)]
    #[test]
    fn new_files_can_be_read_by_others_and_old_ones_keep_their_mode() {
        use std::os::unix::fs::PermissionsExt;
        let root = tempfile::tempdir().unwrap();
        let plain = root.path().join("plain");
        fs::write(&plain, "").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        build(root.path(), &[("a", "1")], Scope::All);
        let file = root.path().join("a");
        assert_eq!(mode(&file), mode(&plain));
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        build(root.path(), &[("a", "2")], Scope::All);
        assert_eq!(mode(&file), 0o600);
    }

    #[test]
    fn each_file_is_missing_same_outdated_edited_or_foreign() {
        let root = tempfile::tempdir().unwrap();
        build(root.path(), &[("edited", "1"), ("outdated", "1"), ("same", "1")], Scope::All);
        fs::write(root.path().join("edited"), "by hand").unwrap();
        fs::write(root.path().join("foreign"), "theirs").unwrap();
        let new = [("edited", "2"), ("foreign", "2"), ("missing", "2"), ("outdated", "2"), ("same", "1")];
        let states = states(root.path(), &new);
        let words: Vec<_> = states.iter().map(|(path, state)| format!("{path} {state:?}").to_lowercase()).collect();
        assert_eq!(
            words,
            ["edited edited", "foreign foreign", "manifest.json outdated", "missing missing", "outdated outdated", "same same"]
        );
    }

    #[test]
    fn stale_files_go_with_their_folder_and_foreign_files_stay() {
        let root = tempfile::tempdir().unwrap();
        build(root.path(), &[("old/deep/a", "1"), ("old/edited", "1"), ("gone/b", "1"), ("keep", "1")], Scope::All);
        fs::write(root.path().join("old/edited"), "by hand").unwrap();
        fs::write(root.path().join("gone/foreign"), "theirs").unwrap();
        let comparison = compare(root.path(), artifacts(&[("keep", "1")]), Scope::All).unwrap();
        assert_eq!(comparison.stale, ["gone/b", "old/deep/a"]);
        assert_eq!(comparison.abandoned, ["old/edited"]);
        assert!(!comparison.is_up_to_date());
        build(root.path(), &[("keep", "1")], Scope::All);
        assert_eq!(listing(root.path()), ["gone", "gone/foreign", "keep", "manifest.json", "old", "old/edited"]);
    }

    #[test]
    fn a_part_leaves_the_rest_alone() {
        let root = tempfile::tempdir().unwrap();
        build(root.path(), &[("dns/a", "1"), ("dns/b", "1"), ("pki/c", "1")], Scope::All);
        build(root.path(), &[("dns/a", "2")], Scope::Only(&["dns/"]));
        assert_eq!(listing(root.path()), ["dns", "dns/a", "manifest.json", "pki", "pki/c"]);
        let full = [("dns/a", "2"), ("pki/c", "1")];
        assert!(states(root.path(), &full).iter().all(|(path, state)| *state == State::Same || path == MANIFEST));
        build(root.path(), &[("dns/a", "3"), ("pki/c", "3")], Scope::All);
        assert!(states(root.path(), &[("dns/a", "3"), ("pki/c", "3")]).iter().all(|(_, state)| *state == State::Same));
    }

    #[test]
    fn foreign_and_wrong_manifests_are_harmless() {
        let root = tempfile::tempdir().unwrap();
        let outside = root.path().join("outside");
        fs::write(&outside, "theirs").unwrap();
        let out = root.path().join("out");
        fs::create_dir(&out).unwrap();
        fs::write(out.join(MANIFEST), "{}").unwrap();
        assert_eq!(states(&out, &[])[0].1, State::Foreign);

        fs::write(out.join(MANIFEST), &artifacts(&[("../outside", "theirs")])[1].content).unwrap();
        build(&out, &[("a", "1")], Scope::All);
        assert!(outside.exists());
    }

    #[test]
    fn paths_outside_the_folder_are_refused() {
        let root = tempfile::tempdir().unwrap();
        for path in ["../a", "/tmp/a", "a/../../b"] {
            assert!(compare(root.path(), artifacts(&[(path, "1")]), Scope::All).is_err(), "{path}");
        }
        let twice = compare(root.path(), artifacts(&[("a", "1"), ("a", "2")]), Scope::All).unwrap_err();
        assert_eq!(twice[0].problem, "two files of this build have this path");
    }

    #[cfg(unix)]
    #[test]
    fn links_below_the_folder_are_refused_and_the_folder_itself_may_be_one() {
        use std::os::unix::fs::symlink;
        let root = tempfile::tempdir().unwrap();
        let (real, link) = (root.path().join("real"), root.path().join("link"));
        fs::create_dir(&real).unwrap();
        symlink(&real, &link).unwrap();
        build(&link, &[("dns/a", "1")], Scope::All);
        assert_eq!(fs::read_to_string(real.join("dns/a")).unwrap(), "1");

        let elsewhere = root.path().join("elsewhere");
        fs::create_dir(&elsewhere).unwrap();
        symlink(&elsewhere, real.join("pki")).unwrap();
        let errors = compare(&real, artifacts(&[("dns/a", "2"), ("pki/b", "1"), ("pki/c", "1")]), Scope::All).unwrap_err();
        assert_eq!(errors.len(), 1, "one link is told once: {errors:?}");
        assert!(errors[0].problem.contains("symbolic link"), "{errors:?}");
        fs::write(elsewhere.join("target"), "theirs").unwrap();
        fs::remove_file(real.join("dns/a")).unwrap();
        symlink(elsewhere.join("target"), real.join("dns/a")).unwrap();
        assert!(compare(&real, artifacts(&[("dns/a", "2")]), Scope::All).is_err());
        assert_eq!(fs::read_to_string(elsewhere.join("target")).unwrap(), "theirs");
    }

    #[cfg(unix)]
    #[test]
    fn a_stale_file_behind_a_link_is_not_removed() {
        use std::os::unix::fs::symlink;
        let root = tempfile::tempdir().unwrap();
        let (out, elsewhere) = (root.path().join("out"), root.path().join("elsewhere"));
        build(&out, &[("dns/a", "1"), ("b", "1")], Scope::All);
        fs::rename(out.join("dns"), &elsewhere).unwrap();
        symlink(&elsewhere, out.join("dns")).unwrap();
        build(&out, &[("b", "1")], Scope::All);
        assert!(elsewhere.join("a").exists());
    }

    #[test]
    fn a_file_in_place_of_the_folder_is_refused() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("out"), "").unwrap();
        assert!(compare(&root.path().join("out"), artifacts(&[]), Scope::All).is_err());
    }
}
