//! `runbook.md`: one page, written for the person who follows it at night.

use rayon::prelude::*;
use serde::Serialize;

use crate::change::ChangePlan;
use crate::emit::language::MARKDOWN;
use crate::emit::language::marked;
use crate::emit::{Artifact, EmitContext, EmitError, TOOL, Team};
use crate::plan::Reason;
use crate::plan::runbook::{Check, Instruction, Line, NetworkRow, Phase, RunbookPlan, ServerRow, ServiceRow, SourceRow, Step};

/// How many steps are rendered at a time: the engine's own form of a step is many times its text.
const PORTION: usize = 200;

/// One portion of the page: its head, some steps, or its tail.
#[derive(Default, Serialize)]
struct View<'a> {
    head: Option<Head<'a>>,
    heading: Option<Heading<'a>>,
    steps: Vec<StepView<'a>>,
    tail: Option<Tail<'a>>,
}

#[derive(Serialize)]
struct Head<'a> {
    note: Option<&'static str>,
    tool: &'static str,
    organization: &'a str,
    product: &'a str,
    count: usize,
    phases: Vec<Heading<'a>>,
    servers: &'a [ServerRow],
    /// The version that runs, on the page of a change.
    since: Option<&'a str>,
    /// Whether that version is of another release.
    other_release: bool,
    /// The steps that cannot be undone.
    irreversible: Vec<&'a str>,
}

#[derive(Serialize)]
struct Heading<'a> {
    text: String,
    anchor: String,
    title: &'a str,
    about: &'a str,
    first: &'a str,
}

#[derive(Serialize)]
struct Tail<'a> {
    services: &'a [ServiceRow],
    networks: &'a [NetworkRow],
    sources: &'a [SourceRow],
}

#[derive(Serialize)]
struct StepView<'a> {
    id: &'a str,
    title: String,
    /// Why it is on the page of a change.
    note: Option<&'a str>,
    irreversible: bool,
    who: String,
    place: String,
    tool: Option<String>,
    after: String,
    instructions: Vec<InstructionView>,
    values: &'a [String],
    commands: &'a [String],
    checks: Vec<CheckView>,
    rollback: String,
    wait: Option<String>,
    reasons: Vec<String>,
}

#[derive(Serialize)]
struct InstructionView {
    text: String,
    items: Vec<String>,
    tasks: bool,
}

#[derive(Serialize)]
struct CheckView {
    how: String,
    expect: String,
}

/// The page of a deployment.
pub fn emit(plan: &RunbookPlan, cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    let content = page("runbook", plan, None, |_| None, cx)?;
    let made_from = vec![plan.organization.clone()];
    Ok(vec![Artifact { path: RUNBOOK.to_owned(), team: Team::Deployment, made_from, content }])
}

/// The page of a change.
pub fn change(plan: &ChangePlan, cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    let note = |step: &Step| plan.notes.get(&step.id).map(String::as_str);
    let content = page("change", &plan.runbook, Some((&plan.since, plan.is_other_release)), note, cx)?;
    let made_from = vec![plan.runbook.organization.clone()];
    Ok(vec![Artifact { path: CHANGE.to_owned(), team: Team::Deployment, made_from, content }])
}

const RUNBOOK: &str = "runbook/runbook.md";
const CHANGE: &str = "change/runbook.md";

fn page<'p>(
    template: &str,
    plan: &'p RunbookPlan,
    since: Option<(&str, bool)>,
    note: impl Fn(&Step) -> Option<&'p str> + Sync,
    cx: &EmitContext<'_>,
) -> Result<String, EmitError> {
    let render = |view: &View<'_>| cx.templates.render(&MARKDOWN, template, view);
    let head = Head {
        note: cx.note(),
        tool: TOOL,
        organization: &plan.organization,
        product: plan.product,
        count: plan.count,
        phases: plan.phases.iter().map(heading).collect(),
        servers: &plan.servers,
        since: since.map(|(name, _)| name),
        other_release: since.is_some_and(|(_, other)| other),
        irreversible: plan.steps().filter(|step| step.irreversible).map(|step| step.id.as_str()).collect(),
    };
    let mut content = render(&View { head: Some(head), ..View::default() })?;
    let portions: Vec<(Option<&Phase>, &[Step])> = plan
        .phases
        .iter()
        .flat_map(|phase| {
            let steps = phase.steps.chunks(PORTION).enumerate();
            steps.map(move |(at, steps)| ((at == 0).then_some(phase), steps))
        })
        .collect();
    let portion = |(phase, steps): &(Option<&Phase>, &[Step])| {
        let steps = steps.iter().map(|shown| step(shown, note(shown))).collect();
        render(&View { heading: phase.map(heading), steps, ..View::default() })
    };
    // Each portion is a page of its own to the engine, and the longest work of a build.
    for text in portions.par_iter().map(portion).collect::<Result<Vec<_>, _>>()? {
        content += &text;
    }
    let tail = Tail { services: &plan.services, networks: &plan.networks, sources: &plan.sources };
    Ok(content + &render(&View { tail: Some(tail), ..View::default() })?)
}

fn heading(phase: &Phase) -> Heading<'_> {
    let text = format!("Phase: {}", phase.title);
    let first = phase.steps.first().map_or("", |step| step.id.as_str());
    Heading { anchor: anchor(&text), text, title: &phase.title, about: &phase.about, first }
}

fn step<'s>(step: &'s Step, note: Option<&'s str>) -> StepView<'s> {
    let after: Vec<String> = step.prerequisites.iter().map(|after| line(&after.steps)).collect();
    StepView {
        id: &step.id,
        title: line(&step.title),
        note,
        irreversible: step.irreversible,
        who: line(&step.who),
        place: line(&step.place),
        tool: step.tool.as_ref().map(line),
        after: after.join("; "),
        instructions: step.instructions.iter().map(instruction).collect(),
        values: &step.values,
        commands: &step.commands,
        checks: step.checks.iter().map(check).collect(),
        rollback: line(&step.rollback),
        wait: step.wait.as_ref().map(line),
        reasons: step.reasons.iter().map(why).collect(),
    }
}

fn instruction(row: &Instruction) -> InstructionView {
    InstructionView { text: line(&row.text), items: row.items.iter().map(line).collect(), tasks: row.tasks }
}

fn check(check: &Check) -> CheckView {
    CheckView { how: check.command.iter().chain(&check.look).map(line).collect(), expect: line(&check.expect) }
}

fn line(line: &Line) -> String {
    marked(line.0.iter().map(|run| (run.text.as_str(), run.code)))
}

/// `AD1, guide step 4; from redmond.pool01; edge:CL-RTM, high confidence`.
fn why(reason: &Reason) -> String {
    let mut text = format!("{} {}, guide step {}", reason.purpose, reason.row, reason.step);
    let declared: Vec<String> = reason.declared.iter().map(ToString::to_string).collect();
    if !declared.is_empty() {
        text += &format!("; from {}", declared.join(", "));
    }
    text + &format!("; {}, {} confidence.", reason.source.join(", "), reason.confidence.word())
}

/// The anchor that the usual viewers give a heading: lower case, blanks to hyphens, no punctuation.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Confidence, Provenance};
    use crate::emit::{SAMPLE, Templates};
    use crate::plan::SourceRef;
    use crate::plan::runbook::{Check, Instruction, Line, Prerequisite, Run, ServerRow, SourceRow};

    fn line(parts: &[(&str, bool)]) -> Line {
        Line(parts.iter().map(|(text, code)| Run { text: (*text).to_owned(), code: *code }).collect())
    }

    fn plan(title: &str, value: &str) -> RunbookPlan {
        let words = |text: &str| line(&[(text, false)]);
        let provenance = Provenance { step: 2, source: vec!["edge:CL-RTM".into()], confidence: Confidence::High };
        let mut reason = Reason::new("EE2", "Makes the pool.", &provenance);
        reason.declared = vec![SourceRef { path: "redmond.pool01".into(), place: Some("contoso.ocstopo:4".into()), shown: true }];
        let step = Step {
            id: "EE2.redmond.pool01".into(),
            number: 1,
            row: "EE2".into(),
            about: "redmond.pool01".into(),
            title: line(&[(title, false), (" ", false), ("pool01.contoso.com", true)]),
            who: words("Domain Admins"),
            place: line(&[("sql01.contoso.com", true)]),
            tool: Some(words("Deployment Wizard")),
            prerequisites: vec![Prerequisite {
                row: "AD3".into(),
                count: 2,
                first: 4,
                last: 5,
                steps: line(&[("all ", false), ("AD3.*", true)]),
            }],
            instructions: vec![
                Instruction { text: words(value), items: vec![line(&[(value, true), (": in", false)])], tasks: true },
                Instruction { text: words("Know this:"), items: vec![words("a fact")], tasks: false },
            ],
            values: vec![format!("Share: {value}"), "Name:  pool01".into()],
            commands: vec!["LCSCmd.exe /Forest /Action:CheckPoolState /PoolName:pool01".into()],
            checks: vec![Check {
                look: None,
                command: Some(line(&[("nslookup pool01.contoso.com", true)])),
                expect: words(value),
            }],
            rollback: words("Remove it."),
            irreversible: false,
            wait: Some(words("Wait for replication.")),
            reasons: vec![reason],
        };
        let phase = Phase {
            position: 1,
            title: "Enterprise pools".into(),
            about: "Each pool is created.".into(),
            first: 1,
            last: 1,
            steps: vec![step],
        };
        RunbookPlan {
            organization: "contoso".into(),
            product: "Office Communications Server 2007",
            count: 1,
            phases: vec![phase],
            servers: vec![ServerRow {
                path: "redmond.pool01.fe01".into(),
                name: None,
                addresses: vec![[10, 0, 0, 1].into(), [10, 0, 0, 2].into()],
                roles: vec!["Front End"],
            }],
            services: Vec::new(),
            networks: Vec::new(),
            sources: vec![SourceRow {
                key: "edge:CL-RTM".into(),
                title: value.into(),
                address: "https://example.com/a|b".into(),
            }],
        }
    }

    fn page(plan: &RunbookPlan, sample: bool) -> String {
        let cx = EmitContext { templates: &Templates::shipped(), sample, organization: "contoso" };
        let artifacts = emit(plan, &cx).expect("the shipped template renders");
        assert_eq!((artifacts.len(), artifacts[0].path.as_str()), (1, "runbook/runbook.md"));
        artifacts[0].content.clone()
    }

    /// The columns of each table row, not counting bars that are escaped.
    fn columns(row: &str) -> usize {
        row.replace("\\|", "").matches('|').count()
    }

    /// What must hold of every page: closed blocks, whole tables, single blank lines.
    fn assert_clean(page: &str) {
        let (mut fenced, mut table) = (false, None);
        for text in page.lines() {
            if text.starts_with("```") {
                fenced = !fenced;
            } else if !fenced && text.starts_with('|') {
                assert_eq!(*table.get_or_insert(columns(text)), columns(text), "{text}");
            } else {
                table = None;
            }
        }
        assert!(!fenced && !page.contains("\n\n\n") && page.ends_with('\n') && !page.ends_with("\n\n"));
    }

    #[test]
    fn a_step_reads_well() {
        let page = page(&plan("Create the pool", r"\\fs01\ocs (a|b)"), false);
        assert_clean(&page);
        let from = page.find("## Phase:").expect("a phase");
        let to = page.find("## Names and addresses").expect("the end");
        insta::assert_snapshot!(page[from..to].trim_end(), @r"
        ## Phase: Enterprise pools

        Each pool is created.

        ### Step `EE2.redmond.pool01`: Create the pool `pool01.contoso.com`

        - [ ] Done at … by …
        - **Who:** Domain Admins
        - **Where:** `sql01.contoso.com`
        - **Tool:** Deployment Wizard
        - **After:** all `AD3.*`

        1. \\\\fs01\\ocs (a\|b)
            - [ ] `\\fs01\ocs (a|b)`: in
        2. Know this:
            - a fact

        **Values**

        ```text
        Share: \\fs01\ocs (a|b)
        Name:  pool01
        ```

        **Commands**

        ```text
        LCSCmd.exe /Forest /Action:CheckPoolState /PoolName:pool01
        ```

        **Expect**

        - `nslookup pool01.contoso.com`: \\\\fs01\\ocs (a\|b).

        **Roll back:** Remove it.

        **Wait:** Wait for replication.

        *Why:* Makes the pool. EE2, guide step 2; from redmond.pool01 (contoso.ocstopo:4); edge:CL-RTM, high confidence.
        ");
    }

    #[test]
    fn a_sample_is_marked_at_the_top() {
        let plan = plan("Create the pool", "x");
        assert!(page(&plan, true).lines().take(4).any(|text| text.contains(SAMPLE)));
        assert!(!page(&plan, false).contains(SAMPLE));
    }

    #[test]
    fn foreign_text_stays_in_its_place() {
        let calm = page(&plan("Create", "x"), false);
        let shape = |page: &str| {
            let mut fenced = false;
            let kind = |text: &str| {
                fenced ^= text.starts_with("```");
                match text.split_whitespace().next() {
                    _ if fenced => "code".to_owned(),
                    Some(first) if first.starts_with(['#', '|', '-', '`']) => first.chars().take(3).collect(),
                    Some(_) => "text".to_owned(),
                    None => String::new(),
                }
            };
            page.lines().map(kind).collect::<Vec<_>>()
        };
        for evil in [
            "```",
            "~~~\n# x",
            "a\n\n# Step 9",
            "| a | b |",
            "<script>",
            "[x](http://evil)",
            "`",
            "- [x] done",
            "1. x",
            "\u{202e}",
        ] {
            let page = page(&plan("Create", evil), false);
            assert_clean(&page);
            assert_eq!(shape(&page), shape(&calm), "{evil:?}");
            assert!(!page.contains("<script>") || page.contains("`<script>`"), "{evil:?}");
        }
    }

    #[test]
    fn anchors_are_those_of_viewers() {
        assert_eq!(anchor("Phase: Perimeter, outer A/V names"), "phase-perimeter-outer-av-names");
    }
}
