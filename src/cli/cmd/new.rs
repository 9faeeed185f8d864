//! `ocstopo new`

use std::path::PathBuf;

use clap::Args;

use super::design::open;
use crate::cli::answers::Answers;
use crate::cli::exit::{Exit, Failure};
use crate::design::starter;
use crate::io::{Out, write_new_folder};
use crate::report::count;
use crate::text::printable;

/// Write a starter repository: a first topology, settings, files for CI and a README
///
/// The topology is that of `ocstopo design` with the same flags. What no flag answers is proposed and marked with `?=`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  ocstopo new litware\n  ocstopo new litware --name Litware --domain litware.com --users 900 --external 10%\n\n\
    Exit codes: 0 the repository is written, 2 the folder is not empty, an answer is wrong, or the output failed."
)]
pub(in crate::cli) struct New {
    /// A folder that does not exist or is empty
    #[arg(value_name = "DIR")]
    folder: PathBuf,

    #[command(flatten)]
    answers: Answers,
}

impl New {
    pub(in crate::cli) fn run(self, out: &mut Out) -> Result<Exit, Failure> {
        self.answers.check()?;
        let files = starter(&self.answers.question())?;
        let pairs: Vec<(&str, &str)> = files.iter().map(|file| (file.path, file.content.as_str())).collect();
        write_new_folder(&self.folder, &pairs)?;
        let values = count(
            files.iter().filter(|file| file.path.ends_with(".ocstopo")).map(|file| open(&file.content)).sum::<usize>(),
            "value",
        );
        let folder = self.folder.display().to_string();
        out.note(&format!(
            "{}: {} written; {values} to decide: `ocstopo check` lists them\n",
            printable(&folder),
            count(files.len(), "file")
        ));
        Ok(Exit::Fine)
    }
}
