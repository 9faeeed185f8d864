//! A feature that is switched on without the servers that carry it.

use crate::catalog::Confidence;
use crate::diag::Severity;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, Sink, View, bases, words};
use crate::model::Role;

rule! {
    /// ## What it does
    /// Looks for each feature that is switched on whether the roles that carry it exist somewhere in the topology.
    ///
    /// ## Why it matters
    /// Without the role no server listens: the feature's firewall rules, names and certificates are all missing from the artifacts, and
    /// users meet an error that no log of an existing server shows.
    ///
    /// ## Planning Guide
    /// Step 1 pairs each feature with the server roles beyond a Standard Edition server or an Enterprise pool. In 2007 R2 call
    /// detail records moved from the Archiving Server to the Monitoring Server.
    "OCS0101" "missing-role" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 1, features and the server roles that they need",
        bad: Example::with(bases::STANDARD, &[("features    = [web_conferencing, av_conferencing]", "features    = [web_conferencing, av_conferencing, enterprise_voice]")]),
        good: Example::of(bases::VOICE),
    }
}

fn check(view: &View, sink: &mut Sink) {
    for row in &view.catalog.features {
        let Some(place) = view.organization().feature(row.feature) else { continue };
        let missing: Vec<Role> = row.requires.iter().copied().filter(|role| !view.has_role(*role)).collect();
        if missing.is_empty() {
            continue;
        }
        let words: Vec<&str> = missing.iter().map(|role| role.word()).collect();
        let titles: Vec<&str> = missing.iter().map(|role| role.title()).collect();
        let mut finding = Finding::new(
            format!("`{}` needs {}, which the topology does not have", row.feature.word(), words::list(&titles)),
            place,
            format!("switched on here; no server has the role {}", words::quoted(&words)),
        )
        .help(format!("{}; declare {}, or switch `{}` off", row.why, blocks_for(&missing), row.feature.word()));
        if row.provenance.confidence == Confidence::Low {
            finding = finding.milder(Severity::Note);
        }
        sink.report(finding);
    }
}

/// The blocks that bring roles.
pub(super) fn blocks_for(roles: &[Role]) -> String {
    let mut blocks: Vec<String> = roles.iter().map(|role| block_for(*role)).collect();
    blocks.dedup();
    words::list(&blocks)
}

fn block_for(role: Role) -> String {
    match role {
        Role::AccessEdge | Role::WebConferencingEdge | Role::AvEdge => {
            format!("an `edge_array` with a server that has an address for `{}`", role.word())
        }
        Role::WebConferencing | Role::AvConferencing | Role::WebComponents => {
            "a `standard_edition` server or an `enterprise_pool`".to_owned()
        }
        role => format!("a `{}` block", role.word()),
    }
}
