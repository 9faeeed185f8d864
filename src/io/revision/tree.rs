//! The files of a topology in the tree of a commit, found by the rules that hold on disk (`io/walk`, `io/upward`).

use std::collections::{BTreeSet, VecDeque};
use std::path::{Path, PathBuf};

use gix_hash::ObjectId;
use gix_object::tree::EntryKind;
use gix_object::{Kind, TreeRefIter};

use super::nearest;
use super::repository::{Object, Repository, words};
use crate::io::name::{checked_name, display_name};
use crate::io::read::{MAX_FILE_SIZE, text};
use crate::io::{FileError, upward, walk};

/// The folders and files on a way through a tree, from its root.
pub(super) type Way = Vec<Vec<u8>>;

/// No way has more links in it.
const MAX_LINKS: usize = 40;

/// No link points further.
const MAX_LINK_SIZE: u64 = 4096;

/// No topology lies in more folders; a tree that is made of one tree many times can have more than any disk holds.
const MAX_FOLDERS: usize = if cfg!(test) { 1_000 } else { 100_000 };

/// The tree of one commit.
pub(super) struct Tree<'r> {
    pub(super) repository: &'r Repository,
    pub(super) root: ObjectId,
    /// How errors name the tree.
    pub(super) name: &'r str,
}

/// What is at the end of a way.
pub(super) struct Found {
    /// The way without links.
    pub(super) way: Way,
    /// The tree of each folder on the way, without the root's.
    folders: Vec<ObjectId>,
    pub(super) what: What,
}

pub(super) enum What {
    Folder(ObjectId),
    File(ObjectId),
    Submodule,
    Nothing,
    /// The way leaves the repository.
    Outside,
}

struct Entry {
    name: Vec<u8>,
    kind: EntryKind,
    id: ObjectId,
}

/// A file that was found: the name that messages show, and its object.
pub(super) struct TreeFile {
    shown: String,
    way: Way,
    id: ObjectId,
}

impl Tree<'_> {
    /// Follows a way from the root, through links.
    pub(super) fn find(&self, way: &[Vec<u8>]) -> Result<Found, String> {
        let mut ahead: VecDeque<Vec<u8>> = way.iter().cloned().collect();
        let mut found = Found { way: Vec::new(), folders: Vec::new(), what: What::Nothing };
        let mut links = 0;
        while let Some(part) = ahead.pop_front() {
            match part.as_slice() {
                b"" | b"." => continue,
                b".." => {
                    found.folders.pop();
                    if found.way.pop().is_none() {
                        return Ok(Found { what: What::Outside, ..found });
                    }
                    continue;
                }
                _ => {}
            }
            let folder = found.folders.last().copied().unwrap_or(self.root);
            let Some(entry) = self.entries(folder)?.into_iter().find(|entry| entry.name == part) else { return Ok(found) };
            match entry.kind {
                EntryKind::Tree => {
                    found.way.push(part);
                    found.folders.push(entry.id);
                }
                EntryKind::Link => {
                    links += 1;
                    let target = self.bytes(entry.id, MAX_LINK_SIZE)?;
                    if links > MAX_LINKS {
                        return Ok(found);
                    }
                    if target.starts_with(b"/") {
                        return Ok(Found { what: What::Outside, ..found });
                    }
                    for part in target.split(|byte| *byte == b'/').rev() {
                        ahead.push_front(part.to_owned());
                    }
                }
                EntryKind::Blob | EntryKind::BlobExecutable | EntryKind::Commit => {
                    if ahead.iter().any(|part| !matches!(part.as_slice(), b"" | b".")) {
                        return Ok(found);
                    }
                    found.way.push(part);
                    found.what = if entry.kind == EntryKind::Commit { What::Submodule } else { What::File(entry.id) };
                    return Ok(found);
                }
            }
        }
        found.what = What::Folder(found.folders.last().copied().unwrap_or(self.root));
        Ok(found)
    }

    /// The files of a topology at `found`, which names show as if it were `shown`.
    pub(super) fn files(&self, found: &Found, shown: &Path) -> Result<Vec<TreeFile>, Vec<FileError>> {
        let folder = match found.what {
            What::File(id) => return Ok(vec![TreeFile { shown: display_name(shown), way: found.way.clone(), id }]),
            What::Folder(id) => id,
            _ => return Ok(Vec::new()),
        };
        let mut walk = Walk { tree: self, root: found, shown, files: Vec::new(), errors: Vec::new() };
        let mut folders = vec![(Vec::new(), folder)];
        let mut visited = 0;
        while let Some((below, id)) = folders.pop() {
            visited += 1;
            if visited > MAX_FOLDERS {
                return Err(vec![FileError::new(self.shown(&found.way), format!("more than {MAX_FOLDERS} folders"))]);
            }
            if let Err(problem) = walk.folder(&below, id, &mut folders) {
                walk.errors.push(FileError::new(walk.name(&below), problem));
            }
        }
        walk.errors.sort_by(|a, b| a.name.cmp(&b.name));
        if walk.errors.is_empty() { Ok(walk.files) } else { Err(walk.errors) }
    }

    /// Name and text of a file.
    pub(super) fn read(&self, file: &TreeFile) -> Result<(String, String), FileError> {
        let shown = checked_name(file.shown.clone())?;
        let failed = |problem: String| FileError::new(self.shown(&file.way), problem);
        let size = self.repository.size(&file.id).map_err(failed)?;
        if size > MAX_FILE_SIZE {
            return Err(failed(format!("larger than {} MiB; divide the topology into several files", MAX_FILE_SIZE >> 20)));
        }
        let Object { kind, bytes } = self.repository.object(&file.id).map_err(failed)?;
        if kind != Kind::Blob {
            return Err(failed(format!("the object {} is damaged: it is a {kind}, not a file", file.id)));
        }
        if bytes.starts_with(b"version https://git-lfs.github.com/spec/") {
            return Err(failed(
                "the repository has a Git LFS pointer instead of the file; do not keep topologies in Git LFS".to_owned(),
            ));
        }
        Ok((shown, text(bytes).map_err(failed)?))
    }

    /// The nearest file called `name` in the folder of `found` or above it, within the repository.
    pub(super) fn upward(&self, found: &Found, name: &str) -> Result<Option<(String, String)>, FileError> {
        for depth in (0..=found.folders.len()).rev() {
            let folder = depth.checked_sub(1).map_or(self.root, |at| found.folders[at]);
            let mut way = found.way[..depth].to_vec();
            let failed = |way: &Way, problem: String| FileError::new(self.shown(way), problem);
            let entries = self.entries(folder).map_err(|problem| failed(&way, problem))?;
            let Some(entry) = entries.into_iter().find(|entry| entry.name == name.as_bytes()) else { continue };
            way.push(entry.name);
            if !matches!(entry.kind, EntryKind::Blob | EntryKind::BlobExecutable) {
                return Err(failed(&way, upward::NO_FILE.to_owned()));
            }
            if self.repository.size(&entry.id).map_err(|problem| failed(&way, problem))? > upward::MOST {
                return Err(failed(&way, upward::too_large()));
            }
            let shown = display_name(&self.on_disk(&way));
            return self.read(&TreeFile { shown, way, id: entry.id }).map(Some);
        }
        Ok(None)
    }

    /// Where a file is in the working folder of the repository; in a bare one, its way.
    fn on_disk(&self, way: &[Vec<u8>]) -> PathBuf {
        let way = relative(way);
        self.repository.work_dir.as_ref().map_or_else(|| way.clone(), |folder| folder.join(&way))
    }

    /// A file or folder of this tree, as errors name it.
    pub(super) fn shown(&self, way: &[Vec<u8>]) -> String {
        if way.is_empty() { self.name.to_owned() } else { format!("{}:{}", self.name, display_name(&relative(way))) }
    }

    /// A name like `part` in the folder that `found` came to.
    pub(super) fn similar(&self, found: &Found, part: &[u8]) -> Option<String> {
        let folder = found.folders.last().copied().unwrap_or(self.root);
        let names = self.entries(folder).ok()?.into_iter().filter_map(|entry| String::from_utf8(entry.name).ok());
        nearest(&String::from_utf8_lossy(part), names)
    }

    fn bytes(&self, id: ObjectId, most: u64) -> Result<Vec<u8>, String> {
        if self.repository.size(&id)? > most {
            return Err(format!("the object {id} is a link of more than {most} bytes"));
        }
        Ok(self.repository.object(&id)?.bytes)
    }

    fn entries(&self, id: ObjectId) -> Result<Vec<Entry>, String> {
        let object = self.repository.object(&id)?;
        let damaged = |why: &str| format!("the folder {id} is damaged: {why}");
        if object.kind != Kind::Tree {
            return Err(damaged("the object is not a folder"));
        }
        let mut names = BTreeSet::new();
        let mut entries = Vec::new();
        for entry in TreeRefIter::from_bytes(&object.bytes, self.repository.hash) {
            let entry = entry.map_err(|error| damaged(&words(&error)))?;
            let name: &[u8] = entry.filename;
            if matches!(name, b"" | b"." | b"..") || name.contains(&b'/') || name.contains(&0) || !names.insert(name) {
                return Err(damaged("it has a name that no disk can store"));
            }
            entries.push(Entry { name: name.to_owned(), kind: entry.mode.kind(), id: entry.oid.to_owned() });
        }
        Ok(entries)
    }
}

struct Walk<'t> {
    tree: &'t Tree<'t>,
    /// The folder of the topology.
    root: &'t Found,
    shown: &'t Path,
    files: Vec<TreeFile>,
    errors: Vec<FileError>,
}

impl Walk<'_> {
    fn folder(&mut self, below: &Way, id: ObjectId, folders: &mut Vec<(Way, ObjectId)>) -> Result<(), String> {
        for entry in self.tree.entries(id)? {
            let mut way = below.clone();
            way.push(entry.name);
            let wanted = is_wanted(&way);
            match entry.kind {
                EntryKind::Tree => folders.push((way, entry.id)),
                EntryKind::Link => self.link(below, &way, entry.id)?,
                EntryKind::Blob | EntryKind::BlobExecutable if wanted => {
                    let shown = display_name(&self.shown.join(relative(&way)));
                    self.files.push(TreeFile { shown, way: self.whole(&way), id: entry.id });
                }
                EntryKind::Blob | EntryKind::BlobExecutable => {}
                EntryKind::Commit => self.submodule(&way),
            }
        }
        Ok(())
    }

    /// As on disk, no link is followed, and one that leaves the folder is an error. A link out of the repository is one only if it has
    /// the name of a topology: what else it may be on a disk is unknown.
    fn link(&mut self, below: &Way, way: &Way, id: ObjectId) -> Result<(), String> {
        let wanted = is_wanted(way);
        let target = self.tree.bytes(id, MAX_LINK_SIZE)?;
        let mut from = self.whole(below);
        from.extend(target.split(|byte| *byte == b'/').map(<[u8]>::to_vec));
        let found = if target.starts_with(b"/") { None } else { Some(self.tree.find(&from)?) };
        let problem = match found {
            Some(Found { what: What::Nothing, .. }) if wanted => "cannot follow this link: no such file or directory",
            Some(Found { what: What::Nothing | What::Submodule, .. }) => return Ok(()),
            Some(Found { what: What::Outside, .. }) | None if !wanted => return Ok(()),
            Some(Found { what: What::Folder(_), way, .. })
                if way.starts_with(&self.root.way) || self.root.way.starts_with(&way) =>
            {
                return Ok(());
            }
            Some(Found { what: What::File(_), .. }) if !wanted => return Ok(()),
            Some(Found { what: What::File(_), way, .. }) if way.starts_with(&self.root.way) && is_wanted(&way) => return Ok(()),
            _ => "is a symbolic link that leaves the folder; put a copy in its place",
        };
        self.errors.push(FileError::new(self.name(way), problem));
        Ok(())
    }

    /// The files of a submodule are in another repository. On disk they are read, so here they would be missed.
    fn submodule(&mut self, way: &Way) {
        let (files, _) = walk::files(&self.tree.on_disk(&self.whole(way)), "ocstopo");
        if self.tree.repository.work_dir.is_some() && !files.is_empty() {
            let problem = "is a submodule with `.ocstopo` files, which are in another repository; compare two folders instead";
            self.errors.push(FileError::new(self.name(way), problem));
        }
    }

    /// The way from the root of the repository.
    fn whole(&self, way: &Way) -> Way {
        self.root.way.iter().chain(way).cloned().collect()
    }

    fn name(&self, way: &Way) -> String {
        self.tree.shown(&self.whole(way))
    }
}

fn is_wanted(way: &Way) -> bool {
    way.last()
        .is_some_and(|name| relative(std::slice::from_ref(name)).extension().is_some_and(|extension| extension == "ocstopo"))
}

/// A way as a path; what is no UTF-8 is replaced, as in names of files on disk.
pub(super) fn relative(way: &[Vec<u8>]) -> PathBuf {
    way.iter().map(|part| String::from_utf8_lossy(part).into_owned()).collect()
}
