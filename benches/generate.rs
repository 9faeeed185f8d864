//! Writes a generated topology: `cargo run --release --example generate -- 1000 /tmp/sites1000`.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a tool of its own: it has arguments, writes files and speaks to the terminal"
)]

mod generator;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [sites, folder] = arguments.as_slice() else { return usage() };
    let Ok(sites) = sites.parse::<usize>() else { return usage() };
    if !(1..=10_000).contains(&sites) {
        return usage();
    }
    match write(sites, Path::new(folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{folder}: {error}");
            ExitCode::from(2)
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("usage: generate SITES FOLDER, with 1 to 10,000 sites");
    ExitCode::from(2)
}

fn write(sites: usize, folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for (name, text) in generator::files(sites) {
        std::fs::write(folder.join(name), text)?;
    }
    Ok(())
}
