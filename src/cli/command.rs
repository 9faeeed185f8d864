//! The command line, as clap reads it. The commands and their arguments are in `cmd`.

use clap::Parser;

use super::choice::choice;
use super::cmd::Command;
use crate::io::ColorChoice;

/// Compiles a written description of an Office Communications Server 2007 deployment.
///
/// `.ocstopo` files describe a deployment: sites, networks, pools, edge servers, names. From them ocstopo derives what each team
/// needs: firewall rules, DNS zones, certificate requests and a runbook, each line with its reason.
#[derive(Debug, Parser)]
#[command(name = "ocstopo", version, arg_required_else_help = true, max_term_width = 100)]
#[command(after_help = "Examples:\n  ocstopo check examples/contoso\n  ocstopo build examples/contoso -o out\n\n\
    Exit codes: 0 success, 1 findings or differences, 2 wrong usage, an input or output error, or a question about a topology with errors.")]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,

    /// When to use colours; NO_COLOR, CLICOLOR_FORCE, FORCE_COLOR and CLICOLOR are respected too
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", display_order = 100)]
    #[arg(value_parser = choice(ColorChoice::ALL.map(|when| (when.word(), "", when))))]
    pub(super) color: ColorChoice,

    /// Omit summaries; print only results, findings and errors
    #[arg(long, short, global = true, display_order = 101)]
    pub(super) quiet: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        <Cli as clap::CommandFactory>::command().debug_assert();
    }
}
