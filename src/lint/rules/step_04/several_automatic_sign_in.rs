//! Two servers that would answer clients that look for their server by DNS.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};

rule! {
    /// ## What it does
    /// Reports every group beyond the first that says `automatic_sign_in = true`.
    ///
    /// ## Why it matters
    /// A client uses one SRV record and never tries another one. A second record is not a backup: it sends clients to either
    /// server at random.
    ///
    /// ## Planning Guide
    /// Step 4: exactly one Standard Edition server or Enterprise pool of the organization is designated, and no record is
    /// made for any other.
    "OCS0402" "several-automatic-sign-in" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 4, automatic client sign-in (bb870344)",
        runs_despite_errors: true,
        waivable: false,
        bad: Example::with(bases::STANDARD, &[(
            "  standard_edition se01 {",
            r"  director dir01 {
    address           = 10.10.0.12
    automatic_sign_in = true
  }

  standard_edition se01 {",
        )]),
        good: Example::of(bases::STANDARD),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let mut answering = view.topology.groups.iter().filter_map(|group| Some((group, group.automatic_sign_in?)));
    let Some((first, first_place)) = answering.next() else { return };
    let others: Vec<_> = answering.collect();
    for (group, place) in &others {
        sink.report(
            Finding::new(
                format!("{} accept automatic sign-in, and only one may", words::count(others.len() + 1, "server")),
                *place,
                format!("`{}` is one too many", group.path),
            )
            .related(first_place, format!("`{}` accepts it already", first.path))
            .help("keep `automatic_sign_in = true` in one group only; that group redirects the users of the others"),
        );
    }
}
