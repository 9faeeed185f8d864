//! Plans to files: one template engine per output language, one emitter per form. An emitter sees its plan only.

mod artifact;
mod language;
mod template;

pub mod dns;
pub mod firewall;
pub mod pki;
pub mod runbook;

pub use artifact::{Artifact, Team};
pub use language::Language;
pub use template::{EmitError, Templates};

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
