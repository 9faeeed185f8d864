//! Archiving Servers on one database, and SQL Server on a server's own computer.

use super::*;

pub(super) const RECORDS: &str = r#"
organization o {
  product     = ocs_2007_r2
  sip_domains = ["fourthcafe.net"]
  features    = [av_conferencing, im_archiving, call_detail_records]
  active_directory { domain d { fqdn = "d.fourthcafe.net" } }
  certification_authority ca { kind = enterprise }
}
site s {
  domain = d
  network a { zone = internal  range = 10.1.0.0/24  clients = true }
  domain_controller dc { address = 10.1.0.5 }
  archiving_server one { address = 10.1.0.7  purge_hour = 3  back_end log { address = 10.1.0.8 } }
  archiving_server two { address = 10.1.0.9  database = one.log  purges = false }
  monitoring_server mon { address = 10.1.0.10  sql_version = sql_2008 }
  standard_edition se { address = 10.1.0.6  automatic_sign_in = true  archiving = one }
  standard_edition other { address = 10.1.0.11  archiving = two }
}
"#;

#[test]
fn servers_on_one_database_are_told_when_to_purge() {
    let plan = runbook(&[("r", RECORDS)]);
    let of = |about: &str| {
        let step = plan.steps().find(|step| step.row == "AR3" && step.about == about).expect("its step");
        texts(step).join("\n")
    };
    let (one, two) = (of("s.one"), of("s.two"));
    assert!(one.contains("PurgeTime of the archiving service in WMI, to 3"), "{one}");
    assert!(two.contains("never purges") && two.contains("log.d.fourthcafe.net"), "{two}");
    assert_eq!(numbers(&plan, "DB1").len(), 1, "one database");
    before(&plan, "DB1", "AR3");
    let says = |step: &&Step| texts(step).iter().any(|text| text.contains("install SQL Server 2008 on this computer"));
    assert_eq!(plan.steps().filter(says).count(), 1, "the Monitoring Server has SQL Server on its own computer");
}

#[test]
fn the_quality_server_has_its_name_of_this_release() {
    let plan = runbook(&[("e", EXPANDED)]);
    let server = plan.servers.iter().find(|server| server.path.starts_with("s.q")).expect("the server");
    assert!(server.roles.contains(&"QoE Monitoring Server"), "{:?}", server.roles);
    let service = plan.services.iter().find(|service| service.group == "s.q").expect("its name");
    assert_eq!(service.roles, ["QoE Monitoring Server"]);
}
