//! From a path to a compiled topology, with its findings told.

use super::args::Input;
use super::exit::Failure;
use crate::compile::{CompileOptions, Compiled, compile};
use crate::config::{self, Config};
use crate::diag::{Diag, Severity};
use crate::io::{Canvas, Out, read_topology, read_upward};
use crate::report::{self, Style, Tally};
use crate::text::SourceMap;

/// Reads the files of a topology.
pub(super) fn sources(input: &Input) -> Result<SourceMap, Failure> {
    Ok(read_topology(&input.path, &input.stdin_filename)?)
}

/// What the `ocstopo.toml` at or above a topology says. What is wrong with it goes to standard error, and nothing is done.
pub(super) fn config(input: &Input, out: &mut Out) -> Result<Config, Failure> {
    let Some(sources) = read_upward(&input.path, config::FILE_NAME)? else { return Ok(Config::default()) };
    config::read(&sources).map_err(|diags| {
        out.say(&report::human(&sources, &diags, style(out.message_canvas())));
        Failure { problems: Vec::new() }
    })
}

/// Reads and compiles a topology for a command whose result is not its findings: errors go to standard error.
pub(super) fn compiled(input: &Input, options: &CompileOptions, out: &mut Out) -> Result<(Compiled, Tally), Failure> {
    let config = config(input, out)?;
    let mut compiled = compile(sources(input)?, options);
    compiled.regrade(|diags| config.levels.apply(diags));
    let tally = Tally::of(&compiled.diags);
    if tally.errors > 0 {
        let errors: Vec<Diag> = compiled.diags.iter().filter(|diag| diag.severity == Severity::Error).cloned().collect();
        out.say(&report::human(&compiled.sources, &errors, style(out.message_canvas())));
    }
    Ok((compiled, tally))
}

/// How a report is drawn on a stream.
pub(super) fn style(canvas: Canvas) -> Style {
    Style { color: canvas.color, width: canvas.width }
}
