//! An alias where a zone begins.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::plan::dns::RecordData;

rule! {
    /// ## What it does
    /// Reports a CNAME record whose name is the name of its zone.
    ///
    /// ## Why it matters
    /// The top of a zone has a SOA record and NS records, and a name with a CNAME record may have no other record. DNS servers
    /// refuse such a zone.
    ///
    /// ## Planning Guide
    /// Step 4: Communicator Web Access of 2007 R2 has two aliases, `as.` and `download.` before its own name. Neither name may be
    /// a domain of the organization or an existing zone.
    "OCS0453" "alias-at-zone-top" {
        severity: Error,
        confidence: High,
        source: "RFC 1034, section 3.6.2; 2007 R2 DNS records of Communicator Web Access (dd441191)",
        since: Ocs2007R2,
        waivable: false,
        bad: Example::with(bases::STANDARD, &[
            ("ocs_2007", "ocs_2007_r2"),
            ("av_conferencing]", "av_conferencing, web_access, desktop_sharing]"),
            ("  dns { internal_name_servers = [\"dc01.corp.contoso.com\"] }", "  dns {\n    internal_name_servers = [\"dc01.corp.contoso.com\"]\n    zone web { fqdn = \"as.cwa01.corp.contoso.com\"  owner = \"Web operations\" }\n  }"),
            ("  standard_edition se01 {", "  web_access cwa01 { address = 10.10.0.70  pool = se01 }\n\n  standard_edition se01 {"),
        ]),
        good: Example::with(bases::STANDARD, &[
            ("ocs_2007", "ocs_2007_r2"),
            ("av_conferencing]", "av_conferencing, web_access, desktop_sharing]"),
            ("  dns { internal_name_servers = [\"dc01.corp.contoso.com\"] }", "  dns {\n    internal_name_servers = [\"dc01.corp.contoso.com\"]\n    zone web { fqdn = \"cwa01.corp.contoso.com\"  owner = \"Web operations\" }\n  }"),
            ("  standard_edition se01 {", "  web_access cwa01 { address = 10.10.0.70  pool = se01 }\n\n  standard_edition se01 {"),
        ]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for (_, zone, record) in view.dns.records() {
        if zone.name == record.owner && matches!(record.data, RecordData::Cname(_)) {
            sink.report_once(
                Finding::new(
                    format!("`{}` is an alias and the name of a zone", record.owner),
                    record.places.name,
                    "the alias is derived from this name",
                )
                .help("remove the zone of this name, or give the server another name"),
            );
        }
    }
}
