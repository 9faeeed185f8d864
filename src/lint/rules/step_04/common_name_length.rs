//! Names that are too long for a certificate.

use crate::catalog::certificate_form;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, Sink, View, bases};
use crate::lower::Fqdn;
use crate::model::{Detail, GroupKind};
use crate::text::Span;

rule! {
    /// ## What it does
    /// Reports a name of a server, pool, array or service that is longer than the common name of a certificate may be.
    ///
    /// ## Why it matters
    /// The product compares the common name with the name that it connects to. A longer one cannot be requested, and
    /// `openssl` and `certreq` refuse to.
    ///
    /// ## Planning Guide
    /// Step 4: the subject of a certificate is the name of the pool, server or edge service. The limit of 64 characters is
    /// the standard's.
    "OCS0420" "common-name-length" {
        severity: Error,
        confidence: High,
        source: "X.520, upper bound of common names; Planning Guide step 4, certificate infrastructure (bb870336)",
        waivable: false,
        bad: Example::with(bases::POOL, &[(
            "\"pool01.corp.contoso.com\"",
            "\"office-communications-server-enterprise-pool-number-one.corp.contoso.com\"",
        )]),
        good: Example::of(bases::POOL),
    }
}

/// Computers that the product asks for no certificate of.
const WITHOUT: &[GroupKind] = &[
    GroupKind::DomainController,
    GroupKind::BackEnd,
    GroupKind::FileShare,
    GroupKind::ArchivingServer,
    GroupKind::MonitoringServer,
];

fn check(view: &View, sink: &mut Sink) {
    let Some(limit) = certificate_form(view.organization().product).map(|form| form.longest_common_name) else { return };
    let mut compare = |name: &Fqdn, place: Span| {
        let length = name.as_str().len();
        if length > limit {
            sink.report_once(
                Finding::new(
                    format!("a certificate names at most {limit} characters, and `{name}` has {length}"),
                    place,
                    format!("{} too many", length - limit),
                )
                .help("choose a shorter name: it is the common name of a certificate"),
            );
        }
    };
    for endpoint in &view.topology.endpoints {
        if WITHOUT.contains(&view.topology.group(endpoint.group).kind) {
            continue;
        }
        if let Some(fqdn) = &endpoint.fqdn {
            compare(&fqdn.value, fqdn.span);
        }
        for server in endpoint.members.iter().map(|member| view.topology.server(member.server)) {
            server.fqdn.iter().for_each(|fqdn| compare(fqdn, server.span));
        }
    }
    for group in &view.topology.groups {
        if let Detail::Pool { external_web_farm: Some(name), .. } | Detail::WebAccess { external_fqdn: Some(name) } =
            &group.detail
        {
            compare(&name.value, name.span);
        }
    }
}
