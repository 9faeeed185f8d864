//! One file for each command: its arguments, its help and what it does. The list below is the only one of them.

mod build;
mod catalog;
mod cert;
mod check;
mod completions;
mod design;
mod dial;
mod diff;
mod dns;
mod explain;
mod fail;
mod flows;
mod fmt;
mod graph;
mod lsp;
mod man;
mod new;
mod schema;
mod signin;
mod size;
mod trace;
mod what_if;
mod why;

use clap::Subcommand;

use super::exit::{Exit, Failure};
use crate::io::Out;

/// Declares the commands, in the order of the help: what clap reads, and what runs. Those with `(program)` are about the command line
/// itself and get it.
macro_rules! commands {
    ($($module:ident::$command:ident $(($program:ident))?),* $(,)?) => {
        /// The commands.
        #[derive(Debug, Subcommand)]
        pub(super) enum Command {
            $($command($module::$command),)*
        }

        impl Command {
            /// Does what is asked; `program` is the whole command line.
            pub(super) fn run(self, out: &mut Out, program: fn() -> clap::Command) -> Result<Exit, Failure> {
                match self {
                    $(Self::$command(command) => command.run(out $(, {
                        let $program = program;
                        $program()
                    })?),)*
                }
            }
        }
    };
}

commands! {
    new::New,
    design::Design,
    check::Check,
    build::Build,
    diff::Diff,
    what_if::WhatIf,
    fmt::Fmt,
    explain::Explain,
    catalog::Catalog,
    flows::Flows,
    trace::Trace,
    graph::Graph,
    size::Size,
    why::Why,
    signin::Signin,
    dial::Dial,
    fail::Fail,
    cert::Cert,
    dns::Dns,
    schema::Schema,
    lsp::Lsp,
    completions::Completions(program),
    man::Man(program),
}
