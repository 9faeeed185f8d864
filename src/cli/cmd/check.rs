//! `ocstopo check`

use std::path::Path;

use clap::Args;

use crate::cli::args::{Input, Rules, formats, levels};
use crate::cli::exit::{Exit, Failure};
use crate::cli::{load, rules};
use crate::compile::{BrokenByFix, Compiled, Fixed, compile, fix};
use crate::diag::Severity;
use crate::io::{FileError, Out, STDIN, Side, named_paths, read_topology, rewrite};
use crate::query::diff::only_in;
use crate::report::{self, Findings, Format, Tally, count};
use crate::text::{SourceMap, printable};

/// Check a topology and report its mistakes
///
/// Reads the files, resolves all names and addresses, derives all flows and runs the rules of the Planning Guide. Each finding
/// has a code; `ocstopo explain CODE` explains it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ocstopo check examples/contoso\n  ocstopo check --deny warnings --today 2027-04-01\n  \
    ocstopo check --fix .\n  git show main:site.ocstopo | ocstopo check - --format short")]
pub(in crate::cli) struct Check {
    #[command(flatten)]
    input: Input,

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
}

impl Check {
    pub(in crate::cli) fn run(self, out: &mut Out) -> Result<Exit, Failure> {
        let config = load::config(&self.input, out)?;
        let deny = self.deny.or(config.deny).unwrap_or(Severity::Error);
        let sources = load::sources(&self.input)?;
        if !self.fix && !self.diff {
            let mut compiled = compile(sources, &self.rules.options());
            compiled.regrade(|diags| config.levels.apply(diags));
            if let Some(base) = &self.diff_base {
                let version = load::version(&Side::parse(base, &self.input.path)?, out)?;
                let mut before = compile(version.sources, &self.rules.options());
                before.regrade(|diags| version.config.levels.apply(diags));
                compiled.diags = only_in(&compiled.diags, &before.diags).into_iter().cloned().collect();
            }
            return Ok(self.report(out, &compiled, deny, false));
        }
        let mut fixed = fix(sources.clone(), &self.rules.options()).map_err(|broken| internal(&broken))?;
        if self.diff {
            return Ok(show(out, &sources, &fixed));
        }
        let from_stdin = self.input.path == Path::new(STDIN);
        if from_stdin {
            fixed.compiled.sources.files().for_each(|(_, file)| out.print_raw(file.text()));
        } else if !fixed.changed.is_empty() {
            write(&self.input.path, &sources, &fixed)?;
        }
        print_applied_fixes(out, &fixed);
        fixed.compiled.regrade(|diags| config.levels.apply(diags));
        Ok(self.report(out, &fixed.compiled, deny, from_stdin))
    }

    /// The findings; on standard error where the text itself takes standard output.
    fn report(&self, out: &mut Out, compiled: &Compiled, deny: Severity, aside: bool) -> Exit {
        let (print, canvas): (fn(&mut Out, &str), _) =
            if aside { (Out::say, out.message_canvas()) } else { (Out::print, out.output_canvas()) };
        let (sources, diags) = (&compiled.sources, &compiled.diags);
        let tally = Tally::of(diags);
        if tally.errors > 0 && matches!(self.format, Format::Human) {
            load::alone(&self.input, out);
        }
        let rules = || rules::of_topology(compiled);
        let text = self.format.write(&Findings { sources, diags, rules: &rules, deny, style: load::style(canvas) });
        match self.format {
            // A runner takes commands from these lines as they are.
            Format::Github if !aside => out.print_raw(&text),
            _ => print(out, &text),
        }
        if self.format == Format::Human && !out.quiet() {
            print(out, &summary(compiled, &tally));
        }
        Exit::found(tally.at_least(deny) > 0)
    }
}

/// How many findings there are, and what can be done about them.
fn summary(compiled: &Compiled, tally: &Tally) -> String {
    let rest = if compiled.linted { "" } else { "; rules about missing parts are checked after these errors are corrected" };
    let mut summary = format!("{tally} in {}{rest}\n", count(compiled.sources.files().count(), "file"));
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

/// Writes the files that changed. One that somebody else has written meanwhile keeps what it holds, and so do all the others.
fn write(path: &Path, before: &SourceMap, fixed: &Fixed) -> Result<(), Failure> {
    let paths = named_paths(path)?;
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
