//! `ocstopo man`

use std::path::PathBuf;

use clap::Args;

use crate::cli::exit::{Exit, Failure};
use crate::io::{FileError, Out, write_pages};
use crate::report::count;

/// Print a manual page, or write all of them
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  ocstopo man | man -l -\n  ocstopo man check | man -l -\n  ocstopo man -o ~/.local/share/man/man1"
)]
pub(in crate::cli) struct Man {
    /// The command whose page is printed, such as `check` or `catalog show`; without it that of ocstopo
    #[arg(value_name = "COMMAND", conflicts_with = "out")]
    command: Vec<String>,

    /// Write the pages of all commands into this folder
    #[arg(long, short, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Man {
    pub(in crate::cli) fn run(self, out: &mut Out, mut program: clap::Command) -> Result<Exit, Failure> {
        program.build();
        let pages = pages(&program)?;
        match &self.out {
            Some(folder) => {
                let files: Vec<(&str, &str)> = pages.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
                write_pages(folder, &files)?;
                out.note(&format!("{}: {} written\n", folder.display(), count(files.len(), "page")));
            }
            None => {
                let name = format!("{}.1", [&[program.get_name().to_owned()], self.command.as_slice()].concat().join("-"));
                let page = pages.iter().find(|(own, _)| *own == name).ok_or_else(|| unknown(&self.command, &program))?;
                out.print_raw(&page.1);
            }
        }
        Ok(Exit::Fine)
    }
}

fn unknown(command: &[String], program: &clap::Command) -> String {
    let names: Vec<&str> = program.get_subcommands().map(clap::Command::get_name).collect();
    format!("there is no command `{}`: the commands are {}", command.join(" "), names.join(", "))
}

/// The pages of a command and of those below it, each with the name of its file.
fn pages(command: &clap::Command) -> Result<Vec<(String, String)>, FileError> {
    let name = command.get_display_name().unwrap_or(command.get_name());
    let mut page = Vec::new();
    let source = concat!("ocstopo ", env!("CARGO_PKG_VERSION"));
    let made = clap_mangen::Man::new(command.clone()).source(source).manual("ocstopo").render(&mut page);
    let file = format!("{name}.1");
    made.map_err(|error| FileError::new(file.clone(), error.to_string()))?;
    let mut pages = vec![(file, String::from_utf8_lossy(&page).into_owned())];
    for below in command.get_subcommands().filter(|below| !below.is_hide_set() && below.get_name() != "help") {
        pages.extend(self::pages(below)?);
    }
    Ok(pages)
}
