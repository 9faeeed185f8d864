//! One outside name for two services.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{self, NameRow, RecordType, Subject, facts};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::Detail;
use crate::product::{Role, Side};
use crate::text::Span;

rule! {
    /// ## What it does
    /// Reports two edge services, web farms or Communicator Web Access servers with the same external name. The Access Edge also
    /// has a name in each SIP domain.
    ///
    /// ## Why it matters
    /// The name has one address in DNS, so clients of one service connect to the other. Each service also needs a certificate
    /// with its own name as the subject.
    ///
    /// ## Planning Guide
    /// Step 6: each edge service has its own external name and certificate; Access Edge and Web Conferencing Edge must not share
    /// one. Each pool has its own external web farm name.
    "OCS0612" "shared-outside-name" {
        severity: Error,
        confidence: High,
        source: "Certificate requirements for external user access (dd425344)",
        waivable: false,
        bad: Example::with(bases::EDGE, &[("\"webconf.contoso.com\"", "\"sip.contoso.com\"")]),
        good: Example::of(bases::EDGE),
    }
}

/// Who has a name outside: what it is, its path, and the place of the name.
#[derive(Debug, Clone)]
struct Holder<'a> {
    what: &'static str,
    path: &'a str,
    place: Span,
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for (name, first, holder) in clashes(view) {
        sink.report(
            Finding::new(
                format!(
                    "the {} of `{}` and the {} of `{}` have the same external name, {name}",
                    first.what, first.path, holder.what, holder.path
                ),
                holder.place,
                "the name is taken",
            )
            .related(first.place, format!("the {} has it", first.what))
            .help(format!("give the {} of `{}` another name", holder.what, holder.path)),
        );
    }
}

/// The names outside that two services have, with the first holder and the other.
fn clashes<'a>(view: &RuleContext<'a>) -> Vec<(String, Holder<'a>, Holder<'a>)> {
    let mut taken: BTreeMap<String, Holder> = BTreeMap::new();
    let mut clashes = Vec::new();
    for (name, holder) in holders(view) {
        match taken.get(&name) {
            Some(first) if (first.what, first.path) == (holder.what, holder.path) => {}
            Some(first) => clashes.push((name, first.clone(), holder)),
            None => {
                taken.insert(name, holder);
            }
        }
    }
    clashes
}

/// The names outside that this rule reports.
pub(in crate::lint::rules) fn shared_names(view: &RuleContext) -> BTreeSet<String> {
    clashes(view).into_iter().map(|(name, _, _)| name).collect()
}

/// Every name outside with its holder, the Access Edge's first.
fn holders<'a>(view: &RuleContext<'a>) -> Vec<(String, Holder<'a>)> {
    let mut holders = Vec::new();
    for role in [Role::AccessEdge, Role::WebConferencingEdge, Role::AvEdge] {
        for endpoint in view.topology.endpoints_of(role, Side::Outside) {
            let path = view.topology.group(endpoint.group).path.as_str();
            if let Some(fqdn) = &endpoint.fqdn {
                holders.push((
                    fqdn.value.to_string(),
                    Holder { what: role.noun_in(view.organization().product), path, place: fqdn.span },
                ));
            }
        }
    }
    // In each SIP domain the catalogue gives the Access Edge a name.
    let rows = facts::<NameRow>(view.organization().product);
    for row in rows
        .iter()
        .filter(|row| row.view == catalog::DnsView::External && row.record == RecordType::A && row.subject == Subject::SipDomain)
    {
        for (group, _) in view.access_edges().take(1) {
            let names = view.organization().sip_domains.iter().map(|domain| (row.owner.fill(domain.value.as_str()), domain.span));
            holders
                .extend(names.map(|(name, place)| (name, Holder { what: Role::AccessEdge.title(), path: &group.path, place })));
        }
    }
    for group in &view.topology.groups {
        let (what, name) = match &group.detail {
            Detail::Pool { external_web_farm, .. } => ("web farm", external_web_farm),
            Detail::UpdateServer { external_fqdn } => ("update service", external_fqdn),
            Detail::WebAccess { external_fqdn, .. } => ("web access", external_fqdn),
            _ => continue,
        };
        holders.extend(name.iter().map(|name| (name.value.to_string(), Holder { what, path: &group.path, place: name.span })));
    }
    holders
}
