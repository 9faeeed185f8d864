//! The topologies that the laws of a runbook are tried on, with all plans that one is made from.

use super::super::*;
use crate::catalog::step_catalog;
use crate::compile::{CompileOptions, Compiled, compile};
use crate::model::Topology;
use crate::text::SourceMap;

pub(super) const CONTOSO: &[(&str, &str)] = &[
    ("organization", include_str!("../../../../examples/contoso/organization.ocstopo")),
    ("redmond", include_str!("../../../../examples/contoso/redmond.ocstopo")),
    ("dublin", include_str!("../../../../examples/contoso/dublin.ocstopo")),
    ("voice", include_str!("../../../../examples/contoso/voice.ocstopo")),
];
pub(super) const FABRIKAM: &[(&str, &str)] = &[("fabrikam", include_str!("../../../../examples/fabrikam/fabrikam.ocstopo"))];
pub(super) const LATER: &[(&str, &str)] = &[
    ("organization", include_str!("../../../../examples/r2-consolidated-100000/organization.ocstopo")),
    ("cleveland", include_str!("../../../../examples/r2-consolidated-100000/cleveland.ocstopo")),
];
pub(super) const LITWARE: &[(&str, &str)] = &[("litware", include_str!("../litware.ocstopo"))];

/// Fabrikam on 2007 R2, its front end and its edge server on these operating systems.
pub(super) fn on(front: &str, edge: &str) -> String {
    include_str!("../fabrikam_r2.ocstopo").replace("FRONT", front).replace("EDGE", edge)
}

/// What a topology compiles to, with firewalls on its servers or without.
pub(super) struct World {
    pub(super) compiled: Compiled,
    on_servers: bool,
}

fn form(path: String) -> FileForm {
    FileForm { path, reader: "another tool" }
}

impl World {
    pub(super) fn new(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(name, text)| (format!("{name}.ocstopo"), (*text).to_owned())).collect();
        let compiled = compile(SourceMap::new(files), &CompileOptions::default());
        let errors: Vec<&str> =
            compiled.diags.iter().filter(|d| d.severity == crate::diag::Severity::Error).map(|d| d.message.as_str()).collect();
        assert!(errors.is_empty(), "{errors:?}");
        Self { compiled, on_servers: false }
    }

    /// The same with firewalls on the servers.
    pub(super) fn on_servers(self) -> Self {
        Self { on_servers: true, ..self }
    }

    pub(super) fn plans(&self) -> Plans<'_> {
        self.compiled.plans().expect("a topology")
    }

    pub(super) fn topology(&self) -> &Topology {
        self.plans().topology
    }

    pub(super) fn inputs(&self) -> Inputs<'_> {
        Inputs {
            plans: self.plans(),
            steps: step_catalog(self.topology().organization.product),
            on_servers: self.on_servers.then(|| self.plans().on_servers()),
            files: Files {
                zone: |view, zone| format!("dns/{}/{}.zone", view.word(), zone.name),
                hosts: |file| format!("dns/perimeter/{}.hosts", file.label),
                host_table: "network/firewall/hosts/rules.csv",
                host_firewall: |host| format!("network/firewall/hosts/{}.cmd", host.label),
                firewall_table: |firewall| Some(format!("network/firewall/{}/rules.csv", firewall.label)),
                firewall_rules: |firewall| vec![format!("network/firewall/{}/rules.nft", firewall.label)],
                firewall_values: |_| nftables(),
                listeners: |balancer| Some(format!("network/load-balancer/{}/listeners.csv", balancer.label)),
                balancer_values: |_| vec![("rules", "haproxy.cfg".to_owned())],
                member_values: |_, server| vec![vec![("pool", "a".to_owned()), ("member", server.to_owned())]],
                load_balancer: |balancer| Some(format!("network/load-balancer/{}/haproxy.cfg", balancer.label)),
                publishing_nginx: |proxy| format!("network/publishing/{}/nginx.conf", proxy.label),
                company_rules: |rules| format!("voice/address-book/{}/Company_Phone_Number_Normalization_Rules.txt", rules.label),
                publishing_isa: |proxy| format!("network/publishing/{}/isa-rules.md", proxy.label),
                publishing_table: |proxy| format!("network/publishing/{}/isa-rules.csv", proxy.label),
                records: "dns/records.csv",
                certificates: "pki/certificates.csv",
                zone_ways: |view, zone| {
                    let file = |ending| format!("dns/{}/{}.{ending}", view.word(), zone.name);
                    let whole = zone.soa.is_some().then(|| ("bind_zone", file("zone")));
                    let scripts = [("windows_dns", "cmd"), ("windows_dns_module", "ps1"), ("bind_update", "nsupdate")];
                    scripts.map(|(way, ending)| (way, file(ending))).into_iter().chain(whole).collect()
                },
                zone_forms: |view, zone| vec![form(format!("dns/{}/nsupdate/{}.nsupdate", view.word(), zone.name))],
                request_forms: |certificate| vec![form(format!("pki/{}/request.cnf", certificate.slug))],
                request_of: |certificate, system| format!("pki/{}/request-{}.inf", certificate.slug, system.word()),
                firewall_forms: |firewall, _| vec![form(format!("network/firewall/{}/rules.asa", firewall.label))],
                balancer_forms: |balancer, _| vec![form(format!("network/load-balancer/{}/f5.tmsh", balancer.label))],
            },
            dialects: &[],
        }
    }
}

/// What operations on a firewall of nftables call its files and its table.
pub(super) fn nftables() -> crate::plan::device::Values {
    vec![("rules", "rules.nft".to_owned()), ("own", "ocstopo_own".to_owned())]
}
