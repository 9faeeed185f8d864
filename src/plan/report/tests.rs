//! The rows of a report over a small topology.

use super::*;
use crate::compile::{CompileOptions, Compiled, compile};
use crate::text::SourceMap;

const TOPOLOGY: &str = r#"organization litware {
  product     = ocs_2007
  sip_domains = ["litware.com"]
  waive OCS0501 { reason = "later"  until = 2030-01-31 }
  waive OCS0502 { reason = "sooner"  until = 2029-12-31 }
  waive OCS0503 { reason = "for ever" }
  active_directory {
    topology = single_forest_single_domain
    domain litware { fqdn = "ad.litware.com" }
  }
}
site main {
  users  = 300
  domain = litware
  network servers { zone = internal  range = 10.1.0.0/24 }
  network clients { zone = internal  range = 10.1.64.0/20  clients = true }
  firewall core { joins = [servers, clients]  dialect = nftables }
  domain_controller dc[01..02] { address = 10.1.0.[5..6] }
  standard_edition ocs01 { address = 10.1.0.11  users = 300  automatic_sign_in = true }
}
"#;

fn compiled() -> Compiled {
    compile(SourceMap::new(vec![("a.ocstopo".to_owned(), TOPOLOGY.to_owned())]), &CompileOptions::default())
}

fn rule(code: &str) -> Option<Rule> {
    let code = ["OCS0501", "OCS0502"].into_iter().find(|known| *known == code)?;
    Some(Rule { code, name: "name", summary: String::new(), step: 5 })
}

fn found(severity: &'static str, code: &'static str) -> Finding<'static> {
    Finding { code, severity, message: "", label: "", place: "a:1".to_owned(), help: None, source: None }
}

#[test]
fn the_worst_findings_come_first_and_are_counted_by_rule() {
    let compiled = compiled();
    let findings = vec![found("note", "OCS0501"), found("warning", "OCS0502"), found("note", "OCS0501")];
    let plan = plan(Inputs { plans: compiled.plans().expect("plans"), findings, rule });
    let codes: Vec<_> = plan.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["OCS0502", "OCS0501", "OCS0501"]);
    let counts: Vec<_> = plan.rules.iter().map(|row| (row.severity, row.rule.code, row.count)).collect();
    assert_eq!(counts, [("warning", "OCS0502", 1), ("note", "OCS0501", 2)]);
}

#[test]
fn the_waiver_that_ends_first_comes_first() {
    let compiled = compiled();
    let plan = plan(Inputs { plans: compiled.plans().expect("plans"), findings: Vec::new(), rule });
    let waivers: Vec<_> = plan.waivers.iter().map(|row| (row.reason, row.until.as_deref(), row.rule.is_some())).collect();
    assert_eq!(
        waivers,
        [(Some("sooner"), Some("2029-12-31"), true), (Some("later"), Some("2030-01-31"), true), (Some("for ever"), None, false)]
    );
    assert_eq!(plan.waivers[0].within.as_deref(), Some("litware"));
}

#[test]
fn servers_stand_for_themselves_and_in_flows_for_their_groups() {
    let compiled = compiled();
    let plan = plan(Inputs { plans: compiled.plans().expect("plans"), findings: Vec::new(), rule });
    let servers: Vec<_> = plan.servers.iter().map(|row| (row.path, row.name, row.zones.clone())).collect();
    assert_eq!(servers[2], ("main.ocs01", Some("ocs01.ad.litware.com"), vec!["internal"]));
    let sign_in = plan.flows.iter().find(|flow| flow.to.contains("main.ocs01") && flow.from.contains("main.clients"));
    let sign_in = sign_in.expect("clients sign in");
    assert_eq!((sign_in.firewalls.len(), sign_in.sites.len()), (1, 1));
    assert!(plan.flows.iter().all(|flow| flow.source.iter().all(|key| plan.sources.contains_key(key.as_str()))));
}
