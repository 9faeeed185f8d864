//! A product release past its end of support.

use crate::catalog::Release;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::lower::Date;

rule! {
    /// ## What it does
    /// Notes that the product is past its end of support on the day given with `--today`. Without `--today` nothing is reported,
    /// because a check reads no clock.
    ///
    /// ## Why it matters
    /// Vulnerabilities that are found now are not fixed, not even in the servers between the internet and the internal network.
    ///
    /// ## Planning Guide
    /// Not in the guide, which was written when the product was new. The end of support is recalled from Microsoft's product life
    /// cycle list, so this is a note.
    "OCS0109" "end-of-support" {
        severity: Note,
        confidence: Low,
        source: "Microsoft product life cycle (recalled)",
        runs_despite_errors: true,
        bad: Example::of(bases::STANDARD).on(Date { year: 2018, month: 1, day: 10 }),
        good: Example::of(bases::STANDARD).on(Date { year: 2018, month: 1, day: 9 }),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let product = view.organization().product;
    let (Some(today), Some(release)) = (view.today, view.fact::<Release>(product.word())) else { return };
    let Some((year, month, day)) = release.last_day() else { return };
    if today <= (Date { year: i32::from(year), month, day }) {
        return;
    }
    let Some(organization) = view.blocks_of("organization").next() else { return };
    sink.report(
        Finding::new(
            format!("{} has had no support since {}", release.title, release.end_of_support),
            organization.decl.place("product"),
            "no fixes are released any more",
        )
        .help("plan the upgrade to a supported release; until then keep only necessary servers in the perimeter"),
    );
}
