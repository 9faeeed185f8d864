//! A virtual address of web servers that no name leads to.

use std::net::Ipv4Addr;

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::{Detail, Endpoint};
use crate::product::{GroupKind, Role, Side};
use crate::text::Spanned;

rule! {
    /// ## What it does
    /// Reports an Enterprise pool whose Web Components have another address than its front ends, and no
    /// `internal_web_farm`.
    ///
    /// ## Why it matters
    /// Without its own name clients look for the web farm by the pool's name, which leads to the front ends: no service listens
    /// on 443 there, so clients get no address book and no meeting content.
    ///
    /// ## Planning Guide
    /// Step 7: in the expanded configuration the web farm has its own virtual address and its own name in DNS.
    "OCS0709" "web-farm-without-name" {
        severity: Error,
        confidence: High,
        source: "Enterprise Edition deployment, expanded configuration: DNS and web farm FQDNs",
        bad: Example::with(bases::EXPANDED, &[(
            "vip               = 10.10.0.10",
            r"vip               = 10.10.0.10
    web_components_load_balancer = lb
    web_components_vip = 10.10.0.20",
        )]),
        good: Example::with(bases::EXPANDED, &[(
            "vip               = 10.10.0.10",
            r#"vip               = 10.10.0.10
    internal_web_farm = "pool01-web.corp.contoso.com"
    web_components_load_balancer = lb
    web_components_vip = 10.10.0.20"#,
        )]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for group in view.groups(GroupKind::EnterprisePool) {
        let Detail::Pool { internal_web_farm: None, .. } = &group.detail else { continue };
        let endpoint = |role| view.topology.group_endpoint(group.id, role, Side::Inside);
        let (Some(pool), Some(web)) = (endpoint(Role::FrontEnd), endpoint(Role::WebComponents)) else { continue };
        let (Some(pool), Some(web)) = (address(pool), address(web)) else { continue };
        if pool.value == web.value {
            continue;
        }
        let name = group.fqdn.as_ref().map_or_else(|| group.path.clone(), |fqdn| fqdn.value.to_string());
        let (label, rest) = name.split_once('.').unwrap_or((&name, ""));
        sink.report(
            Finding::new(
                format!("no name leads to the Web Components of `{}` at {}", group.path, web.value),
                web.span,
                format!("clients connect to {name}, which leads to {}", pool.value),
            )
            .related(pool.span, "the address of the pool's name")
            .help(format!("give the web farm another name, such as `internal_web_farm = \"{label}-web.{rest}\"`")),
        );
    }
}

/// Where the endpoint's name leads: its virtual address, or its only server.
fn address(endpoint: &Endpoint) -> Option<Spanned<Ipv4Addr>> {
    match (&endpoint.vip, endpoint.members.as_slice()) {
        (Some(vip), _) => Some(vip.address),
        (None, [member]) => Some(member.address),
        (None, _) => None,
    }
}
