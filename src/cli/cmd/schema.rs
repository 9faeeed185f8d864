//! `ocstopo schema`

use clap::{Args, ValueEnum};

use crate::cli::exit::{Exit, Failure};
use crate::io::Out;
use crate::schema;

/// Print the vocabulary: every block and attribute with its type, unit, default and meaning
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ocstopo schema --format markdown > language.md\n  ocstopo schema --format json")]
pub(in crate::cli) struct Schema {
    /// The output format
    #[arg(long, value_name = "FORMAT", default_value = "markdown")]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// The language reference
    Markdown,
    /// For programs
    Json,
}

impl Schema {
    pub(in crate::cli) fn run(self, out: &mut Out) -> Result<Exit, Failure> {
        let text = match self.format {
            Format::Markdown => schema::markdown(),
            Format::Json => schema::json(),
        };
        out.print(&text);
        if !text.ends_with('\n') {
            out.print("\n");
        }
        Ok(Exit::Fine)
    }
}
