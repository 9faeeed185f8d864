//! Plans to files: one template engine per output language, one emitter per form. An emitter sees its plan only.

mod language;
mod names;
mod operations;
mod template;
mod width;

pub mod balancer;
pub mod bill;
pub mod compliance;
pub mod diagram;
pub mod dns;
pub mod federation;
pub mod files;
pub mod firewall;
pub mod manifest;
pub mod page;
pub mod pki;
pub mod publishing;
pub mod readme;
pub mod runbook;
pub mod sizing;
pub mod voice;

pub use crate::artifact::{Artifact, BYTE_ORDER_MARK, Sink, Team};
pub use language::Language;
pub use template::{EmitError, Templates};

use crate::text::csv;

/// All output languages, by name: those of the dialects, each declared in its dialect's file, and the shared ones.
pub fn languages() -> Vec<&'static Language> {
    let mut all: Vec<&Language> = firewall::languages().chain(balancer::languages()).chain(language::SHARED).collect();
    all.sort_unstable_by_key(|language| language.word());
    all.dedup_by_key(|language| language.word());
    all
}

/// The note at the top of every artifact of a sample topology.
pub const SAMPLE: &str = "SAMPLE: names and addresses of an example; not for use";

/// The program and its version, for the pages that name it.
pub const TOOL: &str = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));

/// Why the files of a build end before the last one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Halt {
    /// A template cannot be rendered.
    Template(EmitError),
    /// Their receiver wants no more.
    Stopped,
}

impl From<EmitError> for Halt {
    fn from(error: EmitError) -> Self {
        Halt::Template(error)
    }
}

/// Gives a file to the receiver.
pub fn put(sink: &dyn Sink, artifact: Artifact) -> Result<(), Halt> {
    if sink.take(artifact).is_break() { Err(Halt::Stopped) } else { Ok(()) }
}

/// Gives files to the receiver.
pub fn put_all(sink: &dyn Sink, artifacts: Vec<Artifact>) -> Result<(), Halt> {
    artifacts.into_iter().try_for_each(|artifact| put(sink, artifact))
}

/// What all emitters share.
#[derive(Debug)]
pub struct EmitContext<'a> {
    /// The templates, with the user's overrides.
    pub templates: &'a Templates,
    /// Whether the topology is a sample: every artifact says so at its top.
    pub sample: bool,
    /// The organization's name, for headings.
    pub organization: &'a str,
}

impl EmitContext<'_> {
    /// [`SAMPLE`] where the topology is one.
    pub fn note(&self) -> Option<&'static str> {
        self.sample.then_some(SAMPLE)
    }
}
