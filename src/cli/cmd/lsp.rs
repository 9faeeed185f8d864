//! `ocstopo lsp`

use clap::Args;
use lsp_server::Connection;

use crate::cli::exit::{Exit, Failure};
use crate::io::Out;
use crate::lsp::{LspError, serve};

/// Serve an editor over standard input and output
///
/// Speaks the Language Server Protocol: findings while you type, completion, hover, definitions, references, renaming, formatting,
/// corrections. Editors start it; docs/editors.md says how. It uses no network and writes no file.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ocstopo lsp")]
pub(in crate::cli) struct Lsp {
    /// Accepted because many editors pass it; there is no other way
    #[arg(long, hide = true)]
    stdio: bool,
}

impl Lsp {
    pub(in crate::cli) fn run(self, _: &mut Out) -> Result<Exit, Failure> {
        let (connection, threads) = Connection::stdio();
        serve(connection, env!("CARGO_PKG_VERSION"))
            .map_err(|LspError(why)| Failure::from(format!("the editor's messages ended: {why}")))?;
        threads.join().map_err(|error| Failure::from(format!("the editor's messages ended: {error}")))?;
        Ok(Exit::Fine)
    }
}
