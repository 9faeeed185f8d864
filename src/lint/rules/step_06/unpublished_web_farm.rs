//! A name outside that leads to nothing.

use crate::diag::Fact;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::Detail;
use crate::product::{Relation, Role};

rule! {
    /// ## What it does
    /// Reports a pool with an `external_web_farm`, or a Communicator Web Access server with an `external_fqdn`, that no
    /// reverse proxy publishes.
    ///
    /// ## Why it matters
    /// Outside clients receive the name, but no server answers there: the address book, group expansion and slides fail.
    ///
    /// ## Planning Guide
    /// Step 6: web content reaches outside users through a reverse proxy in the perimeter only.
    "OCS0611" "unpublished-web-farm" {
        severity: Warning,
        confidence: High,
        source: "Edge deployment step 2.1, reverse proxy (bb663639)",
        bad: Example::with(bases::STANDARD, &[("    automatic_sign_in = true\n", r#"    automatic_sign_in = true
    external_web_farm = "ocsweb.contoso.com"
"#)]),
        good: Example::of(bases::STANDARD),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for group in &view.topology.groups {
        let name = match &group.detail {
            Detail::Pool { external_web_farm, .. } => external_web_farm,
            Detail::WebAccess { external_fqdn, .. } | Detail::UpdateServer { external_fqdn } => external_fqdn,
            _ => continue,
        };
        let Some(name) = name else { continue };
        if view.dependants(Relation::Publishes, group.id).is_empty() {
            sink.report(
                Finding::new(
                    format!("`{}` has the external name {}, and no reverse proxy publishes it", group.path, name.value),
                    name.span,
                    "no server answers under this name",
                )
                .help(format!("add `{}` to the `publishes` of a `reverse_proxy`, or leave the name out", group.name))
                .needs(Fact::Role(Role::ReverseProxy.word())),
            );
        }
    }
}
