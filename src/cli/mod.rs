//! The command line: arguments in, exit code out. One file per command in `cmd`.
//! The only room that knows both the machine and the compiler.

mod answers;
mod args;
mod certificates;
mod choice;
mod cmd;
mod command;
mod exit;
mod figures;
mod interview;
mod load;
mod markdown;
mod panic;
mod renewal;
mod rules;
mod selection;
mod tips;
mod version;
mod versions;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches};

use crate::io::{ColorChoice, Environment, Out};
use crate::text::printable;
use command::Cli;
use exit::{Exit, Failure};

/// Runs the process's command.
pub fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    panic::guarded(&arguments, || run(&arguments)).into()
}

fn run(arguments: &[OsString]) -> Exit {
    let environment = Environment::of_process();
    let mut out = Out::of_process(&environment, ColorChoice::Auto, false);
    let command = Cli::command().term_width(out.output_canvas().width);
    let cli = match command.try_get_matches_from(arguments).and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) if error.kind() == ErrorKind::DisplayVersion => {
            out.print(&version::text());
            return finished(&mut out, Exit::Fine);
        }
        Err(error) => return print_usage_error(&mut out, &tips::with_tip(error)),
    };
    let mut out = Out::of_process(&environment, cli.color, cli.quiet);
    let exit = cli.command.run(&mut out, Cli::command).unwrap_or_else(|Failure { problems }| {
        for problem in problems {
            out.say(&format!("error: {}\n", printable(&problem)));
        }
        Exit::Failed
    });
    finished(&mut out, exit)
}

/// Help, the version, or what is wrong with the arguments.
fn print_usage_error(out: &mut Out, error: &clap::Error) -> Exit {
    let rendered = error.render();
    let text = |color: bool| visible(&if color { rendered.ansi().to_string() } else { rendered.to_string() });
    if error.use_stderr() {
        out.say(&text(out.message_canvas().color));
        finished(out, Exit::Failed)
    } else {
        out.print(&text(out.output_canvas().color));
        finished(out, Exit::Fine)
    }
}

/// clap takes escapes out of arguments; other unprintable characters are escaped here, and its own colours stay.
fn visible(text: &str) -> String {
    text.split_inclusive('\u{1b}')
        .map(|part| match part.strip_suffix('\u{1b}') {
            Some(part) => format!("{}\u{1b}", printable(part)),
            None => printable(part).into_owned(),
        })
        .collect()
}

fn finished(out: &mut Out, exit: Exit) -> Exit {
    match out.finish() {
        Ok(()) => exit,
        Err(error) => {
            out.say(&format!("error: cannot write to standard output: {error}\n"));
            let _ = out.finish();
            Exit::Failed
        }
    }
}
