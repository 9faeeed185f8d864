//! From the paths of a command to topologies: each folder is one, and files that are named together are one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::exit::Failure;
use crate::compile::has_organization;
use crate::io::{STDIN, file_paths, named_paths, read_readable, texts_in};

/// One topology.
#[derive(Debug)]
pub(super) struct Selected {
    /// The files and folders that are read.
    pub(super) paths: Vec<PathBuf>,
    /// The names of the files whose findings are wanted, if they are a part of the topology; the others are read for what they declare.
    pub(super) part: Option<BTreeSet<String>>,
}

impl Selected {
    /// The path that stands for all: of the settings, and of other versions.
    pub(super) fn path(&self) -> &Path {
        self.paths.first().map_or(Path::new("."), PathBuf::as_path)
    }

    /// Whether it is read from standard input.
    pub(super) fn is_stdin(&self) -> bool {
        self.path() == Path::new(STDIN)
    }
}

/// The topologies of paths. Files of a folder that is one topology are a part of it: alone they would lack what the others declare.
pub(super) fn selected(paths: &[PathBuf]) -> Result<Vec<Selected>, Failure> {
    if paths.len() > 1 && paths.iter().any(|path| path == Path::new(STDIN)) {
        return Err("standard input (-) cannot be read together with files".to_owned().into());
    }
    let (folders, files): (Vec<&PathBuf>, Vec<&PathBuf>) = paths.iter().partition(|path| path.is_dir());
    let mut topologies: Vec<Selected> =
        folders.into_iter().map(|folder| Selected { paths: vec![folder.clone()], part: None }).collect();
    if !files.is_empty() {
        let files: Vec<PathBuf> = files.into_iter().cloned().collect();
        topologies.push(match whole_of(&files)? {
            Some(root) => {
                let mut names = BTreeSet::new();
                for file in &files {
                    names.extend(named_paths(file)?.into_keys());
                }
                Selected { paths: vec![root], part: Some(names) }
            }
            None => Selected { paths: files, part: None },
        });
    }
    Ok(topologies)
}

/// How many folders above a file are looked at for its organization.
const ABOVE: usize = 8;

/// The folder of the topology that the files are a part of: the nearest one above them with an organization, if that is the only one in
/// it. A folder with several organizations has several topologies, and a file there may be one.
fn whole_of(files: &[PathBuf]) -> Result<Option<PathBuf>, Failure> {
    let Some(first) = files.first().filter(|file| file.is_file()) else { return Ok(None) };
    let folder = |path: &Path| if path.as_os_str().is_empty() { PathBuf::from(".") } else { path.to_owned() };
    let has_one = |folder: &PathBuf| texts_in(folder, "ocstopo").iter().any(|(_, text)| has_organization(text));
    let Some(root) = first.ancestors().skip(1).take(ABOVE).map(folder).find(has_one) else { return Ok(None) };
    let inside = |file: &PathBuf| root == Path::new(".") && file.is_relative() || file.starts_with(&root);
    let Ok(all) = file_paths(&root) else { return Ok(None) };
    if all.len() <= files.len() || !files.iter().all(inside) {
        return Ok(None);
    }
    let Ok((sources, _)) = read_readable(std::slice::from_ref(&root), "") else { return Ok(None) };
    let organizations = sources.files().filter(|(_, file)| has_organization(file.text())).count();
    Ok((organizations == 1).then_some(root))
}
