//! A feature that the product release has not.

use crate::catalog::catalog;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::product::Product;

rule! {
    /// ## What it does
    /// Reports features that the catalogue of the topology's `product` has no row for.
    ///
    /// ## Why it matters
    /// No server of the release offers the feature: nothing would be opened, named or installed for it, and whoever reads the
    /// topology would plan with what is never there.
    ///
    /// ## Planning Guide
    /// Step 1 lists the features of the release. Desktop sharing, dial-in conferencing, response groups and Outside Voice
    /// Control came with 2007 R2.
    "OCS0108" "feature-of-another-release" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 1, the features of the release; 2007 R2 \"Ports and Protocols\"",
        runs_despite_errors: true,
        waivable: false,
        bad: Example::with(
            bases::STANDARD,
            &[("[web_conferencing, av_conferencing]", "[web_conferencing, av_conferencing, desktop_sharing]")],
        ),
        good: Example::of(bases::STANDARD),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let organization = view.organization();
    let product = organization.product;
    for (feature, place) in &organization.features {
        if view.catalog.feature(*feature).is_some() {
            continue;
        }
        let has = |other: &&Product| catalog(**other).feature(*feature).is_some();
        let word = feature.word();
        let way_out = match Product::ALL.iter().find(has) {
            Some(other) => format!("remove `{word}`, or write `product = {}`: {} has it", other.word(), other.title()),
            None => format!("remove `{word}`"),
        };
        sink.report(
            Finding::new(format!("{} has no `{word}`", product.title()), *place, "no server of this release offers it")
                .related_opt(view.blocks_of("organization").next().map(|block| block.decl.place("product")), "the release")
                .help(way_out),
        );
    }
}
