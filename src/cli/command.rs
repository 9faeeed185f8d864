//! The commands, as clap reads them. The arguments of each are in its file in `cmd`.

use clap::{Parser, Subcommand};

use super::choice::choice;
use super::cmd;
use crate::io::ColorChoice;

/// Compiles a written description of an Office Communications Server 2007 deployment.
///
/// `.ocstopo` files say what is deployed: sites, networks, pools, edges, names. From them ocstopo derives what each team
/// needs: firewall rules, DNS zones, certificate requests and a runbook, every line with its reason.
#[derive(Debug, Parser)]
#[command(name = "ocstopo", version, arg_required_else_help = true, max_term_width = 100)]
#[command(after_help = "Examples:\n  ocstopo check examples/contoso\n  ocstopo build examples/contoso -o out\n\n\
    Exit codes: 0 fine, 1 findings or differences, 2 usage, input or output failed, or an answer is asked of a \
    topology with errors.")]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,

    /// When to use colours; NO_COLOR, CLICOLOR_FORCE, FORCE_COLOR and CLICOLOR count too
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", display_order = 100)]
    #[arg(value_parser = choice(ColorChoice::ALL.map(|when| (when.word(), "", when))))]
    pub(super) color: ColorChoice,

    /// Leave out summaries: only results, findings and errors
    #[arg(long, short, global = true, display_order = 101)]
    pub(super) quiet: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Check(cmd::check::Check),
    Build(cmd::build::Build),
    Fmt(cmd::fmt::Fmt),
    Explain(cmd::explain::Explain),
    Catalog(cmd::catalog::Catalog),
    Flows(cmd::flows::Flows),
    Trace(cmd::trace::Trace),
    Why(cmd::why::Why),
    Cert(cmd::cert::Cert),
    Dns(cmd::dns::Dns),
    Schema(cmd::schema::Schema),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        <Cli as clap::CommandFactory>::command().debug_assert();
    }
}
