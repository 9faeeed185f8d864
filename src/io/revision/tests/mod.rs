//! Repositories written object by object: what git would not make, and what needs no program.

mod names;
mod trees;

use std::fs;
use std::path::Path;

use gix_hash::ObjectId;
use gix_object::{Kind, Write};

use super::{Side, SideFiles, read_side};

const CONFIG: &str = "ocstopo.toml";

/// A repository with a working folder that holds nothing.
struct Made {
    folder: tempfile::TempDir,
    store: gix_odb::loose::Store,
    hash: gix_hash::Kind,
}

impl Made {
    fn new() -> Self {
        Self::with(gix_hash::Kind::Sha1, "[core]\n\trepositoryformatversion = 0\n")
    }

    fn with(hash: gix_hash::Kind, config: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let git = folder.path().join(".git");
        fs::create_dir_all(git.join("objects")).unwrap();
        fs::create_dir_all(git.join("refs/heads")).unwrap();
        fs::create_dir_all(git.join("refs/tags")).unwrap();
        fs::write(git.join("HEAD"), "ref: refs/heads/main\n").unwrap();
        fs::write(git.join("config"), config).unwrap();
        let store = gix_odb::loose::Store::at(git.join("objects"), hash);
        Self { folder, store, hash }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn object(&self, kind: Kind, bytes: &[u8]) -> ObjectId {
        self.store.write_buf(kind, bytes).unwrap()
    }

    fn blob(&self, text: &[u8]) -> ObjectId {
        self.object(Kind::Blob, text)
    }

    fn tree(&self, entries: &[(&str, &[u8], ObjectId)]) -> ObjectId {
        let mut bytes = Vec::new();
        for (mode, name, id) in entries {
            bytes.extend_from_slice(mode.as_bytes());
            bytes.push(b' ');
            bytes.extend_from_slice(name);
            bytes.push(0);
            bytes.extend_from_slice(id.as_slice());
        }
        self.object(Kind::Tree, &bytes)
    }

    fn commit(&self, tree: ObjectId, parents: &[ObjectId], time: u32) -> ObjectId {
        let parents: String = parents.iter().map(|parent| format!("parent {parent}\n")).collect();
        let by = format!("A <a@b> {time} +0000");
        self.object(Kind::Commit, format!("tree {tree}\n{parents}author {by}\ncommitter {by}\n\nmessage\n").as_bytes())
    }

    fn name(&self, name: &str, id: ObjectId) {
        let path = self.path().join(".git").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, format!("{id}\n")).unwrap();
    }

    /// A branch `main` with one commit of `entries`.
    fn main(&self, entries: &[(&str, &[u8], ObjectId)]) -> ObjectId {
        let commit = self.commit(self.tree(entries), &[], 1);
        self.name("refs/heads/main", commit);
        commit
    }

    fn side(&self, argument: &str) -> Result<Side, String> {
        Side::parse(argument, self.path()).map_err(|error| self.without_folder(&error.to_string()))
    }

    fn read(&self, argument: &str) -> Result<SideFiles, String> {
        let side = self.side(argument)?;
        read_side(&side, "stdin", CONFIG)
            .map_err(|errors| self.without_folder(&errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))
    }

    /// Names and texts, one file a line.
    fn shown(&self, argument: &str) -> String {
        match self.read(argument) {
            Ok(SideFiles { files, config }) => {
                let all = files.files().chain(config.iter().flat_map(|config| config.files()));
                let lines = all.map(|(_, file)| format!("{}: {:?}", self.without_folder(file.name()), file.text()));
                lines.collect::<Vec<_>>().join("\n")
            }
            Err(problem) => problem,
        }
    }

    fn without_folder(&self, text: &str) -> String {
        text.replace(&self.path().display().to_string(), "[repository]")
    }
}

const FILE: &str = "100644";
const LINK: &str = "120000";
const FOLDER: &str = "40000";
const SUBMODULE: &str = "160000";
