//! `ocstopo trace`

use clap::Args;

use crate::cli::args::{AnswerFormat, Input};
use crate::cli::exit::{Exit, Failure};
use crate::cli::load;
use crate::io::Out;
use crate::query::trace::trace;
use crate::report::answer;

/// Follow the connections from one place to another, hop by hop, with the firewall rules that allow them
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ocstopo trace redmond.clients redmond.pool01 examples/contoso\n  \
    ocstopo trace internet 131.107.155.10 examples/contoso\n\n\
    Exit codes: 0 the question is answered, even if there is no flow, 2 a name is unknown, or the topology cannot be read or has errors.")]
pub(in crate::cli) struct Trace {
    /// The source: a site, network, group or server by its path, `internet`, or an address
    from: String,

    /// The destination, in the same form
    to: String,

    #[command(flatten)]
    input: Input,

    /// The output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: AnswerFormat,
}

impl Trace {
    pub(in crate::cli) fn run(self, out: &mut Out) -> Result<Exit, Failure> {
        let topology = load::resolved(&self.input, out)?;
        let found = trace(topology.plans(), &self.from, &self.to)?;
        match self.format {
            AnswerFormat::Human => {
                out.print(&answer::trace::human(&found, out.output_canvas().width));
                if let Some(summary) = answer::trace::summary(&found) {
                    out.note(&summary);
                }
            }
            AnswerFormat::Json => out.print(&answer::json(&found)),
        }
        Ok(Exit::Fine)
    }
}
