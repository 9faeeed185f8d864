//! One outside name for two edge services.

use std::collections::BTreeMap;

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, Sink, View, bases};
use crate::model::{Role, Side};
use crate::text::Span;

rule! {
    /// ## What it does
    /// Reports two edge services, of one array or of two, with the same name outside.
    ///
    /// ## Why it matters
    /// The name has one address in DNS: clients of one service knock at the other. And each service presents a certificate with its own name as the subject.
    ///
    /// ## Planning Guide
    /// Step 6: each edge service has an external name and a certificate of its own; Access Edge and Web Conferencing Edge must not share one.
    "OCS0612" "shared-edge-name" {
        severity: Error,
        confidence: High,
        source: "Certificate requirements for external user access (dd425344)",
        waivable: false,
        bad: Example::with(bases::EDGE, &[("\"webconf.contoso.com\"", "\"sip.contoso.com\"")]),
        good: Example::of(bases::EDGE),
    }
}

fn check(view: &View, sink: &mut Sink) {
    let mut taken: BTreeMap<&str, (Role, &str, Span)> = BTreeMap::new();
    for role in [Role::AccessEdge, Role::WebConferencingEdge, Role::AvEdge] {
        for endpoint in view.topology.endpoints_of(role, Side::Outside) {
            let Some(fqdn) = &endpoint.fqdn else { continue };
            let path = view.topology.group(endpoint.group).path.as_str();
            match taken.get(fqdn.value.as_str()) {
                Some((other, owner, place)) => sink.report(
                    Finding::new(
                        format!(
                            "the {} of `{owner}` and the {} of `{path}` have one name, {}",
                            other.title(),
                            role.title(),
                            fqdn.value
                        ),
                        fqdn.span,
                        "the name is taken",
                    )
                    .related(*place, format!("the {} has it", other.title()))
                    .help("give each edge service an outside name of its own"),
                ),
                None => {
                    taken.insert(fqdn.value.as_str(), (role, path, fqdn.span));
                }
            }
        }
    }
}
