//! `ocstopo completions`

use clap::Args;
use clap_complete::Shell;

use crate::cli::exit::{Exit, Failure};
use crate::io::Out;

/// Print a script that completes commands, options and their values in a shell
///
/// The script and the program belong together: print it anew after an update, or let the shell do so when it starts.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ocstopo completions bash > ~/.local/share/bash-completion/completions/ocstopo\n  \
    ocstopo completions zsh > ~/.zfunc/_ocstopo\n  ocstopo completions fish > ~/.config/fish/completions/ocstopo.fish\n  \
    ocstopo completions powershell | Out-String | Invoke-Expression")]
pub(in crate::cli) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(in crate::cli) fn run(self, out: &mut Out, mut program: clap::Command) -> Result<Exit, Failure> {
        let name = program.get_name().to_owned();
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut program, name, &mut script);
        out.print_raw(&String::from_utf8_lossy(&script));
        Ok(Exit::Fine)
    }
}
