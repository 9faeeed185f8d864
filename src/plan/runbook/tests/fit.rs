//! The requirements of a step exist by then, and it states all that the topology knows of it.

use super::*;

const WINGTIP: &str = include_str!("../../../../examples/standard-edition-edge/organization.ocstopo");
/// The site of the example.
pub(super) const PORTLAND: &str = include_str!("../../../../examples/standard-edition-edge/portland.ocstopo");

/// Partners that are listed, some of them without their Access Edge.
pub(super) fn listed() -> String {
    let found = WINGTIP.replace("federation         = allowed_partners", "federation         = discovered");
    found.replace("sip_domain = \"adatum.com\"        access_edge = \"sip.adatum.com\"", "sip_domain = \"adatum.com\"")
}

/// A pool on SQL Server 2000 that listens on a port of its own.
pub(super) fn older() -> String {
    EXPANDED.replace("sql { address = 10.1.0.30 }", "sql { address = 10.1.0.30  version = sql_2000_sp4  port = 2433 }")
}

/// All that the steps of a row say, those of all instances.
fn all_step_texts(plan: &RunbookPlan, row: &str) -> String {
    plan.steps().filter(|step| step.row == row).flat_map(texts).collect::<Vec<_>>().join("\n")
}

#[test]
fn partners_of_the_topology_are_named() {
    let allowed = step_texts(&runbook(&[("o", WINGTIP), ("p", PORTLAND)]), "FE1");
    assert!(allowed.contains("Allow federation without discovery.") && !allowed.contains("lists no partner"), "{allowed}");
    assert!(
        allowed.contains("tailspintoys.com: sip.tailspintoys.com\nadatum.com: sip.adatum.com")
            || allowed.contains("adatum.com: sip.adatum.com\ntailspintoys.com: sip.tailspintoys.com"),
        "{allowed}"
    );
    let listed = listed();
    let found = step_texts(&runbook(&[("o", &listed), ("p", PORTLAND)]), "FE1");
    assert!(found.contains("tailspintoys.com: sip.tailspintoys.com") && !found.contains("sip.adatum.com"), "{found}");
    assert!(found.contains("by their SIP domain alone, because DNS leads to their Access Edges:\nadatum.com"), "{found}");
}

#[test]
fn providers_get_the_name_of_the_access_edge() {
    let text = step_texts(&runbook(CONTOSO), "PI1");
    assert!(text.contains("the name that is in the public DNS:\nsip.contoso.com"), "{text}");
}

#[test]
fn disabled_features_are_not_mentioned() {
    let plan = runbook(&[("o", WINGTIP), ("p", PORTLAND)]);
    for row in ["US1", "HO1", "TE4", "FE2"] {
        let step_texts = step_texts(&plan, row);
        assert!(
            !step_texts.contains("ublic IM") && !step_texts.contains("rchiving") && !step_texts.contains("oice"),
            "{row}: {step_texts}"
        );
    }
    assert!(step_texts(&runbook(CONTOSO), "US1").contains("Public IM: enable it"));
    assert!(step_texts(&runbook(CONTOSO), "HO1").contains("`LcsLog`") || step_texts(&runbook(CONTOSO), "HO1").contains("LcsLog"));
}

/// SQL Server 2000 has no service that returns the ports of instances.
#[test]
fn the_database_release_decides_how_a_port_is_found() {
    let older = runbook(&[("e", &older())]);
    let later = runbook(LITWARE);
    for row in ["DB1", "EE5"] {
        let step_texts = all_step_texts(&older, row);
        assert!(
            step_texts.contains("an alias for sql.d.fourthcafe.net with this port") && !step_texts.contains("Browser"),
            "{row}: {step_texts}"
        );
        assert!(all_step_texts(&later, row).contains("SQL Server Browser"), "{row}: {}", all_step_texts(&later, row));
    }
}

#[test]
fn a_database_is_prepared_for_what_it_holds() {
    let plan = runbook(LATER);
    for step in plan.steps().filter(|step| step.row == "DB1") {
        let step_texts = texts(step).join("\n");
        let pool = !step.about.contains("archdb") && !step.about.contains("mondb");
        assert_eq!(step_texts.contains("SQLServer2005_BC_x64.msi"), pool, "{step_texts}");
        assert_eq!(step_texts.contains("create the pool"), pool, "{step_texts}");
        assert_eq!(step_texts.contains("activate the server with this database"), !pool, "{step_texts}");
    }
}

#[test]
fn an_edge_lists_its_requested_names() {
    let mut pings = 0;
    for plan in all_runbooks() {
        for step in plan.steps().filter(|step| step.row == "ED0") {
            for name in commands(step).into_iter().filter_map(|command| command.strip_prefix("ping -n 1 ")) {
                assert!(values(step).iter().any(|line| line.ends_with(&format!(" {name}"))), "{}: {name}", step.about);
                pings += 1;
            }
        }
    }
    assert!(pings > 3, "{pings}");
}

#[test]
fn a_settings_file_is_taken_from_a_server_with_the_same_roles() {
    let plan = runbook(CONTOSO);
    for step in plan.steps().filter(|step| step.row == "ED3") {
        let mentioned = texts(step).iter().any(|text| text.contains("settings file"));
        assert_eq!(mentioned, step.about.starts_with("redmond."), "{}", step.about);
    }
}

/// The virtual address of a pool answers when its servers are in rotation, which is after they are started.
#[test]
fn a_web_farm_behind_a_balancer_is_opened_after_its_start() {
    for plan in [runbook(CONTOSO), runbook(LATER)] {
        let opened = |row| all_step_texts(&plan, row).contains("/Abs/Int");
        assert!(!opened("EE7") && opened("EE9"));
    }
    assert!(all_step_texts(&runbook(FABRIKAM), "SE7").contains("/Abs/Int"));
}

#[test]
fn voice_is_tried_when_it_is_enabled() {
    let plan = runbook(CONTOSO);
    for row in ["VO2", "VO3"] {
        assert!(!all_step_texts(&plan, row).contains("est user"), "{row}: {}", all_step_texts(&plan, row));
    }
    assert!(step_texts(&plan, "VO4").contains("Call a number of each route"));
    assert!(step_texts(&plan, "VO3").contains("the only one there is"));
    let named: Vec<(&str, String)> = CONTOSO
        .iter()
        .map(|(name, text)| {
            (*name, text.replace("    archiving         = arch01\n", "    archiving = arch01\n    location_profile = redmond\n"))
        })
        .collect();
    let named: Vec<(&str, &str)> = named.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let text = all_step_texts(&runbook(&named), "VO3");
    assert!(text.contains("Choose the location profile redmond."), "{text}");
}

#[test]
fn a_mediation_server_is_monitored_when_it_is_there() {
    let text = PORTLAND.replace(
        "  # Access, Web",
        "  qoe_monitoring_server qoe { address = 10.50.0.50  back_end qdb { address = 10.50.0.51 } }
  mediation_server med { address = 10.50.0.61  gateway_address = 10.50.9.61  next_hop = ocs01  gateway = gw }
  media_gateway gw { address = 10.50.9.62  ports = 24 }

  # Access, Web",
    );
    let features = WINGTIP
        .replace("[web_conferencing, av_conferencing]", "[av_conferencing, web_conferencing, enterprise_voice, qoe_monitoring]");
    let plan = runbook(&[("o", &features), ("p", &text)]);
    let associated = step_texts(&plan, "QM2");
    assert!(associated.contains("ocs01.corp.wingtiptoys.com") && !associated.contains("med.corp"), "{associated}");
    assert!(
        step_texts(&plan, "ME2").contains("Associate the server with qoe.corp.wingtiptoys.com"),
        "{}",
        step_texts(&plan, "ME2")
    );
}

#[test]
fn users_of_a_site_without_a_pool_are_homed_somewhere() {
    let site = "site bend { users = 20  domain = wingtip  network lan { zone = internal  range = 10.51.0.0/24  clients = true } }
wan_link line { joins = [bend.lan, portland.servers]  bandwidth = 2Mbps }";
    let plan = runbook(&[("o", WINGTIP), ("p", PORTLAND), ("b", site)]);
    let text = plan.steps().find(|step| step.row == "US1" && step.about == "bend").map(|step| texts(step).join("\n"));
    assert!(text.as_ref().is_some_and(|text| text.contains("is homed on.\nocs01.corp.wingtiptoys.com")), "{text:?}");
}
