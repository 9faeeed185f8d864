//! An underscore in the name of a computer or service.

use crate::diag::{Fact, Severity};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::lower::Fqdn;
use crate::model::{Detail, Named};
use crate::product::Side;
use crate::text::Spanned;

rule! {
    /// ## What it does
    /// Reports an underscore in the name of a server, pool, array or edge service, or of a web farm.
    ///
    /// ## Why it matters
    /// The product accepts it. Other vendors' clients and gateways and public certification authorities refuse such names, and
    /// later products no longer allow them. By default BIND refuses a zone with an address record of such a name, so this is a
    /// warning for external names and a note for internal ones.
    ///
    /// ## Planning Guide
    /// Step 4, names: letters, digits and hyphens; an underscore is allowed and not recommended.
    "OCS0431" "underscore-in-name" {
        severity: Warning,
        confidence: High,
        source: "2007 R2 Active Directory names (dd572418)",
        runs_despite_errors: true,
        bad: Example::with(bases::POOL, &[("fqdn              = \"pool01.corp.contoso.com\"", "fqdn              = \"pool_01.corp.contoso.com\"")]),
        good: Example::of(bases::POOL),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let mut report = |name: &Spanned<Fqdn>, outside: bool| {
        if !name.value.as_str().contains('_') {
            return;
        }
        let finding =
            Finding::new(format!("the name `{}` has an underscore", name.value), name.span, "other systems may refuse it")
                .help(format!("write `{}`", name.value.as_str().replace('_', "-")))
                .needs(Fact::Written(name.span));
        sink.report_once(if outside { finding } else { finding.milder(Severity::Note) });
    };
    // Of a server in a group of several no endpoint has the name.
    for block in view.blocks() {
        let Some(Named::Server(server)) = view.topology.by_path.get(&block.path) else { continue };
        let Some(name) = &view.topology.server(*server).fqdn else { continue };
        let place = block.decl.fqdn("fqdn").map_or(block.decl.name_span, |fqdn| fqdn.span);
        report(&Spanned::new(name.clone(), place), false);
    }
    for endpoint in &view.topology.endpoints {
        endpoint.fqdn.iter().for_each(|name| report(name, endpoint.side == Side::Outside));
    }
    for group in &view.topology.groups {
        match &group.detail {
            Detail::Pool { external_web_farm, internal_web_farm, .. } => {
                external_web_farm.iter().for_each(|name| report(name, true));
                internal_web_farm.iter().for_each(|name| report(name, false));
            }
            Detail::WebAccess { external_fqdn, .. } | Detail::UpdateServer { external_fqdn } => {
                external_fqdn.iter().for_each(|name| report(name, true))
            }
            _ => {}
        }
    }
}
