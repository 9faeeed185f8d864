//! From a path to a compiled topology and the report of its findings.

use std::path::Path;

use super::args::Input;
use super::exit::Failure;
use super::rules;
use crate::compile::{CompileOptions, Compiled, compile};
use crate::config::{self, Config};
use crate::diag::{Diag, Family, Severity};
use crate::io::{Canvas, Out, Side, SideFiles, beside, read_side, read_topology, read_upward};
use crate::plan::{Plans, Resolved};
use crate::report::{self, Findings, Format, Style, Tally, count};
use crate::text::{SourceMap, printable};

/// Reads the files of a topology.
pub(super) fn sources(input: &Input) -> Result<SourceMap, Failure> {
    Ok(read_topology(&input.path, &input.stdin_filename)?)
}

/// What the `ocstopo.toml` at or above a topology says. Errors in it go to standard error and end the command.
pub(super) fn config(input: &Input, out: &mut Out) -> Result<Config, Failure> {
    config_at(&input.path, out)
}

/// What the `ocstopo.toml` at or above a path says.
pub(super) fn config_at(path: &Path, out: &mut Out) -> Result<Config, Failure> {
    config_of(read_upward(path, config::FILE_NAME)?.as_ref(), out)
}

/// What an `ocstopo.toml` says, or the levels that hold without one.
pub(super) fn config_of(file: Option<&SourceMap>, out: &mut Out) -> Result<Config, Failure> {
    let Some(sources) = file else { return Ok(Config::default()) };
    config::read(sources).map_err(|diags| {
        out.say(&report::human(sources, &diags, style(out.message_canvas())));
        Failure { problems: Vec::new() }
    })
}

/// Says what is being done while files are compiled.
pub(super) fn compiling<'s>(sources: impl IntoIterator<Item = &'s SourceMap>, out: &mut Out) {
    let (files, bytes) = sources.into_iter().fold((0, 0), |(files, bytes), own| (files + own.files().count(), bytes + size(own)));
    out.doing(&format!("compiling {}", count(files, "file")), bytes);
}

/// How many bytes the files have.
pub(super) fn size(sources: &SourceMap) -> usize {
    sources.files().map(|(_, file)| file.text().len()).sum()
}

/// One version of a topology, from disk or from a git repository.
pub(super) struct Version {
    /// A path, or a revision with its commit.
    pub(super) name: String,
    /// Its files.
    pub(super) sources: SourceMap,
    /// The `ocstopo.toml` at or above it.
    pub(super) config: Config,
}

/// Reads a version.
pub(super) fn version(side: &Side, out: &mut Out) -> Result<Version, Failure> {
    let SideFiles { files, config } = read_side(side, "stdin", config::FILE_NAME)?;
    let config = config_of(config.as_ref(), out)?;
    Ok(Version { name: side.title(), sources: files, config })
}

/// A topology without errors, for a command that answers a question about it.
pub(super) struct SoundTopology {
    /// Its files.
    pub(super) sources: SourceMap,
    /// What the `ocstopo.toml` at or above it says.
    pub(super) config: Config,
    resolved: Resolved,
}

impl SoundTopology {
    pub(super) fn plans(&self) -> Plans<'_> {
        self.resolved.plans(&self.sources)
    }
}

/// Reads and compiles a topology that a question is asked about. One with errors has no answers: what is wrong may be just what
/// is asked about. Its findings go to standard error, and every command ends in the same way.
pub(super) fn resolved(input: &Input, out: &mut Out) -> Result<SoundTopology, Failure> {
    let config = config(input, out)?;
    let (compiled, tally) = compiled(input, &config, &CompileOptions::default(), out)?;
    match compiled {
        Compiled { sources, resolved: Some(resolved), .. } if tally.errors == 0 => {
            Ok(SoundTopology { sources, config, resolved })
        }
        _ => {
            out.say(&format!("not answered: {tally} in the topology\n"));
            Err(Failure { problems: Vec::new() })
        }
    }
}

/// Reads and compiles a topology for a command whose result is not its findings: errors go to standard error.
pub(super) fn compiled(
    input: &Input,
    config: &Config,
    options: &CompileOptions,
    out: &mut Out,
) -> Result<(Compiled, Tally), Failure> {
    let sources = sources(input)?;
    compiling([&sources], out);
    let mut compiled = compile(sources, options);
    compiled.regrade(|diags| config.levels.apply(diags));
    let tally = Tally::of(&compiled.diags);
    if tally.errors > 0 {
        alone(&input.path, out);
        let errors: Vec<Diag> = compiled.diags.iter().filter(|diag| diag.severity == Severity::Error).cloned().collect();
        out.say(&report::human(&compiled.sources, &errors, style(out.message_canvas())));
    }
    Ok((compiled, tally))
}

/// Notes that a file with errors was read without the files beside it: missing declarations may be there.
pub(super) fn alone(path: &Path, out: &mut Out) {
    let Some((others, folder)) = beside(path).filter(|(others, _)| *others > 0) else { return };
    let shown = |path: &Path| printable(&path.display().to_string()).replace('\n', " ");
    let more = if others == 1 { "another `.ocstopo` file is".to_owned() } else { format!("{others} more `.ocstopo` files are") };
    out.note(&format!(
        "`{}` was read alone, and {more} in its folder; if they are one topology, pass the folder: `{}`\n\n",
        shown(path),
        shown(&folder)
    ));
}

/// Writes the findings of files that are compared with a topology to standard output.
pub(super) fn print_findings(
    out: &mut Out,
    format: Format,
    (sources, diags): (&SourceMap, &[Diag]),
    family: Family,
    deny: Severity,
) {
    let rules = || rules::of_files(family);
    let text = format.write(&Findings { sources, diags, rules: &rules, deny, style: style(out.output_canvas()) });
    match format {
        // A runner takes commands from these lines as they are.
        Format::Github => out.print_raw(&text),
        _ => out.print(&text),
    }
}

/// How a report is drawn on a stream.
pub(super) fn style(canvas: Canvas) -> Style {
    Style { color: canvas.color, width: canvas.width }
}
