//! `ocstopo design`

use std::path::PathBuf;

use clap::Args;

use crate::cli::answers::Answers;
use crate::cli::exit::{Exit, Failure};
use crate::cli::interview;
use crate::design::design;
use crate::io::{Out, is_asked, write_new_topology};
use crate::report::count;

/// Write a first topology from a few answers: servers by the figures of `size`, addresses from ranges, names by a pattern
///
/// On a terminal it asks for what no flag answers, unless `--users` and `--domain` are given. What is not answered is proposed and
/// marked with `?=`: `check` lists these values, and `build` refuses until they are decided. The same answers give the same bytes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ocstopo design\n  \
    ocstopo design --users 12000 --domain litware.com --sites berlin,paris,oslo --external 10% -o topology\n  \
    ocstopo design --users 42000 --domain litware.com --availability yes --voice 4000 --public 131.107.8.0/24\n\n\
    Exit codes: 0 the topology is written, 2 an answer is wrong or missing, or the output failed.")]
pub(in crate::cli) struct Design {
    #[command(flatten)]
    answers: Answers,

    /// The folder for the file, which has no topology yet; without it the topology goes to standard output
    #[arg(long, short, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// The name of the file in the folder.
const FILE: &str = "topology.ocstopo";

impl Design {
    pub(in crate::cli) fn run(mut self, out: &mut Out) -> Result<Exit, Failure> {
        let missing: Vec<&str> = [("--users", self.answers.users.is_none()), ("--domain", self.answers.domain.is_none())]
            .into_iter()
            .filter_map(|(flag, missing)| missing.then_some(flag))
            .collect();
        self.answers.check()?;
        if !missing.is_empty() {
            if !is_asked() {
                return Err(format!(
                    "questions cannot be asked, because standard input is not a terminal: add {}",
                    missing.join(" and ")
                )
                .into());
            }
            interview::ask(&mut self.answers, out)?;
            self.answers.check()?;
        }
        let text = design(&self.answers.question())?;
        match &self.out {
            None => out.print(&text),
            Some(folder) => {
                write_new_topology(folder, FILE, &text)?;
                let open = count(open(&text), "value");
                out.note(&format!("{}: written; {open} to decide: `ocstopo check` lists them\n", folder.join(FILE).display()));
            }
        }
        Ok(Exit::Fine)
    }
}

/// How many values are only proposed.
pub(super) fn open(text: &str) -> usize {
    text.lines().filter(|line| !line.trim_start().starts_with('#')).map(|line| line.matches(" ?= ").count()).sum()
}
