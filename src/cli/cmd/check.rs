//! `ocstopo check`

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::args::{Rules, formats, levels};
use crate::cli::exit::{Exit, Failure};
use crate::cli::selection::{Selected, selected};
use crate::cli::{load, rules};
use crate::compile::{BrokenByFix, Compiled, Fixed, compile, compile_readable, fix};
use crate::config::{self, Config};
use crate::diag::codes::bounds::{TOO_MANY, UNREADABLE};
use crate::diag::{Diag, Label, Severity};
use crate::io::{FileError, Out, STDIN, Side, Watch, named_paths, read_readable, read_topology, rewrite};
use crate::query::diff::only_in;
use crate::report::{self, Findings, Format, Tally, count};
use crate::text::{SourceMap, Span, printable};

/// Check a topology and report its mistakes
///
/// Reads the files, resolves all names and addresses, derives all flows and runs the rules of the Planning Guide. Each finding
/// has a code; `ocstopo explain CODE` explains it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ocstopo check examples/contoso\n  ocstopo check --deny warnings --today 2027-04-01\n  \
    ocstopo check --fix .\n  ocstopo check --watch\n  ocstopo check topologies/*\n  git show main:site.ocstopo | ocstopo check - --format short")]
pub(in crate::cli) struct Check {
    /// Folders, each of which is one topology with all `.ocstopo` files below it; or files that together are one topology; or - for
    /// standard input. If the files are only a part of the topology of their folder, the other files are read too
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    /// The name that messages show for standard input
    #[arg(long, value_name = "NAME", default_value = "stdin")]
    stdin_filename: String,

    /// The output format of findings
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = formats())]
    format: Format,

    /// The lowest severity that makes the exit code 1; `errors` unless `ocstopo.toml` sets another one
    #[arg(long, value_name = "LEVEL", value_parser = levels())]
    deny: Option<Severity>,

    /// Report only findings that another version does not have: a git revision such as main or main:topology, or a path
    #[arg(long, value_name = "VERSION", conflicts_with_all = ["fix", "diff"])]
    diff_base: Option<String>,

    #[command(flatten)]
    rules: Rules,

    /// Apply the corrections with one right answer, then report the remaining findings; for - write the result to standard output
    #[arg(long)]
    fix: bool,

    /// Write nothing; show the changes of --fix instead of the findings, and exit with 1 if there are any
    #[arg(long)]
    diff: bool,

    /// Check again whenever a file changes, until Ctrl-C ends it
    #[arg(long, conflicts_with_all = ["fix", "diff"])]
    watch: bool,
}

impl Check {
    pub(in crate::cli) fn run(self, out: &mut Out) -> Result<Exit, Failure> {
        if self.watch { self.watch(out) } else { self.round(out) }
    }

    /// All topologies once.
    fn round(&self, out: &mut Out) -> Result<Exit, Failure> {
        let topologies = selected(&self.paths)?;
        let several = topologies.len() > 1;
        if several && (self.diff_base.is_some() || !matches!(self.format, Format::Human | Format::Short | Format::Github)) {
            return Err("these are several topologies, and this is about one: check them one by one".to_owned().into());
        }
        let mut worst = Exit::Fine;
        for topology in &topologies {
            worst = worst.max(self.check(topology, out)?);
        }
        Ok(worst)
    }

    /// One round after the other. Nothing but a signal, or a reader that has gone, ends it.
    fn watch(&self, out: &mut Out) -> Result<Exit, Failure> {
        let paths: Vec<PathBuf> = selected(&self.paths)?.into_iter().flat_map(|topology| topology.paths).collect();
        if paths.iter().any(|path| path == Path::new(STDIN)) {
            return Err("standard input (-) cannot be watched".to_owned().into());
        }
        let mut watch = Watch::new(paths, config::FILE_NAME);
        loop {
            out.clear_screen();
            let exit = match self.round(out) {
                Ok(exit) => exit,
                Err(Failure { problems }) => {
                    problems.iter().for_each(|problem| out.say(&format!("error: {}\n", printable(problem))));
                    Exit::Failed
                }
            };
            out.note(&format!("watching {}; Ctrl-C ends\n", count(watch.files(), "file")));
            if out.finish().is_err() || out.is_closed() {
                return Ok(exit);
            }
            watch.wait();
        }
    }

    fn check(&self, topology: &Selected, out: &mut Out) -> Result<Exit, Failure> {
        let config = load::config_at(topology.path(), out)?;
        let deny = self.deny.or(config.deny).unwrap_or(Severity::Error);
        let (sources, unread) = read_readable(&topology.paths, &self.stdin_filename)?;
        if self.fix || self.diff {
            return self.correct(topology, &config, (sources, unread), out);
        }
        let unread = unread.iter().filter_map(|error| unreadable(&sources, error)).collect();
        load::compiling([&sources], out);
        let mut compiled = compile_readable(sources, unread, &self.rules.options());
        compiled.regrade(|diags| config.levels.apply(diags));
        if let Some(base) = &self.diff_base {
            let version = load::version(&Side::parse(base, topology.path())?, out)?;
            let mut before = compile(version.sources, &self.rules.options());
            before.regrade(|diags| version.config.levels.apply(diags));
            compiled.diags = only_in(&compiled.diags, &before.diags).into_iter().cloned().collect();
        }
        Ok(self.report(topology, out, compiled, deny, false))
    }

    /// Applies corrections, or shows them.
    fn correct(
        &self,
        topology: &Selected,
        config: &Config,
        (sources, unread): (SourceMap, Vec<FileError>),
        out: &mut Out,
    ) -> Result<Exit, Failure> {
        if !unread.is_empty() {
            return Err(unread.into());
        }
        if topology.part.is_some() {
            let folder = topology.path().display();
            return Err(format!("a correction is found by all files of a topology: pass the folder, `{folder}`").into());
        }
        let deny = self.deny.or(config.deny).unwrap_or(Severity::Error);
        let mut fixed = fix(sources.clone(), &self.rules.options()).map_err(|broken| internal(&broken))?;
        if self.diff {
            return Ok(show(out, &sources, &fixed));
        }
        let from_stdin = topology.is_stdin();
        if from_stdin {
            fixed.compiled.sources.files().for_each(|(_, file)| out.print_raw(file.text()));
        } else if !fixed.changed.is_empty() {
            write(&topology.paths, &sources, &fixed)?;
        }
        print_applied_fixes(out, &fixed);
        fixed.compiled.regrade(|diags| config.levels.apply(diags));
        Ok(self.report(topology, out, fixed.compiled, deny, from_stdin))
    }

    /// The findings; on standard error where the text itself takes standard output.
    fn report(&self, topology: &Selected, out: &mut Out, mut compiled: Compiled, deny: Severity, aside: bool) -> Exit {
        let (print, canvas): (fn(&mut Out, &str), _) =
            if aside { (Out::say, out.message_canvas()) } else { (Out::print, out.output_canvas()) };
        let all = Tally::of(&compiled.diags);
        if let Some(part) = &topology.part {
            let sources = &compiled.sources;
            let wanted = |label: &Label| part.contains(sources.file(label.span.file).name());
            // Where findings are left out, those of these files may be among them.
            let of_all = |diag: &Diag| diag.code == TOO_MANY.code;
            compiled.diags.retain(|diag| of_all(diag) || wanted(&diag.primary) || diag.related.iter().any(wanted));
        }
        let (sources, diags) = (&compiled.sources, &compiled.diags);
        let tally = Tally::of(diags);
        if tally.errors > 0 && matches!(self.format, Format::Human) && topology.part.is_none() && topology.paths.len() == 1 {
            load::alone(topology.path(), out);
        }
        let rules = || rules::of_topology(&compiled);
        let text = self.format.write(&Findings { sources, diags, rules: &rules, deny, style: load::style(canvas) });
        match self.format {
            // A runner takes commands from these lines as they are.
            Format::Github if !aside => out.print_raw(&text),
            _ => print(out, &text),
        }
        if self.format == Format::Human && !out.quiet() {
            let files = compiled.sources.files().count();
            let mut text = summary(&compiled, &tally, topology.part.as_ref().map_or(files, BTreeSet::len));
            if let Some(part) = &topology.part {
                text += &rest(part.len(), files, (all, tally), topology.path());
            }
            print(out, &report::wrap(&text, canvas.width).join("\n"));
        }
        Exit::found(tally.at_least(deny) > 0)
    }
}

/// What is said of a part of a topology: that it is one, and what is found elsewhere.
fn rest(part: usize, files: usize, (all, shown): (Tally, Tally), folder: &Path) -> String {
    let elsewhere = all.at_least(Severity::Note) - shown.at_least(Severity::Note);
    let these = if part == 1 { "this is one file".to_owned() } else { format!("these are {part} files") };
    let further = if shown.at_least(Severity::Note) > 0 { "further finding" } else { "finding" };
    let found = if elsewhere == 0 { format!("no {further}s") } else { count(elsewhere, further) };
    let folder = printable(&folder.display().to_string()).replace('\n', " ");
    format!("{these} of {files}, and the others have {found}; `ocstopo check {folder}` checks them all\n")
}

/// The finding of a file that cannot be read, at its beginning.
fn unreadable(sources: &SourceMap, error: &FileError) -> Option<Diag> {
    let (id, _) = sources.files().find(|(_, file)| file.name() == error.name)?;
    let (why, way_out) = error.problem.split_once("; ").unwrap_or((&error.problem, "give yourself the right to read it"));
    Some(Diag::error(UNREADABLE.code, "this file cannot be read", Span::new(id, 0, 0), why).help(way_out))
}

/// How many findings there are, and what can be done about them.
fn summary(compiled: &Compiled, tally: &Tally, files: usize) -> String {
    let rest = if compiled.linted { "" } else { "; rules about missing parts are checked after all errors are corrected" };
    let mut summary = format!("{tally} in {}{rest}\n", count(files, "file"));
    let fixable = compiled.diags.iter().filter(|diag| diag.fix.is_some()).count();
    if fixable > 0 {
        summary += &format!("{fixable} fixable with `--fix`\n");
    }
    summary
}

/// What would change, as a diff.
fn show(out: &mut Out, before: &SourceMap, fixed: &Fixed) -> Exit {
    let color = out.output_canvas().color;
    for id in &fixed.changed {
        out.print(&report::diff(before.file(*id), fixed.compiled.sources.file(*id).text(), color));
    }
    out.note(&match fixed.changed.len() {
        0 => "nothing to fix\n".to_owned(),
        files => format!("{} would be fixed in {}\n", findings(fixed), count(files, "file")),
    });
    Exit::found(!fixed.changed.is_empty())
}

/// Writes the files that changed. If another program has written one meanwhile, that one and all others stay as they are.
fn write(topology: &[PathBuf], before: &SourceMap, fixed: &Fixed) -> Result<(), Failure> {
    let mut paths = BTreeMap::new();
    for path in topology {
        paths.extend(named_paths(path)?);
    }
    let mut rewrites = Vec::new();
    for id in &fixed.changed {
        let (old, new) = (before.file(*id), fixed.compiled.sources.file(*id));
        let path = paths.get(old.name()).ok_or_else(|| moved(old.name()))?;
        let now = read_topology(path, old.name())?;
        if now.files().any(|(_, file)| file.text() != old.text()) {
            return Err(moved(old.name()).into());
        }
        rewrites.push((path, old.text(), new.text()));
    }
    for (path, old, new) in rewrites {
        rewrite(path, old, new)?;
    }
    Ok(())
}

fn moved(name: &str) -> FileError {
    FileError::new(name, "changed during the check; nothing was written, run the command again")
}

/// What was done.
fn print_applied_fixes(out: &mut Out, fixed: &Fixed) {
    for made in &fixed.made {
        let line = format!("{}: fixed[{}]: {}", made.place, made.code, made.title);
        out.note(&format!("{}\n", printable(&line).replace('\n', " ")));
    }
    if !fixed.made.is_empty() {
        out.note(&format!("{} fixed in {}\n\n", findings(fixed), count(fixed.changed.len(), "file")));
    }
}

fn findings(fixed: &Fixed) -> String {
    count(fixed.made.len(), "finding")
}

fn internal(broken: &BrokenByFix) -> Failure {
    let mut problem = format!("internal error: with these corrections {} cannot be read; nothing was written\n", broken.file);
    for made in &broken.made {
        problem += &format!("  {}\n", printable(made).replace('\n', " "));
    }
    problem += "please report this, with the file";
    problem.into()
}
