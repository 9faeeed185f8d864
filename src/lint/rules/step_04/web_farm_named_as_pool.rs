//! The name of the web farm for outsiders is the pool's own.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::Detail;

rule! {
    /// ## What it does
    /// Reports an `external_web_farm` that is the name of the pool or server itself.
    ///
    /// ## Why it matters
    /// The name leads outsiders to the reverse proxy and insiders to the pool. Where both are one, whoever resolves it in the wrong
    /// view goes astray, and the certificate of the proxy bears the name of a server inside.
    ///
    /// ## Planning Guide
    /// Step 4: the external web farm has a name of its own. The page is of the successor, and says so of this product's web farms too.
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
                format!("outsiders know the web farm of `{}` by the name that it has inside", group.path),
                farm.span,
                format!("`{}` is its own name", farm.value),
            )
            .related(own.span, "here")
            .help("give the web farm a name of its own in public DNS, such as `ocsweb` in the SIP domain"),
        );
    }
}
