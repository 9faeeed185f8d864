//! A repository as far as it is read: where it is, its names and its objects.
//!
//! Every object is compared with the hash that it was asked for by. So a repository that was damaged, or made to deceive, can hold no
//! circle of commits and no file under a wrong hash.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use gix_hash::{ObjectId, oid};
use gix_object::{Data, Find, Kind};
use gix_odb::Header;

/// No commit, tag or folder is larger.
const MAX_OBJECT_SIZE: u64 = 64 * 1024 * 1024;

/// No single piece of a pack is larger.
const MAX_PIECE: usize = 256 * 1024 * 1024;

/// Extensions of the format that do not change how names and objects are read, or that are known here.
const KNOWN_EXTENSIONS: &[&str] = &[
    "compatobjectformat",
    "noop",
    "noop-v1",
    "objectformat",
    "partialclone",
    "preciousobjects",
    "refstorage",
    "relativeworktrees",
    "submodulepathconfig",
    "worktreeconfig",
];

/// An object, compared with its hash.
pub(super) struct Object {
    pub(super) kind: Kind,
    pub(super) bytes: Vec<u8>,
}

/// A repository on disk.
#[derive(Clone)]
pub(super) struct Repository {
    /// The folder of its files; a bare repository has none.
    pub(super) work_dir: Option<PathBuf>,
    pub(super) names: gix_ref::file::Store,
    pub(super) config: Rc<gix_config::File>,
    pub(super) objects: gix_odb::HandleArc,
    pub(super) hash: gix_hash::Kind,
    git_dir: PathBuf,
    shallow: bool,
}

impl Repository {
    /// The repository that holds `folder`, which exists and has no links or dots in it.
    ///
    /// Regardless of its owner: nothing that a repository names is started, and no file of it is read but objects and names.
    pub(super) fn discover(folder: &Path) -> Result<Option<Self>, String> {
        let options = gix_discover::upwards::Options { cross_fs: true, ..Default::default() };
        let (git_dir, work_dir) = match gix_discover::upwards_opts(folder, options) {
            Ok((path, _)) => path.into_repository_and_work_tree_directories(),
            Err(error) if error.downcast_any_ref::<gix_discover::upwards::Error>().is_some() => return Ok(None),
            Err(error) => return Err(words(&error)),
        };
        let at = |problem: String| format!("the git repository `{}` cannot be read: {problem}", git_dir.display());
        Self::open(&git_dir, work_dir).map(Some).map_err(at)
    }

    fn open(git_dir: &Path, work_dir: Option<PathBuf>) -> Result<Self, String> {
        let common_dir = match gix_discover::path::from_plain_file(&git_dir.join("commondir")) {
            Some(path) => git_dir.join(path.map_err(|error| error.to_string())?),
            None => git_dir.to_owned(),
        };
        let config = gix_config::File::from_path_no_includes(common_dir.join("config"), gix_config::Source::Local)
            .map_err(|error| words(&error))?;
        let hash = format(&config)?;
        let names = if common_dir == git_dir {
            gix_ref::file::Store::at(git_dir.to_owned(), hash)
        } else {
            gix_ref::file::Store::for_linked_worktree(git_dir.to_owned(), common_dir.clone(), hash)
        };
        let options = gix_odb::store::init::Options { alloc_limit_bytes: Some(MAX_PIECE), ..Default::default() };
        let objects = gix_odb::Store::at_opts(common_dir.join("objects"), hash, &mut std::iter::empty(), options)
            .map_err(|error| error.to_string())?;
        Ok(Self {
            work_dir,
            names,
            config: Rc::new(config),
            objects: Arc::new(objects).to_cache_arc(),
            hash,
            git_dir: git_dir.to_owned(),
            shallow: common_dir.join("shallow").is_file(),
        })
    }

    /// The repository's folder, as messages show it.
    pub(super) fn name(&self) -> String {
        super::super::name::display_name(self.work_dir.as_deref().unwrap_or(&self.git_dir))
    }

    /// The size of an object in bytes.
    pub(super) fn size(&self, id: &oid) -> Result<u64, String> {
        let header = self.objects.try_header(id).map_err(|error| damaged(id, &error))?;
        header.map(|header| header.size()).ok_or_else(|| self.lacks(id))
    }

    /// What kind of object it is, if the repository has it.
    pub(super) fn kind(&self, id: &oid) -> Result<Option<Kind>, String> {
        Ok(self.objects.try_header(id).map_err(|error| damaged(id, &error))?.map(|header| header.kind()))
    }

    /// An object that must be there.
    pub(super) fn object(&self, id: &oid) -> Result<Object, String> {
        self.existing(id)?.ok_or_else(|| self.lacks(id))
    }

    /// An object, if the repository has it.
    pub(super) fn existing(&self, id: &oid) -> Result<Option<Object>, String> {
        match self.objects.try_header(id).map_err(|error| damaged(id, &error))? {
            None => return Ok(None),
            Some(header) if header.size() > MAX_OBJECT_SIZE => {
                return Err(format!("the object {id} is larger than {} MiB", MAX_OBJECT_SIZE >> 20));
            }
            Some(_) => {}
        }
        let mut bytes = Vec::new();
        let Some(data) = self.objects.try_find(id, &mut bytes).map_err(|error| damaged(id, &error))? else { return Ok(None) };
        data.verify_checksum(id)
            .map_err(|_| format!("the object {id} is damaged: its content has another hash; run `git fsck`"))?;
        let (kind, length) = (data.kind, data.data.len());
        bytes.truncate(length);
        Ok(Some(Object { kind, bytes }))
    }

    /// Why an object may be missing, and the way to it.
    pub(super) fn lacks(&self, id: &oid) -> String {
        let what = format!("the repository does not have the object {id}");
        if self.is_partial() {
            return format!(
                "{what}, because it is a partial clone; let git fetch it (`git fetch --refetch --no-filter`), or clone without a filter"
            );
        }
        match self.shallow_hint() {
            Some(hint) => format!("{what}, {hint}"),
            None => format!("{what}; run `git fetch`, or `git fsck` if it should be there"),
        }
    }

    /// What to do about a history that ends too early.
    pub(super) fn shallow_hint(&self) -> Option<&'static str> {
        let hint = "because it is a shallow clone; fetch the whole history (`git fetch --unshallow`, on a build server `fetch-depth: 0`)";
        self.shallow.then_some(hint)
    }

    fn is_partial(&self) -> bool {
        let promises = |section: gix_config::file::SectionRef<'_>| section.value("promisor").is_some();
        self.config.string("extensions.partialClone").is_some()
            || self.config.sections_by_name("remote").is_some_and(|mut sections| sections.any(promises))
    }

    /// A commit that two others come from, and how many more there are that are as good; `None` if they have no common history.
    pub(super) fn merge_base(&self, one: ObjectId, other: ObjectId) -> Result<Option<(ObjectId, usize)>, String> {
        let failed = RefCell::new(None);
        let objects = Verified { repository: self, failed: &failed };
        let mut graph = gix_revision::Graph::new(objects, None);
        let found = gix_revision::merge_base(one, &[other], &mut graph);
        drop(graph);
        match (found, failed.into_inner()) {
            (_, Some(problem)) => Err(problem),
            (Ok(found), None) => Ok(found.map(|bases| (*bases.first(), bases.len() - 1))),
            (Err(error), None) => Err(words(&error)),
        }
    }
}

/// The objects of a repository for a walk through its history, each compared with its hash.
struct Verified<'a> {
    repository: &'a Repository,
    /// The first object that could not be read.
    failed: &'a RefCell<Option<String>>,
}

impl Find for Verified<'_> {
    fn try_find<'b>(&self, id: &oid, buffer: &'b mut Vec<u8>) -> Result<Option<Data<'b>>, gix_error::Error> {
        let fail = |problem: String| {
            self.failed.borrow_mut().get_or_insert(problem);
        };
        match self.repository.existing(id) {
            Ok(Some(object)) => {
                *buffer = object.bytes;
                return Ok(Some(Data::new(buffer, object.kind, self.repository.hash)));
            }
            // The history of a shallow clone ends so.
            Ok(None) if self.repository.shallow => {}
            Ok(None) => fail(self.repository.lacks(id)),
            Err(problem) => fail(problem),
        }
        Ok(None)
    }
}

/// The kind of hash that a repository uses, if its format is one that can be read.
fn format(config: &gix_config::File) -> Result<gix_hash::Kind, String> {
    let version = config.integer("core.repositoryFormatVersion").map_err(|error| words(&error))?.unwrap_or(0);
    if !(0..=1).contains(&version) {
        return Err(format!("its format has the version {version}, and the versions 0 and 1 are read"));
    }
    for section in config.sections_by_name("extensions").into_iter().flatten() {
        for name in section.value_names() {
            let name = name.to_string();
            if version == 1 && !KNOWN_EXTENSIONS.contains(&name.to_ascii_lowercase().as_str()) {
                return Err(format!("its format has the extension `{name}`, which is unknown"));
            }
        }
    }
    match config.string("extensions.refStorage") {
        Some(storage) if storage != "files" => {
            return Err(format!(
                "its names are stored as `{storage}`, and only `files` is read; run `git refs migrate --ref-format=files`"
            ));
        }
        _ => {}
    }
    match config.string("extensions.objectFormat").map(|kind| kind.to_string().to_ascii_lowercase()).as_deref() {
        None | Some("sha1") => Ok(gix_hash::Kind::Sha1),
        Some("sha256") => Ok(gix_hash::Kind::Sha256),
        Some(other) => Err(format!("its objects are named by `{other}`, and only SHA-1 and SHA-256 are read")),
    }
}

fn damaged(id: &oid, error: &gix_error::Error) -> String {
    format!("the object {id} is damaged ({}); run `git fsck`", words(error))
}

/// The cause of an error, in the library's words.
pub(super) fn words(error: &gix_error::Error) -> String {
    crate::text::one_line(&error.probable_cause().to_string()).into_owned()
}
