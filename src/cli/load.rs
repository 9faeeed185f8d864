//! From a path to a compiled topology, with its findings told.

use super::args::Input;
use super::exit::Failure;
use crate::compile::{CompileOptions, Compiled, compile};
use crate::diag::{Diag, Severity};
use crate::io::{Canvas, Out, read_topology};
use crate::report::{self, Style, Tally};
use crate::text::SourceMap;

/// Reads the files of a topology.
pub(super) fn sources(input: &Input) -> Result<SourceMap, Failure> {
    Ok(read_topology(&input.path, &input.stdin_filename)?)
}

/// Reads and compiles a topology for a command whose result is not its findings: errors go to standard error.
pub(super) fn compiled(input: &Input, options: &CompileOptions, out: &mut Out) -> Result<(Compiled, Tally), Failure> {
    let compiled = compile(sources(input)?, options);
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
