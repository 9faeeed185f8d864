//! One side of a comparison: a file or folder on disk, or what a commit of a git repository holds. Input: what was written on the
//! command line. Output: a topology's files and the text of its `ocstopo.toml`, the same from both.
//!
//! A repository is read in place: nothing is checked out, written or started, and only where a side is a revision. What exists on disk
//! is always read from there; `heads/main` or `main:topology` is the branch where a folder `main` exists.
//!
//! - Which repository: the one that holds the path beside which a revision is written (the other side, or the working folder), else the
//!   one that holds the working folder. `GIT_DIR` and git's other variables mean nothing here. Who owns it does not matter (git's
//!   `safe.directory`), because only objects and names are read, and nothing that its configuration names is started.
//! - Which path: the one after the colon, from the root of the repository, or with `./` from the working folder as in git; else the one
//!   beside which the revision is written. Names of files are those of the working folder, so both sides of a comparison have the same.
//! - Which bytes: those that are stored. No filter (`autocrlf`, `working-tree-encoding`) is applied; a pointer of Git LFS is an error, and
//!   so is a submodule that has `.ocstopo` files on disk. Symbolic links are as on disk: not followed, and an error if they leave the folder.
//! - Loose objects, packs, alternates, linked worktrees, bare, shallow, partial and SHA-256 repositories are read. What a shallow or partial
//!   clone lacks is an error with the way out, and so are names that are stored as `reftable`. `refs/replace` and grafts are not followed,
//!   and the index, the reflog and the messages of commits are not searched.

mod place;
mod repository;
mod resolve;
mod spec;
#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests write repositories")]
mod tests;
mod tree;

use std::path::{Path, PathBuf};

use gix_hash::ObjectId;

use self::place::Place;
use self::repository::Repository;
use self::spec::{Spec, Tip, Tips};
use self::tree::{Found, Tree, Way, What};
use super::FileError;
use super::name::display_name;
use super::read::{STDIN, folder_of, read_topology, texts};
use super::upward::read_upward;
use crate::text::SourceMap;

/// One side of a comparison, found but not yet read.
#[derive(Clone)]
pub struct Side(Source);

#[derive(Clone)]
enum Source {
    Disk(PathBuf),
    Revision(Box<Revision>),
}

#[derive(Clone)]
struct Revision {
    repository: Repository,
    /// The commit, or where none was written the tree.
    id: ObjectId,
    tree: ObjectId,
    /// What a person calls it.
    title: String,
    /// What is before the colon in the names of errors.
    name: String,
    way: Way,
    /// Whether the path was written after a colon.
    has_path: bool,
    /// The path under which messages show the way.
    shown: PathBuf,
}

/// What one side holds.
#[derive(Debug, Clone)]
pub struct SideFiles {
    /// The topology.
    pub files: SourceMap,
    /// The `ocstopo.toml` at or above it: for a revision within the repository.
    pub config: Option<SourceMap>,
}

impl Side {
    /// The side that `argument` means, beside the path `beside`, at which a revision is read that names no path.
    pub fn parse(argument: &str, beside: &Path) -> Result<Self, FileError> {
        if let Some(side) = Self::on_disk(argument) {
            return Ok(side);
        }
        let failed = |problem: String| missing(argument, &problem);
        let spec = Spec::parse(argument).map_err(failed)?;
        let Tips::One(tip) = &spec.tips else {
            return Err(failed("it means two revisions where one is needed".to_owned()));
        };
        let (repository, place) = repository(beside).map_err(failed)?;
        let id = repository.resolve(tip).map_err(failed)?;
        Self::revision(&repository, tip, id, spec.path, &place).map_err(failed)
    }

    /// Both sides of a comparison. Without `new`, `old` can be `A..B` or `A...B` (from the merge base of both to B), and beside one
    /// revision is what `beside` holds on disk. A revision that names no path is read where the other side is, else at `beside`.
    pub fn pair(old: &str, new: Option<&str>, beside: &Path) -> Result<(Self, Self), Vec<FileError>> {
        if let Some(new) = new {
            return Self::two(old, new, beside);
        }
        let failed = |problem: String| vec![missing(old, &problem)];
        let spec = if Self::on_disk(old).is_some() { None } else { Some(Spec::parse(old).map_err(failed)?) };
        let (old_tip, new_tip, since_base) = match spec.as_ref().map(|spec| &spec.tips) {
            Some(Tips::Two(old_tip, new_tip)) => (old_tip, new_tip, false),
            Some(Tips::SinceBase(old_tip, new_tip)) => (old_tip, new_tip, true),
            Some(Tips::One(_)) | None => {
                let side = Self::parse(old, beside).map_err(|error| vec![error])?;
                return Ok((side, Self(Source::Disk(beside.to_owned()))));
            }
        };
        let path = spec.as_ref().and_then(|spec| spec.path);
        let (repository, place) = repository(beside).map_err(failed)?;
        let both = || {
            let (old_id, new_id) = (repository.resolve(old_tip)?, repository.resolve(new_tip)?);
            let new_side = Self::revision(&repository, new_tip, new_id, path, &place)?;
            let old_side = if since_base {
                Self::base(&repository, (old_tip, old_id), (new_tip, new_id), path, &place)?
            } else {
                Self::revision(&repository, old_tip, old_id, path, &place)?
            };
            Ok((old_side, new_side))
        };
        both().map_err(failed)
    }

    fn two(old: &str, new: &str, beside: &Path) -> Result<(Self, Self), Vec<FileError>> {
        let on_disk = |argument: &str| Self::on_disk(argument).is_some().then(|| PathBuf::from(argument));
        let old_beside = on_disk(new).unwrap_or_else(|| beside.to_owned());
        let new_beside = on_disk(old).unwrap_or_else(|| beside.to_owned());
        match (Self::parse(old, &old_beside), Self::parse(new, &new_beside)) {
            (Ok(mut old), Ok(mut new)) => {
                if let (Source::Revision(old), Source::Revision(new)) = (&mut old.0, &mut new.0) {
                    let (from, to) = if old.has_path { (old, new) } else { (new, old) };
                    if from.has_path && !to.has_path {
                        to.way.clone_from(&from.way);
                        to.shown.clone_from(&from.shown);
                    }
                }
                Ok((old, new))
            }
            (old, new) => Err([old.err(), new.err()].into_iter().flatten().collect()),
        }
    }

    /// What exists on disk, or is standard input, is no revision.
    fn on_disk(argument: &str) -> Option<Self> {
        let path = Path::new(argument);
        (argument == STDIN || path.symlink_metadata().is_ok()).then(|| Self(Source::Disk(path.to_owned())))
    }

    fn revision(repository: &Repository, tip: &Tip<'_>, id: ObjectId, path: Option<&str>, place: &Place) -> Result<Self, String> {
        let title = format!("{} ({})", tip.text, short(id));
        Self::at(repository, id, title, tip.text.to_owned(), path, place)
    }

    fn base(
        repository: &Repository,
        (old, old_id): (&Tip<'_>, ObjectId),
        (new, new_id): (&Tip<'_>, ObjectId),
        path: Option<&str>,
        place: &Place,
    ) -> Result<Self, String> {
        let found = repository.merge_base(repository.commit(old_id)?, repository.commit(new_id)?)?;
        let (old, new) = (old.text, new.text);
        let Some((id, others)) = found else {
            let shared = format!("`{old}` and `{new}` have no commit in common");
            return Err(repository.shallow_hint().map_or(shared.clone(), |hint| format!("{shared}, maybe {hint}")));
        };
        let which = if others == 0 { "merge base".to_owned() } else { format!("one of {} merge bases", others + 1) };
        Self::at(repository, id, format!("{which} of {old} and {new} ({})", short(id)), short(id), path, place)
    }

    fn at(
        repository: &Repository,
        id: ObjectId,
        title: String,
        name: String,
        path: Option<&str>,
        place: &Place,
    ) -> Result<Self, String> {
        let (way, shown) = match path {
            Some(path) => place::written_way(path, repository, &Place::here())?,
            None => (place.way(repository), place.written.clone()),
        };
        let tree = repository.tree(id)?;
        let repository = repository.clone();
        Ok(Self(Source::Revision(Box::new(Revision { repository, id, tree, title, name, way, has_path: path.is_some(), shown }))))
    }

    /// What a person calls this side: a path, or a revision with the beginning of its hash.
    pub fn title(&self) -> String {
        match &self.0 {
            Source::Disk(path) => display_name(path),
            Source::Revision(revision) => revision.title.clone(),
        }
    }

    /// The whole hash of a revision's commit, or of its tree where a tree was named.
    pub fn hash(&self) -> Option<String> {
        match &self.0 {
            Source::Disk(_) => None,
            Source::Revision(revision) => Some(revision.id.to_string()),
        }
    }

    /// The path on disk of a side that is no revision.
    pub fn path(&self) -> Option<&Path> {
        match &self.0 {
            Source::Disk(path) => Some(path),
            Source::Revision(_) => None,
        }
    }
}

/// Reads one side: its topology, and the nearest file called `config` at or above it. Standard input gets the name `stdin_name`.
pub fn read_side(side: &Side, stdin_name: &str, config: &str) -> Result<SideFiles, Vec<FileError>> {
    match &side.0 {
        Source::Disk(path) => {
            let files = read_topology(path, stdin_name)?;
            Ok(SideFiles { files, config: read_upward(path, config).map_err(|error| vec![error])? })
        }
        Source::Revision(revision) => revision.read(config),
    }
}

impl Revision {
    fn read(&self, config: &str) -> Result<SideFiles, Vec<FileError>> {
        let tree = Tree { repository: &self.repository, root: self.tree, name: &self.name };
        let failed = |problem: &str| vec![FileError::new(tree.shown(&self.way), problem)];
        let found = tree.find(&self.way).map_err(|problem| failed(&problem))?;
        match found.what {
            What::Folder(_) | What::File(_) => {}
            What::Nothing => return Err(failed(&self.nothing(&tree, &found))),
            What::Submodule => return Err(failed("is a submodule, whose files are in another repository")),
            What::Outside => return Err(failed("is a symbolic link that leaves the repository")),
        }
        let paths = tree.files(&found, &self.shown)?;
        if paths.is_empty() {
            return Err(failed("no `.ocstopo` file in this folder or below it; give the file or folder of a topology"));
        }
        let read = texts(&tree.shown(&found.way), &paths, |file| tree.read(file))?;
        let is_folder = matches!(found.what, What::Folder(_));
        let files = SourceMap::new(read).below(folder_of(&self.shown, is_folder));
        let config = tree.upward(&found, config).map_err(|error| vec![error])?;
        Ok(SideFiles { files, config: config.map(|file| SourceMap::new(vec![file])) })
    }

    /// That nothing is at the path, and where it may be.
    fn nothing(&self, tree: &Tree<'_>, found: &Found) -> String {
        let what = "this revision has no such file or folder";
        let here = Place::here().way(&self.repository);
        let from_here: Way = here.into_iter().chain(self.way.iter().cloned()).collect();
        let is_there = |way: &Way| tree.find(way).is_ok_and(|found| matches!(found.what, What::Folder(_) | What::File(_)));
        if self.has_path && from_here != self.way && is_there(&from_here) {
            let path = display_name(&tree::relative(&self.way));
            return format!("{what}; paths begin at the root of the repository: write `{}:./{path}`", self.name);
        }
        let missing = self.way.get(found.way.len());
        if let Some(name) = missing.and_then(|part| tree.similar(found, part)) {
            return format!("{what}; did you mean `{name}`?");
        }
        if self.has_path {
            return what.to_owned();
        }
        format!("{what}; where it has another name there, write `{}:path/from/the/root`", self.name)
    }
}

/// The repository for a revision that is written beside a path.
fn repository(beside: &Path) -> Result<(Repository, Place), String> {
    let mut places = [Place::of(beside), Place::here()];
    for at in 0..places.len() {
        if let Some(repository) = Repository::discover(places[at].folder())? {
            places.swap(0, at);
            let [place, _] = places;
            return Ok((repository, place));
        }
    }
    let [place, _] = &places;
    Err(format!("no git repository contains `{}`", display_name(&place.written)))
}

fn missing(argument: &str, problem: &str) -> FileError {
    FileError::new(argument, format!("no such file or folder, and no revision: {problem}"))
}

fn short(id: ObjectId) -> String {
    id.to_hex_with_len(10).to_string()
}

/// The name that differs least from another, if it differs little.
fn nearest(word: &str, names: impl IntoIterator<Item = String>) -> Option<String> {
    let most = (word.chars().count() / 3).clamp(1, 3);
    let lower = word.to_lowercase();
    let distance = |name: &str| strsim::damerau_levenshtein(&lower, &name.to_lowercase());
    names.into_iter().map(|name| (distance(&name), name)).filter(|(distance, _)| *distance <= most).min().map(|(_, name)| name)
}
