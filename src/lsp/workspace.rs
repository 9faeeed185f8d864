//! The folders of the editor, the topologies in them, and the files that are open.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::document::Document;
use super::topology::Topology;
use crate::compile::{CompileOptions, has_organization};
use crate::config;
use crate::io::{has_file, texts_in};

/// Everything that the server knows.
#[derive(Debug, Default)]
pub(super) struct Workspace {
    folders: Vec<PathBuf>,
    /// The files that are open.
    pub(super) open: BTreeMap<PathBuf, Document>,
    topologies: Vec<Topology>,
    options: CompileOptions,
}

/// The extension of topologies.
const EXTENSION: &str = "ocstopo";

impl Workspace {
    pub(super) fn new(folders: Vec<PathBuf>) -> Self {
        Self { folders, ..Self::default() }
    }

    /// How topologies are checked.
    pub(super) fn options(&self) -> CompileOptions {
        self.options
    }

    /// Adds and removes folders of the editor.
    pub(super) fn change_folders(&mut self, added: Vec<PathBuf>, removed: &[PathBuf]) {
        self.folders.retain(|folder| !removed.contains(folder));
        self.folders.extend(added);
        self.place_all();
    }

    /// A file was opened.
    pub(super) fn open(&mut self, path: PathBuf, document: Document) {
        self.open.insert(path.clone(), document);
        self.place_all();
        self.edited(&path);
    }

    /// A file was closed: its text on disk counts.
    pub(super) fn close(&mut self, path: &Path) {
        self.open.remove(path);
        self.files_changed([path]);
    }

    /// Files were written, made, renamed or removed.
    pub(super) fn files_changed<'p>(&mut self, paths: impl IntoIterator<Item = &'p Path>) {
        for path in paths {
            let settings = path.file_name().is_some_and(|name| name == config::FILE_NAME);
            let folder = path.parent().unwrap_or(path);
            for topology in &mut self.topologies {
                if topology.holds(path) || settings && topology.root.starts_with(folder) {
                    topology.read();
                }
            }
        }
        self.place_all();
    }

    /// The text of an open file has changed.
    pub(super) fn edited(&mut self, path: &Path) {
        self.topologies.iter_mut().filter(|topology| topology.holds(path)).for_each(Topology::touch);
    }

    /// Finds the topologies of all open files anew. One that is no longer theirs ends, and its findings go away.
    fn place_all(&mut self) {
        let roots: BTreeSet<PathBuf> = self.open.keys().map(|path| self.root_of(path)).collect();
        for topology in &mut self.topologies {
            topology.set_ended(!self.open.is_empty() && !roots.contains(&topology.root));
        }
        let unknown = roots.into_iter().filter(|root| !self.topologies.iter().any(|topology| topology.root == *root));
        let new: Vec<Topology> = unknown.map(Topology::new).collect();
        self.topologies.extend(new);
    }

    /// The folder of the topology of a file: the nearest one around it, within the folder of the editor, that has a file with an
    /// organization; else the nearest one with settings; else the folder of the editor. A file outside of that is alone.
    fn root_of(&self, path: &Path) -> PathBuf {
        let around = self.folders.iter().filter(|folder| path.starts_with(folder));
        let Some(limit) = around.max_by_key(|folder| folder.components().count()) else {
            return self.with_organization(path, None).unwrap_or_else(|| path.to_owned());
        };
        let settings = || self.above(path, Some(limit)).find(|folder| has_file(folder, config::FILE_NAME)).map(Path::to_owned);
        self.with_organization(path, Some(limit)).or_else(settings).unwrap_or_else(|| limit.clone())
    }

    /// The folders around a file, the nearest first; without a limit only its own.
    fn above<'p>(&self, path: &'p Path, limit: Option<&'p Path>) -> impl Iterator<Item = &'p Path> + use<'p> {
        let own = path.parent();
        path.ancestors().skip(1).take_while(move |folder| limit.map_or(Some(*folder) == own, |limit| folder.starts_with(limit)))
    }

    fn with_organization(&self, path: &Path, limit: Option<&PathBuf>) -> Option<PathBuf> {
        let has = |folder: &&Path| {
            let open = self.open.iter().filter(|(own, _)| own.parent() == Some(*folder) && is_topology(own));
            let on_disk = texts_in(folder, EXTENSION).into_iter().filter(|(own, _)| !self.open.contains_key(own));
            open.map(|(_, document)| document.text.clone())
                .chain(on_disk.map(|(_, text)| text))
                .any(|text| has_organization(&text))
        };
        self.above(path, limit.map(PathBuf::as_path)).find(has).map(Path::to_owned)
    }

    /// Forgets topologies that have ended or have no files, whose findings are taken away.
    pub(super) fn forget_ended(&mut self) {
        let open = &self.open;
        self.topologies.retain(|topology| !topology.ended() && !topology.is_empty(open));
    }

    /// The topology of an open file, with its number there.
    pub(super) fn topology_of(&mut self, path: &Path) -> Option<(&mut Topology, &BTreeMap<PathBuf, Document>)> {
        let holds = |topology: &&mut Topology| topology.holds(path) && !topology.ended();
        let innermost = self.topologies.iter_mut().filter(holds).max_by_key(|topology| topology.root.components().count())?;
        Some((innermost, &self.open))
    }

    /// All topologies, with the files that are open.
    pub(super) fn topologies(&mut self) -> (&mut Vec<Topology>, &BTreeMap<PathBuf, Document>) {
        (&mut self.topologies, &self.open)
    }
}

fn is_topology(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == EXTENSION)
}
