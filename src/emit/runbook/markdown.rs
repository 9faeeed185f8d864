//! `runbook.md`: one page, written for the person who follows it at night.

use serde::Serialize;

use crate::emit::{Artifact, EmitContext, EmitError, Language, TOOL, Team};
use crate::plan::Reason;
use crate::plan::runbook::{Phase, RunbookPlan, Step};

#[derive(Serialize)]
struct View<'a> {
    note: Option<&'static str>,
    tool: &'static str,
    plan: &'a RunbookPlan,
    phases: Vec<PhaseView<'a>>,
}

#[derive(Serialize)]
struct PhaseView<'a> {
    phase: &'a Phase,
    heading: String,
    anchor: String,
    steps: Vec<StepView<'a>>,
}

#[derive(Serialize)]
struct StepView<'a> {
    step: &'a Step,
    after: String,
    reasons: Vec<String>,
}

/// The page.
pub fn emit(plan: &RunbookPlan, cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    let view = View { note: cx.note(), tool: TOOL, plan, phases: plan.phases.iter().map(phase).collect() };
    let content = cx.templates.render(Language::Markdown, "runbook", &view)?;
    let made_from = vec![plan.organization.clone()];
    Ok(vec![Artifact { path: "runbook/runbook.md".to_owned(), team: Team::Deployment, made_from, content }])
}

fn phase(phase: &Phase) -> PhaseView<'_> {
    let heading = format!("Phase {}. {}", phase.position, phase.title);
    PhaseView { phase, anchor: anchor(&heading), heading, steps: phase.steps.iter().map(step).collect() }
}

fn step(step: &Step) -> StepView<'_> {
    let after: Vec<String> = step.prerequisites.iter().map(|after| format!("{} ({})", after.numbers, after.row)).collect();
    StepView { step, after: after.join("; "), reasons: step.reasons.iter().map(why).collect() }
}

/// `AD1, guide step 4, for web_access; from redmond.pool01 (redmond.ocstopo:12); edge:CL-RTM, high confidence`.
fn why(reason: &Reason) -> String {
    let mut text = format!("{} {}, guide step {}", reason.purpose, reason.row, reason.step);
    if !reason.features.is_empty() {
        text += &format!(", for {}", reason.features.join(", "));
    }
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
    #[test]
    fn anchors_are_those_of_viewers() {
        assert_eq!(super::anchor("Phase 11. Perimeter, outer A/V names"), "phase-11-perimeter-outer-av-names");
    }
}
