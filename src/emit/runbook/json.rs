//! `runbook.json`: all steps for programs, a step a line; of a book the steps of each site in a file of their own.

use serde::Serialize;

use super::book::{Book, Page};
use crate::emit::{EmitContext, Halt};
use crate::plan::Reason;
use crate::plan::runbook::{Check, CriticalPath, Instruction, Lane, Line, Phase, RunbookPlan, Step, Time};
use crate::product::Team;
use crate::text::JsonText;

/// The version of the form: a reader ignores fields that it does not know, and refuses another number.
const VERSION: u32 = 2;

/// What is before the phases of every file.
#[derive(Serialize)]
struct Head<'a> {
    version: u32,
    note: Option<&'static str>,
    organization: &'a str,
    product: &'a str,
    /// How many steps the whole runbook has, or, in the file of a site, the site.
    count: usize,
    #[serde(flatten)]
    of: Of<'a>,
}

/// What a file is about.
#[derive(Serialize)]
#[serde(untagged)]
enum Of<'a> {
    /// The whole runbook, with the files that have the steps of its sites, if this one has not.
    All { sites: Vec<SiteFile<'a>>, lanes: &'a [Lane], critical: &'a CriticalPath },
    /// The steps of a site.
    Site { site: &'a str },
}

/// The file of a site, from the folder of the first.
#[derive(Serialize)]
struct SiteFile<'a> {
    site: &'a str,
    file: String,
    count: usize,
}

#[derive(Serialize)]
struct PhaseHead<'a> {
    title: &'a str,
    about: &'a str,
    go: &'a str,
    stop: &'a str,
}

#[derive(Serialize)]
struct StepView<'a> {
    id: &'a str,
    row: &'a str,
    about: &'a str,
    team: Team,
    site: Option<&'a str>,
    machines: &'a [String],
    title: String,
    who: String,
    #[serde(rename = "where")]
    place: String,
    tool: Option<String>,
    after: Vec<After<'a>>,
    time: &'a Time,
    irreversible: bool,
    confidence: &'static str,
    files: &'a [String],
    instructions: Vec<Point<'a>>,
    alternative: Vec<Point<'a>>,
    checks: Vec<CheckView<'a>>,
    rollback: String,
    undo: Vec<Point<'a>>,
    wait: Option<String>,
    reasons: Vec<Why<'a>>,
}

#[derive(Serialize)]
struct Why<'a> {
    row: &'a str,
    purpose: &'a str,
    declared: Vec<String>,
    step: u8,
    source: &'a [String],
    confidence: &'static str,
}

#[derive(Serialize)]
struct After<'a> {
    row: &'a str,
    count: usize,
    steps: String,
}

#[derive(Serialize)]
struct Point<'a> {
    text: String,
    items: Vec<Item<'a>>,
    tasks: bool,
    values: &'a [String],
    commands: &'a [String],
}

#[derive(Serialize)]
struct Item<'a> {
    text: String,
    commands: &'a [String],
    expect: Option<String>,
}

#[derive(Serialize)]
struct CheckView<'a> {
    look: Option<String>,
    command: Option<&'a str>,
    expect: String,
}

/// The name of the first file.
const FIRST: &str = "runbook.json";

/// The files of a runbook: each is given to `put` as it is made, with its name in the folder of the first.
pub(super) fn emit(
    plan: &RunbookPlan,
    book: &Book<'_>,
    cx: &EmitContext<'_>,
    put: impl Fn(&str, String) -> Result<(), Halt> + Sync,
) -> Result<(), Halt> {
    let RunbookPlan { organization, product, .. } = plan;
    let head = |count, of| Head { version: VERSION, note: cx.note(), organization, product, count, of };
    let sites = book.sites.iter().map(|(site, page)| SiteFile { site, file: file_of(site), count: page.count() }).collect();
    let of = Of::All { sites, lanes: &plan.lanes, critical: &plan.critical };
    put(FIRST, file(&head(plan.count, of), &book.first))?;
    book.each_site(|site, page| put(&file_of(site), file(&head(page.count(), Of::Site { site }), page)))
}

fn file_of(site: &str) -> String {
    format!("sites/{site}.json")
}

fn file(head: &Head<'_>, page: &Page<'_>) -> String {
    let mut text = JsonText::default();
    text.open(head);
    text.mark(",\"phases\":[\n");
    text.rows(&page.phases, phase);
    text.mark("\n]}\n");
    text.finish()
}

fn phase(text: &mut JsonText, (phase, steps): &(&Phase, Vec<&Step>)) {
    let head = PhaseHead { title: &phase.title, about: &phase.about, go: &phase.go, stop: &phase.stop };
    text.mark(" ");
    text.open(&head);
    text.mark(",\"steps\":[\n");
    text.rows(steps, |text, shown| {
        text.mark("  ");
        text.value(&step(shown));
    });
    text.mark("\n ]}");
}

fn step(step: &Step) -> StepView<'_> {
    let after = step.prerequisites.iter();
    StepView {
        id: &step.id,
        row: step.row,
        about: &step.about,
        team: step.team,
        site: step.site.as_deref(),
        machines: &step.machines,
        title: step.title.plain(),
        who: step.who.plain(),
        place: step.place.plain(),
        tool: step.tool.as_ref().map(Line::plain),
        after: after.map(|after| After { row: after.row, count: after.count, steps: after.steps.plain() }).collect(),
        time: &step.time,
        irreversible: step.irreversible,
        confidence: step.confidence.word(),
        files: &step.files,
        instructions: step.instructions.iter().map(point).collect(),
        alternative: step.alternative.iter().map(point).collect(),
        checks: step.checks.iter().map(check).collect(),
        rollback: step.rollback.plain(),
        undo: step.undo.iter().map(point).collect(),
        wait: step.wait.as_ref().map(Line::plain),
        reasons: step.reasons.iter().map(why).collect(),
    }
}

fn why(reason: &Reason) -> Why<'_> {
    Why {
        row: &reason.row,
        purpose: &reason.purpose,
        declared: reason.declared.iter().map(ToString::to_string).collect(),
        step: reason.step,
        source: &reason.source,
        confidence: reason.confidence.word(),
    }
}

fn point(point: &Instruction) -> Point<'_> {
    let items = point.items.iter().map(|item| Item {
        text: item.text.plain(),
        commands: &item.commands,
        expect: item.expect.as_ref().map(Line::plain),
    });
    let Instruction { text, tasks, values, commands, .. } = point;
    Point { text: text.plain(), items: items.collect(), tasks: *tasks, values, commands }
}

fn check(check: &Check) -> CheckView<'_> {
    CheckView { look: check.look.as_ref().map(Line::plain), command: check.command.as_deref(), expect: check.expect.plain() }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use serde_json::{Value, json};

    use super::*;
    use crate::emit::Templates;
    use crate::emit::runbook::samples::sites;

    /// The files by name.
    fn files(plan: &RunbookPlan) -> Vec<(String, Value)> {
        let made = Mutex::new(Vec::new());
        let put = |name: &str, text: String| {
            let value = serde_json::from_str(&text).expect("JSON");
            made.lock().expect("no thread panics").push((name.to_owned(), value));
            Ok(())
        };
        let cx = EmitContext { templates: &Templates::shipped(), sample: false, organization: "contoso" };
        emit(plan, &Book::new(plan), &cx, put).expect("memory takes every file");
        let mut files = made.into_inner().expect("no thread panics");
        files.sort_by(|a, b| a.0.cmp(&b.0));
        files
    }

    fn ids(file: &Value) -> Vec<&str> {
        let phases = file["phases"].as_array().into_iter().flatten();
        phases.flat_map(|phase| phase["steps"].as_array().into_iter().flatten()).filter_map(|step| step["id"].as_str()).collect()
    }

    #[test]
    fn all_steps_are_in_one_file_as_long_as_they_are_on_one_page() {
        let plan = sites(2);
        let files = files(&plan);
        assert_eq!(files.len(), 1);
        assert_eq!(ids(&files[0].1), ["P1.all", "P1.s0", "P1.s1", "P2.all", "P2.s0", "P2.s1"]);
        assert_eq!((&files[0].1["version"], &files[0].1["count"], &files[0].1["sites"]), (&json!(2), &json!(6), &json!([])));
    }

    #[test]
    fn the_first_file_of_a_book_names_the_files_that_have_the_other_steps() {
        let plan = sites(600);
        let files = files(&plan);
        let (_, first) = files.iter().find(|(name, _)| name == FIRST).expect("the first file");
        assert_eq!((ids(first), &first["count"]), (vec!["P1.all", "P2.all"], &json!(1_202)));
        let named: Vec<&str> = first["sites"].as_array().into_iter().flatten().filter_map(|site| site["file"].as_str()).collect();
        let others: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).filter(|name| *name != FIRST).collect();
        assert_eq!(named, others);
        assert_eq!(first["sites"][7], json!({"site": "s104", "file": "sites/s104.json", "count": 2}));
        let (_, site) = files.iter().find(|(name, _)| name == "sites/s104.json").expect("a site");
        assert_eq!(ids(site), ["P1.s104", "P2.s104"]);
        assert_eq!((&site["site"], &site["version"], site.get("critical")), (&json!("s104"), &json!(2), None));
    }
}
