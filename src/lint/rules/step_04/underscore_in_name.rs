//! An underscore in the name of a computer or service.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, Sink, View, bases};

rule! {
    /// ## What it does
    /// Notes an underscore in the name of a server, pool, array or edge service.
    ///
    /// ## Why it matters
    /// The product bears it. Clients, gateways and public certification authorities of other makers refuse such names, and what follows
    /// the product allows them no more.
    ///
    /// ## Planning Guide
    /// Step 4, names: letters, digits and hyphens; an underscore is allowed and not recommended.
    "OCS0431" "underscore-in-name" {
        severity: Note,
        confidence: High,
        source: "2007 R2 Active Directory names (dd572418)",
        of_what_is_written: true,
        bad: Example::with(bases::POOL, &[("fqdn              = \"pool01.corp.contoso.com\"", "fqdn              = \"pool_01.corp.contoso.com\"")]),
        good: Example::of(bases::POOL),
    }
}

fn check(view: &View, sink: &mut Sink) {
    for endpoint in &view.topology.endpoints {
        let Some(name) = endpoint.fqdn.as_ref().filter(|name| name.value.as_str().contains('_')) else { continue };
        sink.report_once(
            Finding::new(format!("the name `{}` has an underscore", name.value), name.span, "others may refuse it")
                .help(format!("write `{}`", name.value.as_str().replace('_', "-"))),
        );
    }
}
