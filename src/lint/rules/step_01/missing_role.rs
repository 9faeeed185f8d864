//! A feature that is switched on without the servers that carry it.

use std::collections::BTreeSet;

use crate::catalog::Confidence;
use crate::diag::{Fact, Severity};
use crate::lint::pool_roles::SPLIT_ROLES;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::product::{Feature, GroupKind, Product, Role};
use crate::schema::a;
use crate::text::Span;

rule! {
    /// ## What it does
    /// Reports a role that a feature requires, and that the topology does not have although the feature is switched on.
    ///
    /// ## Why it matters
    /// Without the role no server listens. The feature's firewall rules, names and certificates are missing from the artifacts,
    /// and users see an error that no server logs.
    ///
    /// ## Planning Guide
    /// Step 1 pairs each feature with the server roles beyond a Standard Edition server or an Enterprise pool. In 2007 R2
    /// call detail records moved from the Archiving Server to the Monitoring Server.
    "OCS0101" "missing-role" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 1, features and the server roles that they need",
        bad: Example::with(bases::STANDARD, &[
            (
                "features    = [web_conferencing, av_conferencing]",
                "features    = [web_conferencing, av_conferencing, enterprise_voice]\n\n  waive flow-withheld { reason = \"Phones take the time from a server in their own network\" }",
            ),
        ]),
        good: Example::of(bases::VOICE),
    }
}

/// What is switched on, and the roles that it asks for.
pub(in crate::lint::rules) struct Need<'a> {
    /// The features, in backquotes.
    pub(in crate::lint::rules) text: String,
    /// Where it is switched on.
    pub(in crate::lint::rules) place: Span,
    /// Roles that it cannot do without.
    pub(in crate::lint::rules) requires: &'a [Role],
    /// Roles that the guide advises.
    pub(in crate::lint::rules) recommends: &'a [Role],
    /// Whether a topology can do without it: instant messaging and presence are what the product is.
    can_be_off: bool,
    why: &'a str,
    confidence: Confidence,
}

/// The needs of all features that are on, alone and together.
pub(in crate::lint::rules) fn needs<'a>(view: &RuleContext<'a>) -> Vec<Need<'a>> {
    let alone = view.catalog.features.iter().filter_map(|row| {
        Some(Need {
            text: format!("`{}`", row.feature.written()),
            can_be_off: row.feature != Feature::ImPresence,
            place: view.organization().feature(row.feature)?,
            requires: &row.requires,
            recommends: &row.recommends,
            why: &row.why,
            confidence: row.provenance.confidence,
        })
    });
    let together = view.catalog.combinations.iter().filter_map(|row| {
        let on = row.when.iter().find(|all| all.iter().all(|feature| view.organization().feature(*feature).is_some()))?;
        let words: Vec<&str> = on.iter().map(|feature| feature.written()).collect();
        Some(Need {
            text: words::quoted(&words),
            can_be_off: true,
            place: view.organization().feature(*on.last()?)?,
            requires: &row.requires,
            recommends: &row.recommends,
            why: &row.why,
            confidence: row.provenance.confidence,
        })
    });
    alone.chain(together).collect()
}

/// The roles of edge servers.
const EDGE: [Role; 3] = [Role::AccessEdge, Role::WebConferencingEdge, Role::AvEdge];

fn check(view: &RuleContext, sink: &mut Sink) {
    let has_pool = view.pools().next().is_some();
    // Features that lack the same block lack one thing.
    let mut lacking: Vec<(String, Vec<Role>, Vec<Need>)> = Vec::new();
    for need in needs(view) {
        // A pool that lacks a part is reported as such, by `expanded-pool-missing-role`.
        let of_a_pool = |role: &Role| has_pool && SPLIT_ROLES.iter().any(|(split, _, _)| split == role);
        let missing: Vec<Role> = need.requires.iter().copied().filter(|role| !view.has_role(*role) && !of_a_pool(role)).collect();
        if missing.is_empty() {
            continue;
        }
        // Without any edge server all its roles are missing with it.
        let edge = view.groups(GroupKind::EdgeArray).next().is_none() && missing.iter().all(|role| EDGE.contains(role));
        let block = if edge { GroupKind::EdgeArray.word().to_owned() } else { blocks_for(&missing, view.organization().product) };
        match lacking.iter_mut().find(|(other, _, needs)| *other == block && needs[0].confidence == need.confidence) {
            Some((_, roles, needs)) => {
                roles.extend(missing);
                needs.push(need);
            }
            None => lacking.push((block, missing, vec![need])),
        }
    }
    for (_, mut missing, needs) in lacking {
        missing.sort_unstable();
        missing.dedup();
        let blocks = blocks_for(&missing, view.organization().product);
        let words: Vec<&str> = missing.iter().map(|role| role.word()).collect();
        let titles: Vec<String> = missing.iter().map(|role| a(role.noun_in(view.organization().product))).collect();
        let first = &needs[0];
        let mut features: Vec<&str> = needs.iter().flat_map(|need| need.text.split(" and ")).collect();
        let mut seen = BTreeSet::new();
        features.retain(|feature| seen.insert(*feature));
        let text = words::list(&features);
        let verb = if features.len() > 1 { "need" } else { "needs" };
        let mut finding = Finding::new(
            format!("{text} {verb} {}, which the topology does not have", words::list(&titles)),
            first.place,
            format!(
                "switched on, and no server has the {} {}",
                if words.len() == 1 { "role" } else { "roles" },
                words::quoted(&words)
            ),
        )
        .help(match needs.iter().all(|need| need.can_be_off) {
            true => format!("{}; declare {blocks}, or switch {text} off", first.why),
            false => format!("{}; declare {blocks}", first.why),
        });
        for need in needs.iter().skip(1) {
            finding = finding.related(need.place, "so is this");
        }
        for role in &missing {
            finding = finding.blames(Fact::Role(role.word()));
        }
        // What an assertion names and nothing declares may be what is missing.
        finding = finding.needs(Fact::References("assert", None));
        sink.report(if first.confidence == Confidence::Low { finding.milder(Severity::Note) } else { finding });
    }
}

/// The blocks that bring roles.
pub(super) fn blocks_for(roles: &[Role], product: Product) -> String {
    let (edge, others): (Vec<Role>, Vec<Role>) = roles.iter().partition(|role| EDGE.contains(role));
    let edge: Vec<&str> = edge.iter().map(|role| role.word()).collect();
    let mut blocks = Vec::new();
    if !edge.is_empty() {
        blocks.push(format!("an `edge_array` with a server that has an address for {}", words::quoted(&edge)));
    }
    blocks.extend(others.into_iter().map(|role| block_for(role, product)));
    blocks.dedup();
    words::list(&blocks)
}

fn block_for(role: Role, product: Product) -> String {
    match role {
        Role::Monitoring if product == Product::Ocs2007 => "a `qoe_monitoring_server` block".to_owned(),
        Role::FrontEnd | Role::WebConferencing | Role::AvConferencing | Role::WebComponents => {
            "a `standard_edition` server or an `enterprise_pool`".to_owned()
        }
        role => format!("{} block", a(&format!("`{}`", role.word()))),
    }
}
