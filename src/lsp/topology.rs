//! One topology of the workspace: its files on disk, those of them that are open, and what was found in them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::document::Document;
use crate::compile::{CompileOptions, Memo};
use crate::config::{self, Levels};
use crate::diag::Diag;
use crate::ide::Snapshot;
use crate::io::{read_folder, read_upward};
use crate::text::{FileId, SourceMap};

/// A topology.
#[derive(Debug)]
pub(super) struct Topology {
    /// Its folder, or its only file.
    pub(super) root: PathBuf,
    /// The texts on disk, by path; a file that cannot be read has the reason.
    disk: BTreeMap<PathBuf, Result<String, String>>,
    levels: Levels,
    /// The `ocstopo.toml` that holds here, where it has mistakes: then the usual levels hold.
    settings: Option<(SourceMap, Vec<Diag>)>,
    snapshot: Option<Snapshot>,
    memo: Memo,
    /// The paths of the files of the snapshot, in its order.
    paths: Vec<PathBuf>,
    /// Whether its files belong to another topology now.
    ended: bool,
    /// Whether the findings that the editor has are those of the snapshot.
    pub(super) published: bool,
    /// The files that the editor has findings of.
    pub(super) marked: BTreeSet<PathBuf>,
}

impl Topology {
    /// Reads a folder, or a file outside all folders of the workspace.
    pub(super) fn new(root: PathBuf) -> Self {
        let mut topology = Self {
            root,
            disk: BTreeMap::new(),
            levels: Levels::default(),
            settings: None,
            snapshot: None,
            memo: Memo::default(),
            paths: Vec::new(),
            ended: false,
            published: false,
            marked: BTreeSet::new(),
        };
        topology.read();
        topology
    }

    /// Reads the files on disk anew.
    pub(super) fn read(&mut self) {
        self.disk = read_folder(&self.root);
        (self.levels, self.settings) = (Levels::default(), None);
        match read_upward(&self.root, config::FILE_NAME) {
            Ok(Some(file)) => match config::read(&file) {
                Ok(config) => self.levels = config.levels,
                Err(diags) => self.settings = Some((file, diags)),
            },
            Ok(None) => {}
            Err(error) => {
                self.disk.insert(PathBuf::from(error.name), Err(error.problem));
            }
        }
        self.touch();
    }

    /// Its texts are no longer those of the snapshot.
    pub(super) fn touch(&mut self) {
        self.snapshot = None;
        self.published = false;
    }

    /// Whether its files belong to another topology now.
    pub(super) fn ended(&self) -> bool {
        self.ended
    }

    /// Says whether its files belong to another topology now.
    pub(super) fn set_ended(&mut self, ended: bool) {
        if self.ended != ended {
            self.ended = ended;
            self.touch();
        }
    }

    /// Whether it has files, open or on disk.
    pub(super) fn is_empty(&self, open: &BTreeMap<PathBuf, Document>) -> bool {
        self.disk.is_empty() && !open.keys().any(|path| self.holds(path))
    }

    /// Whether a file is one of it.
    pub(super) fn holds(&self, path: &Path) -> bool {
        path == self.root || path.starts_with(&self.root)
    }

    /// The files that cannot be read and are not open, with the reasons.
    pub(super) fn unread<'a>(&'a self, open: &'a BTreeMap<PathBuf, Document>) -> impl Iterator<Item = (&'a PathBuf, &'a str)> {
        let reason = |(path, text): (&'a PathBuf, &'a Result<String, String>)| Some((path, text.as_ref().err()?.as_str()));
        self.disk.iter().filter_map(reason).filter(|(path, _)| !open.contains_key(*path))
    }

    /// The settings with their mistakes, where they have some.
    pub(super) fn settings(&self) -> Option<(&SourceMap, &[Diag])> {
        self.settings.as_ref().map(|(file, diags)| (file, diags.as_slice()))
    }

    /// Finds what is in the texts as they are now.
    pub(super) fn make(&mut self, open: &BTreeMap<PathBuf, Document>, options: &CompileOptions) {
        if self.snapshot.is_none() {
            let mut texts: BTreeMap<&Path, &str> = BTreeMap::new();
            texts.extend(self.disk.iter().filter_map(|(path, text)| Some((path.as_path(), text.as_deref().ok()?))));
            texts.extend(open.iter().filter(|(path, _)| self.holds(path)).map(|(path, own)| (path.as_path(), own.text.as_str())));
            let mut files: Vec<(String, String, PathBuf)> =
                texts.into_iter().map(|(path, text)| (self.name(path), text.to_owned(), path.to_owned())).collect();
            files.sort();
            self.paths = files.iter().map(|(.., path)| path.clone()).collect();
            let sources = SourceMap::new(files.into_iter().map(|(name, text, _)| (name, text)).collect());
            let mut snapshot = Snapshot::again(sources, options, &mut self.memo);
            snapshot.compiled.regrade(|diags| self.levels.apply(diags));
            self.snapshot = Some(snapshot);
        }
    }

    /// The snapshot, if there is one of the texts as they are now, and the paths of its files in the order of their numbers.
    pub(super) fn made(&self) -> Option<(&Snapshot, &[PathBuf])> {
        Some((self.snapshot.as_ref()?, &self.paths))
    }

    /// The number of a file in the snapshot.
    pub(super) fn file(&self, path: &Path) -> Option<FileId> {
        let at = self.paths.iter().position(|own| own == path)?;
        Some(FileId(at as u32))
    }

    /// What messages call a file.
    fn name(&self, path: &Path) -> String {
        let within = path.strip_prefix(&self.root).ok().filter(|within| !within.as_os_str().is_empty());
        let short = || Path::new(path.file_name().unwrap_or(path.as_os_str()));
        within.unwrap_or_else(short).to_string_lossy().replace('\\', "/")
    }
}
