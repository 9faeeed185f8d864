//! Files, streams, terminal and environment: the only rooms, with `cli`, that touch the machine.
//! Input: paths. Output: [`SourceMap`](crate::text::SourceMap)s, and artifacts on disk. Knows nothing of what the files mean.

mod compare;
mod editor;
mod environment;
mod folder;
mod manifest;
mod name;
mod out;
mod output;
mod progress;
mod read;
mod revision;
mod rewrite;
mod signals;
mod starter;
mod templates;
mod terminal;
mod upward;
mod walk;
mod watch;

pub use compare::{Comparer, Comparison, Scope, State};
pub use editor::{has_file, read_folder, texts_in};
pub use environment::{ColorChoice, Environment};
pub use out::{Canvas, Out};
pub use output::{Change, FolderReadGuard, OutputFolder};
pub use read::{
    MAX_FILE_SIZE, STDIN, beside, certificate_paths, file_paths, named_paths, read_bytes, read_readable, read_topology,
    read_zone_files,
};
pub use revision::{Side, SideFiles, read_side};
pub use rewrite::rewrite;
pub use signals::abort_with;
pub use starter::{write_new_folder, write_new_topology, write_pages};
pub use templates::read_templates;
pub use terminal::{is_asked, read_answer};
pub use upward::read_upward;
pub use watch::Watch;

/// Why a file could not be read or written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileError {
    /// The file or folder, as messages show it.
    pub name: String,
    /// What is wrong with it, and where there is one the way out.
    pub problem: String,
}

impl FileError {
    /// `problem` of the file `name`.
    pub fn new(name: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { name: name.into(), problem: problem.into() }
    }

    /// An error of the system about a path.
    pub fn system(path: &std::path::Path, action: &str, error: &std::io::Error) -> Self {
        Self::new(name::display_name(path), format!("{action}: {}", words(error)))
    }
}

impl std::fmt::Display for FileError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.name, self.problem)
    }
}

/// The system's words without the number that Rust adds.
fn words(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_lowercase()
}
