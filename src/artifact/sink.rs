//! Where the files of a build go while it makes them.

use std::ops::ControlFlow;
use std::sync::{Mutex, PoisonError};

use super::Artifact;

/// Takes the files of a build one by one, in any order and from several threads, so that a build never has all of them in memory.
pub trait Sink: Sync {
    /// Takes a file. After `Break` no more is wanted: the build ends.
    fn take(&self, artifact: Artifact) -> ControlFlow<()>;
}

/// Keeps all files in memory, in the order in which they came.
#[derive(Debug, Default)]
pub struct Kept(Mutex<Vec<Artifact>>);

impl Kept {
    /// The files.
    pub fn into_artifacts(self) -> Vec<Artifact> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for Kept {
    fn take(&self, artifact: Artifact) -> ControlFlow<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(artifact);
        ControlFlow::Continue(())
    }
}
