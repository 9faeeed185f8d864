//! Small runbooks for the tests of the forms.

use crate::catalog::{Confidence, Provenance};
use crate::plan::runbook::{
    Check, CriticalPath, Instruction, InstructionItem, Lane, Line, Phase, Prerequisite, Run, RunbookPlan, ServerRow, SourceRow,
    Step, Time,
};
use crate::plan::{Reason, SourceRef};
use crate::product::Team;

fn line(parts: &[(&str, bool)]) -> Line {
    Line(parts.iter().map(|(text, code)| Run { text: (*text).to_owned().into(), code: *code }).collect())
}

/// A plan of one step with this title; `value` is wherever text of a user can be.
pub(super) fn plan(title: &str, value: &str) -> RunbookPlan {
    let words = |text: &str| line(&[(text, false)]);
    let provenance = Provenance { step: 2, source: vec!["edge:CL-RTM".into()], confidence: Confidence::High };
    let mut reason = Reason::new("EE2", "Makes the pool.", &provenance);
    reason.declared = vec![SourceRef { path: "redmond.pool01".into(), place: Some("contoso.ocstopo:4".into()), shown: true }];
    let step = Step {
        id: "EE2.redmond.pool01".into(),
        number: 1,
        row: "EE2",
        about: "redmond.pool01".into(),
        team: Team::Servers,
        site: Some("redmond".into()),
        machines: vec!["sql01.contoso.com".into()],
        title: line(&[(title, false), (" ", false), ("pool01.contoso.com", true)]),
        who: words("Domain Admins"),
        place: line(&[("sql01.contoso.com", true)]),
        tool: Some(words("Deployment Wizard")),
        prerequisites: vec![Prerequisite {
            row: "AD3",
            count: 2,
            first: 4,
            last: 5,
            steps: line(&[("all ", false), ("AD3.*", true)]),
        }],
        instructions: vec![
            Instruction {
                text: words(value),
                items: vec![InstructionItem {
                    text: line(&[(value, true), (": in", false)]),
                    commands: vec!["LCSCmd.exe /Forest /Action:CheckPoolState /PoolName:pool01".into()],
                    expect: Some(words("a log")),
                }],
                tasks: true,
                values: vec![format!("Share: {value}"), "Name:  pool01".into()],
                commands: Vec::new(),
            },
            Instruction {
                text: words("Know this:"),
                items: vec![InstructionItem { text: words("a fact"), commands: Vec::new(), expect: None }],
                tasks: false,
                values: Vec::new(),
                commands: vec!["hostname".into()],
            },
        ],
        alternative: Vec::new(),
        files: vec!["dns/records.csv".into()],
        checks: vec![Check { look: None, command: Some("nslookup pool01.contoso.com".into()), expect: words(value) }],
        rollback: words("Remove it."),
        undo: Vec::new(),
        irreversible: false,
        confidence: Confidence::High,
        time: Time { work: 90, wait: 0, source: &[] },
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
        go: "The pool is there.".into(),
        stop: "It is not: see `Setup.log`.".into(),
    };
    RunbookPlan {
        organization: "contoso".into(),
        product: "Office Communications Server 2007",
        count: 1,
        lanes: vec![Lane { team: Team::Servers, count: 1, work: 90 }],
        critical: CriticalPath { steps: vec!["EE2.redmond.pool01".into()], work: 90, wait: 0 },
        phases: vec![phase],
        servers: vec![ServerRow {
            path: "redmond.pool01.fe01".into(),
            name: None,
            addresses: vec![[10, 0, 0, 1].into(), [10, 0, 0, 2].into()],
            roles: vec!["Front End"],
        }],
        services: Vec::new(),
        networks: Vec::new(),
        sources: vec![SourceRow { key: "edge:CL-RTM".into(), title: value.into(), address: "https://example.com/a|b".into() }],
    }
}

/// A plan of two phases in which each of so many sites has a step, beside one of no site.
pub(super) fn sites(count: usize) -> RunbookPlan {
    let mut plan = plan("Create the pool", "x");
    let first = plan.phases[0].steps[0].clone();
    let step = |phase: usize, site: Option<usize>| {
        let site = site.map(|site| format!("s{site}"));
        Step { id: format!("P{phase}.{}", site.as_deref().unwrap_or("all")), site, ..first.clone() }
    };
    let phase = |at: usize| Phase {
        position: at,
        title: format!("Phase {at}"),
        steps: std::iter::once(None).chain((0..count).map(Some)).map(|site| step(at, site)).collect(),
        ..plan.phases[0].clone()
    };
    plan.phases = vec![phase(1), phase(2)];
    plan.count = plan.steps().count();
    plan
}
