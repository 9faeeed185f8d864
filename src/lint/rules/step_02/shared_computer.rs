//! Two roles on one computer that may not share it.

use crate::catalog::{Collocation, Confidence, Verdict};
use crate::diag::Severity;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::Group;
use crate::product::{GroupKind, Relation};
use crate::schema::a;

rule! {
    /// ## What it does
    /// Looks up each server that runs on another's computer, as its `host` says, in the table of roles that may share one.
    ///
    /// ## Why it matters
    /// Roles on one computer take its ports, its certificate store and its processors from each other. What nobody has tested
    /// together fails together, and Microsoft gives no support.
    ///
    /// ## Planning Guide
    /// Step 2: a Standard Edition server may carry the Archiving Server beside, in 2007 R2 also the Monitoring Server; other roles
    /// have computers of their own. What the table of 2007 R2 does not list is unsupported there.
    "OCS0213" "shared-computer" {
        severity: Error,
        confidence: High,
        source: "Server role collocation (dd425201); Planning Guide step 2, capacity (bb870396); supported topologies of each role",
        runs_despite_errors: true,
        bad: Example::with(bases::STANDARD, &[(
            "  standard_edition se01 {",
            "  web_access cwa01 {\n    address = 10.10.0.11\n    host    = se01\n    pool    = se01\n  }\n\n  standard_edition se01 {",
        )]),
        good: Example::with(bases::STANDARD, &[(
            "  standard_edition se01 {",
            "  archiving_server arch01 {\n    address = 10.10.0.11\n    host    = se01\n  }\n\n  standard_edition se01 {",
        )]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let rows = view.facts::<Collocation>();
    for group in &view.topology.groups {
        let hosts = group.relations.iter().filter(|(relation, host, _)| *relation == Relation::Host && *host != group.id);
        for (_, host, place) in hosts {
            let host = view.topology.group(*host);
            // What is said of the pair counts more than what is said of one of them and any other.
            let covers = |row: &&Collocation| row.covers(group.kind, host.kind);
            let row = rows.iter().filter(covers).max_by_key(|row| !row.with_blocks.is_empty());
            let Some(row) = row.or_else(|| view.fact("unlisted")) else { continue };
            let (verb, label) = match row.verdict {
                Verdict::Allowed => continue,
                Verdict::NotRecommended => ("should", "supported, and advised against"),
                Verdict::Unsupported => ("may", "not supported on one computer"),
            };
            let finding = Finding::new(
                format!(
                    "{} and {} {verb} not share a computer, and `{}` runs on that of `{}`",
                    title(group, view),
                    title(host, view),
                    group.path,
                    host.path
                ),
                *place,
                row.note.as_ref().map_or_else(|| label.to_owned(), |note| format!("{label}: {note}")),
            )
            .related(host.span, "the computer is this one's")
            .help(format!("give `{}` a computer with an `address` of its own, and leave `host` out", group.name));
            sink.report(match (row.verdict, row.provenance.confidence) {
                (_, Confidence::Low) => finding.milder(Severity::Note),
                (Verdict::Unsupported, _) => finding,
                _ => finding.milder(Severity::Warning),
            });
        }
    }
}

/// What people call a server, with its article.
fn title<'a>(group: &'a Group, view: &RuleContext<'a>) -> String {
    match (group.kind, view.endpoints(group).next()) {
        (GroupKind::StandardEdition, _) => "a Standard Edition server".to_owned(),
        (GroupKind::WebAccess, _) => "Communicator Web Access".to_owned(),
        (_, Some(endpoint)) => a(endpoint.role.title_in(view.organization().product)),
        (kind, None) => a(kind.word()),
    }
}
