//! `ocstopo flows`

use clap::{Args, ValueEnum};

use crate::cli::args::Input;
use crate::cli::exit::{Exit, Failure};
use crate::cli::load;
use crate::io::Out;
use crate::query::flows::flows;
use crate::report::answer;

/// List all traffic of a topology: source, destination, ports, firewalls and purpose
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  ocstopo flows examples/contoso\n  ocstopo flows examples/contoso --format csv > flows.csv\n\n\
    Exit codes: 0 the flows are listed, 2 the topology cannot be read, or has errors."
)]
pub(in crate::cli) struct Flows {
    #[command(flatten)]
    input: Input,

    /// The output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// A table fitted to the terminal, with fewer columns in a narrow one; groups of servers by their group's name
    #[value(alias = "table")]
    Human,
    /// A row for each flow and route, every party by its path
    Csv,
    /// For programs
    Json,
}

impl Flows {
    pub(in crate::cli) fn run(self, out: &mut Out) -> Result<Exit, Failure> {
        let topology = load::resolved(&self.input, out)?;
        let list = flows(topology.plans());
        match self.format {
            Format::Human => {
                let (drawn, summary) = answer::flows::human(&list, out.output_canvas().width);
                out.print(&drawn);
                out.note(&summary);
            }
            Format::Csv => out.print(&answer::flows::csv(&list)),
            Format::Json => out.print(&answer::json(&list)),
        }
        Ok(Exit::Fine)
    }
}
