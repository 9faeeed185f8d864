//! The name of the web farm for outsiders is the pool's own.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::Detail;

rule! {
    /// ## What it does
    /// Reports an `external_web_farm` that is the name of the pool or server itself.
    ///
    /// ## Why it matters
    /// The external name leads to the reverse proxy and the internal name to the pool. When both are the same, a client that
    /// resolves it in the wrong view reaches the wrong server, and the certificate of the proxy has the name of an internal
    /// server.
    ///
    /// ## Planning Guide
    /// Step 4: the external web farm has its own name. The page belongs to the successor product and covers the web farms of this
    /// product too.
    "OCS0432" "web-farm-named-as-pool" {
        severity: Warning,
        confidence: Medium,
        source: "Web farm names (successor text, ocs_14 4cee37c0)",
        runs_despite_errors: true,
        bad: Example::with(bases::EDGE, &[("external_web_farm = \"ocsweb.contoso.com\"", "external_web_farm = \"se01.corp.contoso.com\"")]),
        good: Example::of(bases::EDGE),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for group in view.pools() {
        let Detail::Pool { external_web_farm: Some(farm), .. } = &group.detail else { continue };
        let own = view.endpoints(group).filter_map(|endpoint| endpoint.fqdn.as_ref()).chain(&group.fqdn);
        let Some(own) = own.into_iter().find(|name| name.value == farm.value) else { continue };
        sink.report(
            Finding::new(
                format!("the external web farm of `{}` has the same name as the internal one", group.path),
                farm.span,
                format!("`{}` is the internal name", farm.value),
            )
            .related(own.span, "here")
            .help("give the web farm another name in public DNS, such as `ocsweb` in the SIP domain"),
        );
    }
}
