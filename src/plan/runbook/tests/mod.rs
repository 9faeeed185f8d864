//! The laws of a runbook, over the shipped examples and a topology that has all that they lack.

mod directory;
mod fit;
mod records;
mod systems;
mod world;

use std::collections::BTreeSet;

use super::facts::Facts;
use super::fill::MISSING;
use super::instances::{self, Subject};
use super::*;
use crate::catalog::step::{Kind, Scope, Within, vocabulary};
use world::{CONTOSO, FABRIKAM, LATER, LITWARE, World, on};

fn runbook(files: &[(&str, &str)]) -> RunbookPlan {
    plan(&World::new(files).inputs())
}

fn all_runbooks() -> [RunbookPlan; 4] {
    [runbook(CONTOSO), runbook(FABRIKAM), runbook(LITWARE), runbook(LATER)]
}

/// Everything that a step says, one text after the other.
fn texts(step: &Step) -> Vec<String> {
    let line = |line: &Line| line.0.iter().map(|run| run.text.as_ref()).collect::<String>();
    let mut texts: Vec<String> = [&step.title, &step.who, &step.place, &step.rollback].map(line).into();
    texts.extend(step.tool.iter().chain(&step.wait).map(line));
    for point in points(step) {
        texts.push(line(&point.text));
        for item in &point.items {
            texts.extend(Some(line(&item.text)).filter(|text| !text.is_empty() || item.commands.is_empty()));
            texts.extend(item.commands.iter().cloned().chain(item.expect.as_ref().map(line)));
        }
        texts.extend(point.values.iter().chain(&point.commands).cloned());
    }
    for check in &step.checks {
        texts.extend(check.look.iter().map(line).chain(check.command.clone()).chain([line(&check.expect)]));
    }
    texts
}

/// What is done, whichever way, and undone.
fn points(step: &Step) -> impl Iterator<Item = &Instruction> {
    step.instructions.iter().chain(&step.alternative).chain(&step.undo)
}

/// Everything that is typed at a prompt in a step.
fn commands(step: &Step) -> Vec<&str> {
    let of_points =
        points(step).flat_map(|point| point.commands.iter().chain(point.items.iter().flat_map(|item| &item.commands)));
    of_points.chain(step.checks.iter().filter_map(|check| check.command.as_ref())).map(String::as_str).collect()
}

/// Everything that is entered in a console in a step.
fn values(step: &Step) -> Vec<&str> {
    points(step).flat_map(|point| &point.values).map(String::as_str).collect()
}

fn numbers(plan: &RunbookPlan, row: &str) -> Vec<usize> {
    plan.steps().filter(|step| step.row == row).map(|step| step.number).collect()
}

/// Every step of one row is before every step of another, and there are such steps.
fn before(plan: &RunbookPlan, first: &str, then: &str) {
    let (first_numbers, then_numbers) = (numbers(plan, first), numbers(plan, then));
    assert!(!first_numbers.is_empty() && !then_numbers.is_empty(), "{first} or {then} is missing");
    assert!(first_numbers.iter().max() < then_numbers.iter().min(), "{first} {first_numbers:?} before {then} {then_numbers:?}");
}

#[test]
fn prerequisites_come_first() {
    for plan in all_runbooks() {
        assert_eq!(plan.steps().map(|step| step.number).collect::<Vec<_>>(), (1..=plan.count).collect::<Vec<_>>());
        for step in plan.steps() {
            for earlier in &step.prerequisites {
                assert!(earlier.first >= 1 && earlier.last < step.number, "step {} waits for {}", step.id, earlier.steps.plain());
                let named = numbers(&plan, earlier.row).into_iter().filter(|n| (earlier.first..=earlier.last).contains(n));
                assert!(named.count() >= earlier.count, "step {}: {}", step.id, earlier.steps.plain());
            }
        }
        let ids: BTreeSet<&str> = plan.steps().map(|step| step.id.as_str()).collect();
        assert_eq!(ids.len(), plan.count, "ids are unique");
        for phase in &plan.phases {
            assert_eq!(phase.steps.first().map(|step| step.number), Some(phase.first));
            assert_eq!(phase.steps.last().map(|step| step.number), Some(phase.last));
        }
    }
}

#[test]
fn the_deployment_path_of_the_guide() {
    let plan = runbook(CONTOSO);
    for (first, then) in [
        ("AD1", "AD2"),
        ("AD2", "AD3"),
        ("AD3", "EE2"),
        ("DN1", "EE2"),
        ("DB1", "EE2"),
        ("FS1", "EE2"),
        ("EE2", "EE4"),
        ("LB1", "EE4"),
        ("EE4", "EE5"),
        ("EE5", "EE6"),
        ("EE6", "EE9"),
        ("CE1", "EE6"),
        ("EE10", "ED1"),
        ("SE10", "ED1"),
        ("DI4", "ED1"),
        ("FW1", "ED2"),
        ("FW2", "ED2"),
        ("LB1", "ED2"),
        ("CE3", "ED4"),
        ("ED3", "ED7"),
        ("ED7", "ME2"),
        ("VO1", "ME2"),
        ("GW1", "ME4"),
        ("AR1", "AR3"),
        ("AR5", "US1"),
        ("TE4", "US1"),
        ("US1", "US2"),
    ] {
        before(&plan, first, then);
    }
    // The order is stated as well: an edge names the firewalls on its way as prerequisites, not only as neighbours.
    let activation = plan.steps().find(|step| step.row == "ED2" && step.about == "redmond.edge.acc1").expect("an edge");
    let named: BTreeSet<&str> = activation.prerequisites.iter().map(|earlier| earlier.row).collect();
    assert_eq!(named, BTreeSet::from(["ED1", "FW1", "FW2", "LB1"]));
}

#[test]
fn an_expanded_pool_adds_its_servers_role_by_role() {
    let plan = runbook(LITWARE);
    for (first, then) in [("EE5", "EX1"), ("EX1", "EX2"), ("EX1", "EX3"), ("EX2", "EE6"), ("EX3", "EE6"), ("WA1", "WA2")] {
        before(&plan, first, then);
    }
    assert!(numbers(&runbook(CONTOSO), "EX1").is_empty());
}

#[test]
fn no_place_of_a_pattern_is_left_open() {
    let is_place = |text: &str| {
        text.split('{').skip(1).any(|rest| {
            rest.split_once('}').is_some_and(|(name, _)| name.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'_' | b'.')))
        })
    };
    for plan in all_runbooks() {
        for step in plan.steps() {
            for text in texts(step) {
                assert!(!is_place(&text) && !text.contains(MISSING), "step {}: {text}", step.id);
                assert!(!text.trim().is_empty() && !text.contains('\n'), "step {}: {text:?}", step.id);
            }
        }
    }
}

#[test]
fn only_existing_names_are_mentioned() {
    for files in [CONTOSO, FABRIKAM, LITWARE] {
        let world = World::new(files);
        let known = KnownNames::new(world.inputs().plans.topology, world.plans().dns());
        let plan = plan(&world.inputs());
        for step in plan.steps() {
            for text in texts(step) {
                assert_eq!(known.unknown_in(&text), [""; 0], "step {}: {text}", step.id);
            }
        }
    }
}

#[test]
fn commands_have_no_shell_metacharacters() {
    for plan in all_runbooks() {
        for step in plan.steps() {
            // What devices take is for their own interpreters.
            let of_device = |command: &str| {
                let items = points(step).flat_map(|point| &point.items).flat_map(|item| &item.commands);
                step.row != "ED0" && items.into_iter().any(|of_item| of_item == command)
            };
            for command in commands(step).into_iter().filter(|command| !of_device(command)) {
                let outside_quotes: String = command.split('"').step_by(2).collect();
                let odd = outside_quotes;
                assert!(!odd.contains(['&', '|', '<', '>', '^', '%', '!', '`']), "{command}");
                assert!(!command.contains("  ") && !command.contains('\n'), "{command:?}");
            }
        }
    }
}

/// All that the first step of a row says, a line each.
fn step_texts(plan: &RunbookPlan, row: &str) -> String {
    plan.steps().find(|step| step.row == row).map(|step| texts(step).join("\n")).unwrap_or_default()
}

#[test]
fn firewall_steps_match_the_head_of_the_file() {
    let plan = runbook(FABRIKAM);
    for row in ["FW1", "FW2"] {
        let step_texts = step_texts(&plan, row);
        assert!(step_texts.contains("Know this first:"), "{row}: {step_texts}");
        for operation in crate::plan::device::operations("nftables", &world::nftables()) {
            let said = operation.text.iter().chain(&operation.expect).map(Line::plain);
            for text in said.chain(operation.command.clone()) {
                assert!(step_texts.contains(&text), "{row}: {text}");
            }
        }
        assert!(!step_texts.contains("nft flush ruleset"), "{row}: {step_texts}");
    }
}

/// A pool with its roles on computers of their own, one virtual address for all of them, and nothing said of global settings.
const EXPANDED: &str = r#"
organization o {
  product     = ocs_2007
  sip_domains = ["fourthcafe.net"]
  features    = [web_conferencing, av_conferencing, qoe_monitoring]

  active_directory { domain d { fqdn = "d.fourthcafe.net" } }
  certification_authority ca { kind = enterprise }
}

site s {
  domain = d
  network a { zone = internal  range = 10.1.0.0/24  clients = true }
  network b { zone = internal  range = 10.1.1.0/24 }
  firewall f { joins = [a, b]  dialect = nftables }
  domain_controller dc { address = 10.1.0.5 }
  load_balancer lb { nat = snat  snat_addresses = [10.1.0.9] }

  qoe_monitoring_server q { address = 10.1.1.50  back_end qdb { address = 10.1.1.51 } }

  enterprise_pool p {
    configuration     = expanded
    fqdn              = "p.d.fourthcafe.net"
    automatic_sign_in = true
    load_balancer     = lb
    vip               = 10.1.0.10
    monitoring        = q

    front_end fe[1..2] { address = 10.1.0.[11..12] }
    web_components_server w[1..2] { address = 10.1.0.[21..22] }
    web_conferencing_server c[1..2] { address = 10.1.0.[23..24] }
    av_conferencing_server v[1..2] { address = 10.1.0.[25..26] }
    back_end sql { address = 10.1.0.30 }
  }
}
"#;

#[test]
fn each_port_of_a_shared_virtual_address_has_its_own_servers() {
    let step_texts = step_texts(&runbook(&[("e", EXPANDED)]), "LB1");
    let lines: Vec<&str> = step_texts.lines().filter(|line| line.starts_with("10.1.0.10 ")).collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    10.1.0.10 for s.p, ports 135, 444, 5061, in front of fe1.d.fourthcafe.net, fe2.d.fourthcafe.net
    10.1.0.10 for s.p, ports 443, in front of w1.d.fourthcafe.net, w2.d.fourthcafe.net
    ");
}

#[test]
fn withheld_traffic_is_listed_at_its_firewall() {
    let plan = runbook(CONTOSO);
    let step_text: String = plan.steps().filter(|step| step.row == "FW1").map(|step| texts(step).join("\n")).collect();
    let rows: Vec<&str> = step_text.lines().filter(|line| line.contains("(row ")).collect();
    insta::assert_snapshot!(rows.join("\n"), @"
    NTP from internal client to domain controller, udp/123: phones set their clock, without which no certificate is valid (row C16b)
    NTP from internal client to domain controller, udp/123: phones set their clock, without which no certificate is valid (row C16b)
    ");
    assert!(step_text.contains("Not opened, because the catalogue is not sure of it"), "{step_text}");
}

#[test]
fn an_inner_zone_warns_of_hidden_public_names() {
    let step_text = step_texts(&runbook(FABRIKAM), "DN1");
    assert!(
        step_text.contains("fabrikam.com is a SIP domain") && step_text.contains("hides all other names of the public zone"),
        "{step_text}"
    );
}

/// The least of the second release, with a standalone authority and a domain of users only.
const SECOND: &str = r#"
organization o {
  product     = ocs_2007_r2
  sip_domains = ["fourthcafe.net"]
  features    = [av_conferencing]
  active_directory { domain d { fqdn = "d.fourthcafe.net" }  domain people { fqdn = "people.fourthcafe.net"  user_accounts = true } }
  certification_authority ca { kind = standalone  config = 'ca01\Fourth Cafe' }
}
site s {
  domain = d
  network a { zone = internal  range = 10.1.0.0/24  clients = true }
  domain_controller dc { address = 10.1.0.5 }
  standard_edition se { address = 10.1.0.6  automatic_sign_in = true }
}
"#;

#[test]
fn media_is_exempt_from_ipsec_where_the_table_is_sourced() {
    let step_text = step_texts(&runbook(&[("s", SECOND)]), "IP1");
    assert!(step_text.contains("): udp and tcp, both ways: audio and video of conferences"), "{step_text}");
    assert!(step_text.contains("): udp from ports 1024-65535, both ways") && !step_text.contains("A/V Edge"), "{step_text}");
}

#[test]
fn the_planner_has_every_value_of_the_vocabulary() {
    let later = on("windows_2008", "windows_2008");
    let (listed, older) = (fit::listed(), fit::older());
    let listed: &[(&str, &str)] = &[("listed", &listed), ("portland", fit::PORTLAND)];
    let mediation = "  network telephones { zone = internal  range = 10.10.8.0/24 }
  firewall voice { joins = [servers, telephones]  dialect = nftables }
  media_gateway gw { address = 10.10.8.63 }
  mediation_server med { address = 10.10.0.61  gateway_address = 10.10.8.62  media_port_first = 61000  media_port_last = 61999
    next_hop = se01  gateway = gw }
  director dir01";
    let arrays = include_str!("../../../../tests/library/words.ocstopo").replace("  director dir01", mediation);
    let arrays: &[(&str, &str)] = &[("arrays", &arrays)];
    let worlds = [
        CONTOSO,
        FABRIKAM,
        LITWARE,
        &[("s", SECOND)],
        &[("later", &later)],
        &[("older", &older)],
        listed,
        arrays,
        &[("r", records::RECORDS)],
    ];
    let worlds = worlds.map(|files| World::new(files).on_servers());
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for world in &worlds {
        let inputs = world.inputs();
        let facts = Facts::new(&inputs);
        for scope in SCOPES {
            look(&facts, scope, &instances::of_scope(&facts, scope), &mut seen);
        }
    }
    let all = SCOPES.into_iter().flat_map(vocabulary).map(|placeholder| placeholder.name);
    let unknown: BTreeSet<&str> = all.filter(|name| !seen.contains(name)).collect();
    assert!(unknown.is_empty(), "no topology here has {unknown:?}, or the planner does not know them");
}

const SCOPES: [Scope; 9] = [
    Scope::Organization,
    Scope::Domain,
    Scope::Site,
    Scope::Zone,
    Scope::Firewall,
    Scope::LoadBalancer,
    Scope::Certificate,
    Scope::Group,
    Scope::Server,
];

fn look(facts: &Facts<'_>, scope: Scope, subjects: &[Subject], seen: &mut BTreeSet<&'static str>) {
    for placeholder in vocabulary(scope) {
        for subject in subjects {
            let value = facts.value(*subject, placeholder.name);
            assert!(value.is_some() || !placeholder.always, "`{}` is promised for {subject:?}", placeholder.name);
            let Some(value) = value else { continue };
            seen.insert(placeholder.name);
            assert!(value.is_of(placeholder.kind), "`{}` is no {:?}: {value:?}", placeholder.name, placeholder.kind);
            if let (value::Value::List(items), Kind::List(fields)) = (&value, placeholder.kind) {
                let promised: BTreeSet<&str> = fields.iter().map(|(name, _)| *name).collect();
                for item in items {
                    let held: BTreeSet<&str> = item.iter().map(|(name, _)| *name).collect();
                    assert_eq!(held, promised, "`{}`", placeholder.name);
                }
            }
        }
    }
}

#[test]
fn waiting_for_a_step_means_something() {
    // A relation that never leads anywhere would be an invisible prerequisite.
    let mut led: BTreeSet<(String, String)> = BTreeSet::new();
    for step in all_runbooks().iter().flat_map(RunbookPlan::steps) {
        led.extend(step.prerequisites.iter().map(|earlier| (step.row.to_owned(), earlier.row.to_owned())));
    }
    let rows = crate::catalog::step_rows(crate::product::Product::Ocs2007);
    let written: BTreeSet<(String, String)> = rows
        .iter()
        .flat_map(|row| row.after.iter().map(|after| (row.id.clone(), after.step.clone(), after.within)))
        .filter(|(_, _, within)| *within != Within::Organization)
        .map(|(row, earlier, _)| (row, earlier))
        .collect();
    // These need what none of the topologies here has: pools with public certificates, firewalls between servers, and the like.
    let dead: Vec<String> = written.difference(&led).map(|(row, earlier)| format!("{row} after {earlier}")).collect();
    insta::assert_snapshot!(dead.join(", "), @"CE2 after PR2, DI3 after CE3, DI5 after FS1, EE6 after CE3, GW1 after FW1, ME2 after DI4, ME2 after SE10, ME3 after CE3, QM1 after CE3, QM1 after FW1, RP1 after CE1, SE6 after CE3, SU1 after CE1, SU1 after CE3, SU1 after FW1, WA1 after CE3, WA2 after LB1");
}

#[test]
fn the_order_of_files_and_lines_shows_nowhere() {
    let mut turned = CONTOSO.to_vec();
    turned.reverse();
    assert_eq!(runbook(CONTOSO), runbook(&turned));
}

#[test]
fn text_of_the_user_stays_text() {
    let hostile = FABRIKAM[0].1.replace(
        "certification_authority own_ca    { kind = enterprise }",
        "certification_authority own_ca    { kind = enterprise  config = \"dc01.fabrikam.com\\\\x\\\" & del *\" }",
    );
    let plan = runbook(&[("fabrikam", hostile.as_str())]);
    let requests: Vec<&Step> = plan.steps().filter(|step| step.row == "CE1").collect();
    assert!(!requests.is_empty());
    for step in requests {
        assert!(
            commands(step).iter().all(|command| !command.contains("-submit") && !command.contains("del")),
            "{:?}",
            commands(step)
        );
        assert!(texts(step).iter().any(|text| text.contains("web pages")), "the words that stand for the command");
    }
}

/// The subject alone looks right where a name was lost on the way.
#[test]
fn every_certificate_with_several_names_is_read_whole() {
    let plan = runbook(CONTOSO);
    let mut several = 0;
    for step in plan.steps().filter(|step| matches!(step.row, "CE1" | "CE3")) {
        let read = step.checks.iter().any(|check| format!("{check:?}").contains("certutil -dump"));
        several += usize::from(read);
        let asked = texts(step).iter().any(|text| text.starts_with("It must carry exactly these names"));
        assert!(step.row == "CE3" || read == asked, "{:?}", texts(step));
    }
    assert!(several > 3, "{several}");
}

#[test]
fn fabrikam_in_short() {
    let plan = runbook(FABRIKAM);
    let short = |step: &Step| {
        let after: Vec<String> = step.prerequisites.iter().map(|earlier| earlier.steps.plain()).collect();
        format!("{}: {} [{}]", step.id, step.title.plain(), after.join("; "))
    };
    insta::assert_snapshot!(plan.steps().map(short).collect::<Vec<_>>().join("\n"), @"
    PR1.fabrikam: Collect media, accounts and the files of this build []
    PR3.office.edge: Prepare the bare perimeter servers of office.edge []
    CE2.office.edge.access-edge: Order the certificate office-edge-access-edge (sip.fabrikam.com) from the public authority public_ca [PR3.office.edge]
    CE2.office.edge.web-conferencing-edge: Order the certificate office-edge-web-conferencing-edge (webconf.fabrikam.com) from the public authority public_ca [PR3.office.edge]
    PR2.office.ocs01: Prepare the Windows servers of office.ocs01 []
    PR3.office.rp: Prepare the bare perimeter servers of office.rp []
    CE2.office.rp.listener: Order the certificate office-rp-listener (ocsweb.fabrikam.com) from the public authority public_ca [PR3.office.rp]
    AD0.fabrikam: Check that the forest can be prepared []
    AD6.fabrikam: Back up the system state of the schema master [AD0.fabrikam]
    AD1.fabrikam: Prepare the schema [PR1.fabrikam; AD0.fabrikam; AD6.fabrikam]
    AD7.fabrikam: See that the schema has reached all domain controllers [AD1.fabrikam]
    AD2.fabrikam: Prepare the forest [AD1.fabrikam; AD7.fabrikam]
    AD3.fabrikam.com: Prepare the domain fabrikam.com [AD2.fabrikam]
    AD4.fabrikam: Check all domains [AD3.fabrikam.com]
    AD5.fabrikam: Give the deployment team its groups [AD4.fabrikam]
    DN1.internal.fabrikam.com: Load the zone fabrikam.com of the internal view [PR1.fabrikam]
    CE1.office.edge.av-authentication: Get the certificate office-edge-av-authentication (edge01.fabrikam.com) from own_ca [PR3.office.edge]
    CE1.office.edge.internal: Get the certificate office-edge-internal (edge01.fabrikam.com) from own_ca [PR3.office.edge]
    CE3.office.edge.access-edge: Install the certificate office-edge-access-edge (sip.fabrikam.com) from the public authority public_ca [all CE2.office.edge.*]
    CE3.office.edge.web-conferencing-edge: Install the certificate office-edge-web-conferencing-edge (webconf.fabrikam.com) from the public authority public_ca [all CE2.office.edge.*]
    CE1.office.ocs01.default: Get the certificate office-ocs01-default (ocs01.fabrikam.com) from own_ca [PR2.office.ocs01]
    CE3.office.rp.listener: Install the certificate office-rp-listener (ocsweb.fabrikam.com) from the public authority public_ca [CE2.office.rp.listener]
    FW1.office.inner: Load the rules of office.inner [PR1.fabrikam]
    SE4.office.ocs01: Deploy the Standard Edition server ocs01.fabrikam.com [PR2.office.ocs01; AD3.fabrikam.com; AD5.fabrikam; DN1.internal.fabrikam.com; FW1.office.inner]
    SE5.office.ocs01: Configure the Standard Edition server office.ocs01 [SE4.office.ocs01]
    SE6.office.ocs01: Assign the certificate of office.ocs01 [CE1.office.ocs01.default; SE4.office.ocs01]
    SE7.office.ocs01: Bind the web certificate in IIS on office.ocs01 [SE6.office.ocs01]
    SE9.office.ocs01: Start the services of office.ocs01 [SE5.office.ocs01; SE6.office.ocs01; SE7.office.ocs01]
    SE10.office.ocs01: Validate the Standard Edition server office.ocs01 [SE9.office.ocs01]
    TU1.fabrikam: Enable two test users on each pool [SE10.office.ocs01]
    TU2.office.ocs01: Sign in and send a message on office.ocs01 [TU1.fabrikam]
    FW2.office.outer: Load the rules of office.outer [PR1.fabrikam]
    DN2.external.fabrikam.com: Publish the zone fabrikam.com of the external view [PR1.fabrikam; FW2.office.outer]
    RP1.office.rp: Set up the reverse proxy office.rp [PR3.office.rp; CE3.office.rp.listener; SE10.office.ocs01]
    RP2.office.rp: Publish the web farms on office.rp [FW1.office.inner; FW2.office.outer; RP1.office.rp]
    ED0.office.edge.edge01: Set the addresses, routes and hosts file of edge01.fabrikam.com [PR3.office.edge; FW1.office.inner; FW2.office.outer]
    ED1.office.edge.edge01: Install the Edge Server files on edge01.fabrikam.com [SE10.office.ocs01; ED0.office.edge.edge01]
    ED2.office.edge.edge01: Activate edge01.fabrikam.com as Access Edge, Web Conferencing Edge, A/V Edge [FW1.office.inner; FW2.office.outer; ED1.office.edge.edge01]
    ED3.office.edge.edge01: Configure edge01.fabrikam.com [ED2.office.edge.edge01]
    ED4.office.edge: Assign the certificates of office.edge [all CE1.office.edge.*; all CE3.office.edge.*; ED3.office.edge.edge01]
    ED5.office.edge: Start the services of office.edge [ED4.office.edge]
    ED6.office.edge: Validate office.edge [ED5.office.edge]
    ED7.fabrikam: Add the Edge Servers to the global settings [ED6.office.edge]
    ED8.office.ocs01: Let office.ocs01 use its edges [ED7.fabrikam]
    FE1.office.edge: Enable the kinds of external access on office.edge [ED6.office.edge; ED7.fabrikam; ED8.office.ocs01]
    FE2.fabrikam: Allow external access in the forest and for the test users [TU1.fabrikam; FE1.office.edge]
    TE1.office.edge: Test the ports of office.edge from the internet [FW2.office.outer; DN2.external.fabrikam.com; ED6.office.edge]
    TE2.office.edge: Test the ports of office.edge from inside [FW1.office.inner; ED6.office.edge; ED7.fabrikam]
    TE1.office.rp: Test the ports of office.rp from the internet [FW2.office.outer; DN2.external.fabrikam.com; RP2.office.rp; ED6.office.edge]
    TE3.office.rp: Fetch the published pages of office.rp from the internet [DN2.external.fabrikam.com; RP2.office.rp; TE1.office.rp]
    TE4.fabrikam: Go through the sign-in matrix [FE2.fabrikam; all TE1.*; TE2.office.edge; TE3.office.rp]
    US1.office: Enable the users of office [TU2.office.ocs01; TE4.fabrikam]
    US2.fabrikam: Roll out the clients [US1.office]
    HO1.fabrikam: Save the settings and hand over [US2.fabrikam]
    ");
}
