//! Virtual machines.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, Sink, View, bases};
use crate::schema::Product;

/// Computers that are not the product's own.
const FOREIGN: &[&str] = &["domain_controller", "exchange_um", "media_gateway", "reverse_proxy", "back_end"];

rule! {
    /// ## What it does
    /// Reports a server role of the product on a virtual machine.
    ///
    /// ## Why it matters
    /// Audio and video are mixed in real time: a computer whose clock and processor are shared makes conversations that break
    /// up. Microsoft gives no support.
    ///
    /// ## Planning Guide
    /// Step 5: the 2007 release supports no virtual machine in production. 2007 R2 allows some roles without audio, video and
    /// web conferencing.
    "OCS0501" "virtual-computer" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 5, software requirements; virtualization in 2007 R2 (dd572860)",
        products: &[Product::Ocs2007],
        bad: Example::with(bases::STANDARD, &[(
            "    automatic_sign_in = true\n",
            "    automatic_sign_in = true\n    software { virtualized = true }\n",
        )]),
        good: Example::of(bases::STANDARD),
    }
}

fn check(view: &View, sink: &mut Sink) {
    for block in view.blocks_of("software") {
        let Some(owner) = block.parent else { continue };
        if block.decl.boolean("virtualized") && !FOREIGN.contains(&owner.kind()) {
            sink.report_once(
                Finding::new(
                    format!("`{}` is a virtual machine, and {} supports none", block.path, view.organization().product.title()),
                    block.decl.place("virtualized"),
                    format!("a `{}` runs on a computer of its own", owner.kind()),
                )
                .related(owner.name_span, "declared here")
                .help("put the role on a physical computer, or waive this for a laboratory"),
            );
        }
    }
}
