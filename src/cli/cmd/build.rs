//! `ocstopo build`

use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::artifact::Team;
use crate::cli::args::{Input, Rules};
use crate::cli::choice::choice;
use crate::cli::exit::{Exit, Failure};
use crate::cli::load;
use crate::cli::renewal::{Compared, Renewal};
use crate::compile::{self, BuildOptions, Compiled, Part, Refusal, Since};
use crate::diag::Diag;
use crate::emit::{Halt, Templates, balancer, firewall};
use crate::io::{Comparer, Comparison, FolderReadGuard, Out, OutputFolder, Scope, Side, State, read_templates};
use crate::report::{self, Tally, count};
use crate::text::printable;

/// What is said where zones changed and no serial number was given.
const SERIAL: &str =
    "zones changed, but their serial number is still 1, so secondary servers ignore the change; build with `--serial N`\n";

/// What stands for every dialect.
const ALL: &str = "all";

/// Check a topology, then write what each team needs: firewall rules, zones, certificate requests, a runbook
///
/// A topology with errors is not built. A build changes all files or none. Files that ocstopo did not write are not changed, and
/// files of an earlier build that are no longer needed are removed.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ocstopo build examples/contoso -o out\n  ocstopo build examples/contoso -o out --check\n  \
    ocstopo build examples/contoso -o out --only firewall,dns --serial 2027040101\n  \
    ocstopo build examples/contoso -o out --dialect cisco_asa,juniper_srx\n  \
    ocstopo build topology -o out --since main\n  ocstopo build topology -o dns --team dns\n  \
    ocstopo build examples/contoso -o out --issued 2027-04-01\n  ocstopo build topology -o out --certificates issued")]
pub(in crate::cli) struct Build {
    #[command(flatten)]
    input: Input,

    /// The folder that the files are written to
    #[arg(long, short, value_name = "DIR")]
    out: PathBuf,

    /// Build these parts only; files of other parts are not changed
    #[arg(long, value_name = "PARTS", value_delimiter = ',', value_parser = choice(Part::ALL.map(|part| (part.word, part.title, part))))]
    only: Vec<Part>,

    /// Build the files of one team only, with its part of the runbook; files of other teams are not changed
    #[arg(long, value_name = "TEAM", conflicts_with = "only", value_parser = choice(Team::ALL.map(|team| (team.word(), team.title(), team))))]
    team: Option<Team>,

    /// Write every firewall and load balancer in these dialects too, in addition to its own; `all` for all dialects
    #[arg(long, value_name = "DIALECTS", value_delimiter = ',', value_parser = dialect_names())]
    dialect: Vec<String>,

    /// Write nothing; list the files in DIR that a build would change, and exit with 1 if there are any
    #[arg(long)]
    check: bool,

    /// The serial number of zones, 1 by default; it must be larger than the one in use, or secondary servers ignore the zone
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    serial: Option<u32>,

    /// Use the templates in this folder instead of the shipped ones of the same name
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,

    /// Add file and line to reasons, so that moving a block changes many files; by default only manifest.json has them
    #[arg(long)]
    lines: bool,

    /// What earlier versions called a build without lines, which every build is now
    #[arg(long, hide = true, conflicts_with = "lines")]
    no_lines: bool,

    /// Write the work since another version too: a runbook of the change and the files that change each device, in change/. OLD is a
    /// folder, a file, or a git revision such as main or HEAD~1:topology
    #[arg(long, value_name = "OLD")]
    since: Option<String>,

    #[command(flatten)]
    renewal: Renewal,

    /// Overwrite files that were edited since the last build, or that no build wrote; build into a folder with other files in it
    #[arg(long)]
    force: bool,

    /// Replace the files in DIR one by one instead of the whole folder at once: the folder remains the one that a shell or a
    /// container has open, but a killed build may leave old files beside new ones until the next build
    #[arg(long)]
    in_place: bool,

    #[command(flatten)]
    rules: Rules,
}

impl Build {
    pub(in crate::cli) fn run(self, out: &mut Out) -> Result<Exit, Failure> {
        let templates = match &self.templates {
            None => Templates::shipped(),
            Some(folder) => Templates::with_overrides(&read_templates(folder)?)
                .map_err(|errors| Failure { problems: errors.iter().map(ToString::to_string).collect() })?,
        };
        let config = load::config(&self.input, out)?;
        let (compiled, tally) = load::compiled(&self.input, &config, &self.rules.options(), out)?;
        let parts = self.parts();
        let dialects = self.dialects();
        let since = self.since(&parts, out)?;
        let since = since.as_ref().map(|(name, compiled)| Since { name, compiled });
        let compared = Compared { only: &parts, team: self.team, config: &config, today: self.rules.today };
        let renewal = self.renewal.dates(&compiled, &compared, out)?;
        let options = BuildOptions {
            only: &parts,
            dialects: &dialects,
            serial: self.serial,
            lines: self.lines,
            templates: &templates,
            since,
            team: self.team,
            renewal: renewal.as_ref(),
        };
        let build = match compile::Build::new(&compiled, &options) {
            Ok(build) => build,
            Err(why) => {
                refuse_to_build(why, &compiled, &tally, since, out);
                return Ok(Exit::Findings);
            }
        };
        if compiled.diags.len() > tally.errors {
            out.note(&format!("{tally}; `ocstopo check` shows them\n"));
        }
        let folders: Vec<&str> = parts.iter().map(|part| part.folder).collect();
        let scope = match self.team {
            Some(team) => Scope::Team(team.word()),
            None if folders.is_empty() => Scope::All,
            None => Scope::Only(&folders),
        };
        let size = load::size(&compiled.sources);
        if self.check {
            let guard = FolderReadGuard::at(&self.out, || wait(out, &self.out));
            let comparison = made(&build, size, Comparer::new(&self.out, scope, None)?, out)?;
            out.print(&differences(&self.out, &comparison, &guard.leftovers));
            return Ok(Exit::found(!comparison.is_up_to_date() || !guard.leftovers.is_empty()));
        }
        let folder = OutputFolder::open(&self.out, || wait(out, &self.out))?;
        if folder.finished {
            out.note(&format!("{}: an interrupted build was completed\n", name(&self.out)));
        }
        let comparison = made(&build, size, Comparer::new(&self.out, scope, Some(&folder))?, out)?;
        if !self.force {
            refuse_to_overwrite(&self.out, &comparison)?;
        }
        out.doing(&format!("writing {}", count(comparison.files.len(), "file")), comparison.drafted);
        folder.commit(&comparison.changes(), self.in_place)?;
        for path in &comparison.abandoned {
            out.note(&format!("{}: no longer built, but edited since the last build: not removed\n", shown(&self.out, path)));
        }
        out.note(&summary(&self.out, &comparison));
        if self.serial.is_none() && changes_a_zone(&comparison) {
            out.note(SERIAL);
        }
        Ok(Exit::Fine)
    }

    /// The version of `--since`, compiled.
    fn since(&self, parts: &[Part], out: &mut Out) -> Result<Option<(String, Compiled)>, Failure> {
        let wanted = parts.is_empty() || parts.contains(&Part::CHANGE);
        let Some(old) = &self.since else {
            return match parts.contains(&Part::CHANGE) {
                true => Err("the part `change` is the work since another version: name it with `--since OLD`".to_owned().into()),
                false => Ok(None),
            };
        };
        if !wanted {
            return Err("`--since` writes the part `change`, which `--only` leaves out".to_owned().into());
        }
        let version = load::version(&Side::parse(old, &self.input.path)?, out)?;
        load::compiling([&version.sources], out);
        let mut compiled = compile::compile(version.sources, &self.rules.options());
        compiled.regrade(|diags| version.config.levels.apply(diags));
        Ok(Some((version.name, compiled)))
    }

    fn dialects(&self) -> Vec<&'static str> {
        let all = self.dialect.iter().any(|name| name == ALL);
        firewall::words().chain(balancer::words()).filter(|word| all || self.dialect.iter().any(|name| name == word)).collect()
    }

    fn parts(&self) -> Vec<Part> {
        Part::ALL.into_iter().filter(|part| self.only.contains(part)).collect()
    }
}

/// Makes the files of a build from an input of so many bytes, and compares each with the folder as it is made.
fn made(build: &compile::Build<'_>, size: usize, comparer: Comparer<'_>, out: &mut Out) -> Result<Comparison, Failure> {
    out.doing("generating the files of the build", size);
    match build.write(&comparer) {
        Ok(()) => Ok(comparer.finish()?),
        // Why is the comparison's to tell. What was compared until then is no build.
        Err(Halt::Stopped) => match comparer.finish() {
            Err(errors) => Err(errors.into()),
            Ok(_) => Err("the build ended before its last file; nothing was written".to_owned().into()),
        },
        Err(Halt::Template(error)) => Err(error.to_string().into()),
    }
}

/// Says why nothing is built.
fn refuse_to_build(why: Refusal, compiled: &Compiled, tally: &Tally, since: Option<Since<'_>>, out: &mut Out) {
    match why {
        Refusal::Errors => out.say(&format!("nothing is built: {tally}\n")),
        Refusal::Undecided => {
            let undecided: Vec<Diag> = compiled.undecided().cloned().collect();
            out.say(&report::human(&compiled.sources, &undecided, load::style(out.message_canvas())));
            out.say("nothing is built: write the values that are not decided, with `=` in place of `?=`\n");
        }
        Refusal::SinceErrors => {
            let name = since.map_or("", |since| since.name);
            out.say(&format!(
                "nothing is built: {name} has errors, so what was built from it is unknown; `ocstopo check` shows them\n"
            ));
        }
    }
}

/// What `--dialect` takes.
fn dialect_names() -> PossibleValuesParser {
    PossibleValuesParser::new(firewall::words().chain(balancer::words()).chain([ALL]))
}

/// Said at once, because what follows may take long.
fn wait(out: &mut Out, root: &Path) {
    out.say(&format!("waiting for another build into {}\n", name(root)));
    out.flush_messages();
}

/// The output folder as it was written, but for characters that a terminal must not get.
fn name(root: &Path) -> String {
    printable(&root.display().to_string()).replace('\n', "\\n")
}

fn shown(root: &Path, path: &str) -> String {
    format!("{}/{path}", name(root).trim_end_matches('/'))
}

/// What `--check` prints: a line for each file that a build would write, replace or remove.
fn differences(root: &Path, comparison: &Comparison, leftovers: &[String]) -> String {
    let of = |state: State, word: &str| -> Vec<String> {
        comparison.in_state(state).map(|path| format!("{word:9} {}\n", shown(root, path))).collect()
    };
    let mut lines = of(State::Missing, "missing");
    lines.extend([State::Outdated, State::Edited, State::Foreign].into_iter().flat_map(|state| of(state, "different")));
    lines.extend(comparison.stale.iter().map(|path| format!("{:9} {}\n", "stale", shown(root, path))));
    lines.extend(leftovers.iter().map(|path| format!("{:9} {}\n", "leftover", printable(path).replace('\n', "\\n"))));
    lines.sort_by(|a, b| a[10..].cmp(&b[10..]));
    lines.concat()
}

fn refuse_to_overwrite(root: &Path, comparison: &Comparison) -> Result<(), Failure> {
    let of = |state: State, why: &str| -> Vec<String> {
        comparison.in_state(state).map(|path| format!("{}: {why}", shown(root, path))).collect()
    };
    let mut problems = of(State::Edited, "edited since ocstopo wrote it");
    problems.extend(of(State::Foreign, "not written by ocstopo"));
    let strangers: Vec<&str> = comparison.strangers().collect();
    if !strangers.is_empty() {
        let folder = if root == Path::new(".") { "the working folder".to_owned() } else { name(root) };
        problems.push(format!("{folder}: no build wrote into this folder, and {} there", listed(&strangers)));
        problems.push(format!(
            "nothing is built: name a folder of its own with `-o`, or write into this one with `--force`: {}",
            if problems.len() > 1 { "it replaces the files above and keeps all others" } else { "it keeps what is there" }
        ));
        return Err(Failure { problems });
    }
    if problems.is_empty() {
        return Ok(());
    }
    problems.push("nothing is built: move these files away, or overwrite them with `--force`".to_owned());
    Err(Failure { problems })
}

/// How many names of a folder are listed.
const LISTED: usize = 3;

/// What is in a folder: `README.md, src and 5 more are`.
fn listed(names: &[&str]) -> String {
    let shown: Vec<String> = names.iter().take(LISTED).map(|name| printable(name).replace('\n', "\\n")).collect();
    match (names.len().saturating_sub(LISTED), shown.split_last()) {
        (0, Some((last, []))) => format!("{last} is"),
        (0, Some((last, before))) => format!("{} and {last} are", before.join(", ")),
        (more, _) => format!("{} and {more} more are", shown.join(", ")),
    }
}

/// Whether a zone that was built before says something else now.
fn changes_a_zone(comparison: &Comparison) -> bool {
    let changed = [State::Outdated, State::Edited, State::Foreign].into_iter().flat_map(|state| comparison.in_state(state));
    changed.into_iter().any(|path| path.ends_with(".zone"))
}

fn summary(root: &Path, comparison: &Comparison) -> String {
    let same = comparison.in_state(State::Same).count();
    let written = comparison.files.len() - same;
    let mut text = format!("{}: {} written", name(root), count(written, "file"));
    for (n, what) in [(same, "unchanged"), (comparison.stale.len(), "removed")] {
        if n > 0 {
            text += &format!(", {n} {what}");
        }
    }
    text + "\n"
}
