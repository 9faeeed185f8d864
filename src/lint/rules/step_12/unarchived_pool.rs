//! A pool without the archiving of messages or call details.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, advice, bases, words};
use crate::product::{Feature, GroupKind, Relation, Role};

rule! {
    /// ## What it does
    /// Reports a pool without an Archiving Server although `im_archiving` or `call_detail_records` is on and the topology has
    /// one.
    ///
    /// ## Why it matters
    /// The messages of its users are not archived. Where the law requires an archive, this may be noticed only years later.
    ///
    /// ## Planning Guide
    /// Step 12: each pool whose users are archived is associated with an Archiving Server. Leaving a pool out is allowed, so
    /// this is a warning: waive it with the reason.
    "OCS1203" "unarchived-pool" {
        severity: Warning,
        confidence: High,
        source: "Planning Guide step 12, archiving topologies (bb964005)",
        until: Ocs2007,
        bad: Example::with(bases::ARCHIVING, &[
            ("    archiving         = arch01\n", ""),
            ("  archiving_server arch01", r"  archiving_server arch02 { address = 10.10.0.52 }
  standard_edition se01 {
    address   = 10.10.0.60
    archiving = arch02
  }
  standard_edition se02 {
    address   = 10.10.0.61
    archiving = arch01
  }
  archiving_server arch01"),
        ]),
        good: Example::of(bases::ARCHIVING),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let organization = view.organization();
    let asked = [Feature::ImArchiving, Feature::CallDetailRecords]
        .into_iter()
        .find_map(|feature| Some((feature, organization.feature(feature)?)));
    let Some((feature, place)) = asked else { return };
    if !view.has_role(Role::Archiving) {
        return;
    }
    for pool in view.pools() {
        if pool.related(Relation::Archiving).next().is_none() {
            sink.report(
                Finding::new(
                    format!("`{}` is not archived", pool.path),
                    pool.span,
                    "no `archiving` here, and several servers are possible",
                )
                .related(place, format!("`{}` is switched on here", feature.written()))
                .help(format!(
                    "write {} in {}",
                    words::either(
                        &view
                            .groups(GroupKind::ArchivingServer)
                            .map(|server| format!("`archiving = {}`", advice::reference(server, pool.site)))
                            .collect::<Vec<_>>()
                    ),
                    advice::block(pool)
                )),
            );
        }
    }
}
