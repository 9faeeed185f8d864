//! What the commands share that hold something against a topology: how their findings are written, and the end where the topology has
//! errors.

use clap::ValueEnum;

use super::exit::Exit;
use super::load;
use crate::diag::{self, Diag};
use crate::io::Out;
use crate::report::{self, RuleInfo, Tally};
use crate::text::SourceMap;

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// With the lines around each finding, and the declaration that calls for something else
    Human,
    /// A line for each finding: file:line:col: error[CODE]: message
    Short,
    /// For programs
    Json,
    /// SARIF 2.1.0, for code scanning services
    Sarif,
}

impl Format {
    /// Writes findings to standard output; `rules` tells of all that could have been found.
    pub(super) fn write(self, out: &mut Out, sources: &SourceMap, diags: &[Diag], rules: impl FnOnce() -> Vec<RuleInfo>) {
        let mut diags = diags.to_vec();
        diag::bound(&mut diags);
        let diags = diags.as_slice();
        out.print(&match self {
            Format::Human => report::human(sources, diags, load::style(out.output_canvas())),
            Format::Short => report::short(sources, diags),
            Format::Json => report::json(sources, diags),
            Format::Sarif => report::sarif(sources, diags, &rules(), env!("CARGO_PKG_VERSION")),
        });
    }
}

/// The end where the topology has errors: what it calls for is not what its owner wants.
pub(super) fn nothing(out: &mut Out, tally: &Tally) -> Exit {
    out.say(&format!("nothing is compared: {tally} in the topology\n"));
    Exit::Failed
}
