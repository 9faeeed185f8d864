//! A step speaks of what its computers run: of no other operating system, database or kind of device.

use super::super::facts::Facts;
use super::super::instances;
use super::*;
use crate::catalog::step::{Pattern, Piece, System};
use crate::catalog::{StepRow, step_rows};
use crate::product::Product;

/// What is there on one family of operating systems and not on the other.
const WORDS: &[(System, &[&str])] = &[
    (
        System::Windows2003,
        &[
            "Windows Server 2003",
            "IIS 6.0",
            "Add or Remove",
            "Active Directory Integration",
            "Directory Security",
            "netsh firewall",
            "-2003.inf",
        ],
    ),
    (
        System::Windows2008,
        &[
            "Windows Server 2008",
            "IIS 7.0",
            "Programs and Features",
            "Server Manager",
            "strong host",
            "netsh advfirewall",
            "-2008.inf",
        ],
    ),
];

/// Rows about other computers than those of the deployment: what domain controllers run, and the levels of domains and forest.
const OTHERS: &[&str] = &["AD0"];

fn foreign<'w>(text: &str, may: &[System]) -> Vec<&'w str> {
    let words = WORDS.iter().filter(|(system, _)| !may.contains(system)).flat_map(|(_, words)| words.iter().copied());
    words.filter(|word| text.contains(word)).collect()
}

/// The catalogue's own words in a pattern.
fn literal(pattern: &Pattern) -> String {
    let text = pattern.pieces().iter().map(|piece| match piece {
        Piece::Text { text, .. } => text.as_str(),
        Piece::Value { .. } => "…",
    });
    text.collect()
}

/// Every text of a row with the operating systems that it says it is for; none means all.
fn said_for(row: &StepRow) -> Vec<(String, &[System])> {
    let patterns =
        [Some(&row.title), Some(&row.who), Some(&row.place), row.tool.as_ref(), Some(&row.rollback), row.wait.as_ref()];
    let mut said: Vec<(String, &[System])> = patterns.into_iter().flatten().map(|pattern| (literal(pattern), &[][..])).collect();
    said.push((row.why.clone(), &[]));
    for line in row.instructions.iter().chain(&row.values).chain(&row.commands) {
        said.extend(
            [Some(&line.text), line.item.as_ref()].into_iter().flatten().map(|text| (literal(text), line.system.as_slice())),
        );
    }
    for verify in &row.verify {
        let texts = verify.check.iter().chain(&verify.command).chain([&verify.expect]);
        said.extend(texts.map(|text| (literal(text), verify.system.as_slice())));
    }
    said
}

#[test]
fn a_row_names_an_operating_system_only_where_it_asks_for_it() {
    let mut faults = Vec::new();
    for row in Product::ALL.into_iter().filter_map(step_rows).flatten().filter(|row| !OTHERS.contains(&row.id.as_str())) {
        for (text, systems) in said_for(row) {
            faults.extend(foreign(&text, systems).into_iter().map(|word| format!("{}: `{word}` in `{text}`", row.id)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_step_speaks_of_no_operating_system_that_its_computers_do_not_run() {
    let declared = [
        on("windows_2003_sp2", "windows_2003_r2_sp2"),
        on("windows_2008", "windows_2003_sp2"),
        on("windows_2003_sp2", "windows_2008_sp2"),
        on("windows_2008", "windows_2008"),
    ];
    let declared: Vec<[(&str, &str); 1]> = declared.iter().map(|text| [("f", text.as_str())]).collect();
    let worlds = [CONTOSO, FABRIKAM, LITWARE, LATER].into_iter().chain(declared.iter().map(|files| files.as_slice()));
    for files in worlds {
        let world = World::new(files);
        let inputs = world.inputs();
        let facts = Facts::new(&inputs);
        let plan = plan(&inputs);
        for instance in instances::all(&facts).iter().filter(|instance| !OTHERS.contains(&instance.row.id.as_str())) {
            let about = instance.subject.declared(&facts).path;
            let may = facts.systems(instance.subject);
            assert!(!may.is_empty() || facts.computers(instance.subject).is_some_and(|computers| computers.is_empty()));
            for step in plan.steps().filter(|step| step.row == instance.row.id && step.about == about) {
                for text in texts(step) {
                    assert_eq!(foreign(&text, &may), [""; 0], "{} of {about}, which runs {may:?}: {text}", step.row);
                }
            }
        }
    }
}

#[test]
fn where_nothing_is_declared_each_line_says_which_system_it_is_for() {
    let prepared = said(&runbook(&[("s", SECOND)]), "PR2");
    assert!(prepared.contains("On Windows Server 2003: Install IIS 6.0"), "{prepared}");
    assert!(prepared.contains("On Windows Server 2008: Install IIS 7.0"), "{prepared}");
    assert!(prepared.contains("On Windows Server 2008: Later checks use telnet"), "{prepared}");
    let only = on("windows_2008", "windows_2008");
    let edge = said(&runbook(&[("f", &only)]), "PR3");
    assert!(edge.contains("Install Windows Server 2008, in its edition of 64 bits"), "{edge}");
    assert!(!edge.contains("On Windows Server"), "{edge}");
}

#[test]
fn the_gateways_of_an_edge_are_those_of_its_operating_system() {
    let strong = on("windows_2008", "windows_2008");
    let step_text = said(&runbook(&[("f", &strong)]), "ED0");
    assert!(step_text.contains("one default gateway does not serve them all"), "{step_text}");
    assert!(step_text.contains("a default route through each adapter that has an outer address"), "{step_text}");
    assert!(!step_text.contains("exactly one default gateway"), "{step_text}");
    let one = strong.replace("network_cards = 4", "network_cards = 2");
    let step_text = said(&runbook(&[("f", &one)]), "ED0");
    assert!(
        step_text.contains("Give all outer addresses to one outer adapter, and set exactly one default gateway, there"),
        "{step_text}"
    );
    let weak = on("windows_2008", "windows_2003_sp2");
    let step_text = said(&runbook(&[("f", &weak)]), "ED0");
    assert!(step_text.contains("exactly one default gateway, on the outer adapter of the Access Edge"), "{step_text}");
}

#[test]
fn a_database_is_the_one_that_is_declared() {
    let text = on("windows_2008", "windows_2008");
    let step_text = said(&runbook(&[("f", &text)]), "DB1");
    assert!(
        step_text.contains("Install SQL Server 2008, Standard or Enterprise Edition") && !step_text.contains("2005 with"),
        "{step_text}"
    );
    assert!(step_text.contains("That is not the usual port"), "{step_text}");
    let open = text.replace("version = sql_2008  port = 2433", "");
    let step_text = said(&runbook(&[("f", &open)]), "DB1");
    assert!(step_text.contains("Install SQL Server 2005 with Service Pack 2 or SQL Server 2008,"), "{step_text}");
    assert!(!step_text.contains("usual port"), "{step_text}");
    let first = said(&runbook(CONTOSO), "DB1");
    assert!(!first.contains("SQL Server 2008"), "{first}");
}

#[test]
fn a_translated_media_relay_is_told_so() {
    let text = on("windows_2008", "windows_2008");
    let plan = runbook(&[("f", &text)]);
    let step_text = said(&plan, "ED3");
    assert!(step_text.contains("translated by NAT") && step_text.contains("131.107.7.4"), "{step_text}");
    assert!(said(&plan, "ED0").contains("172.16.7.4 of the A/V Edge to 131.107.7.4"), "{}", said(&plan, "ED0"));
    assert!(!said(&runbook(LATER), "ED3").contains("translated"), "an array is not translated");
}

#[test]
fn a_device_has_no_store_of_windows() {
    let plan = runbook(CONTOSO);
    let device =
        plan.steps().find(|step| step.row == "CE1" && step.about.contains("gw01")).expect("a gateway with a certificate");
    let step_text = texts(device).join("\n");
    assert!(step_text.contains("The certificates that the console of the device shows"), "{step_text}");
    assert!(!step_text.contains("computer account") && !step_text.contains("certreq"), "{step_text}");
    assert!(device.commands.is_empty());
}

#[test]
fn the_version_of_the_schema_is_checked_where_it_is_known() {
    assert!(said(&runbook(LATER), "AD1").contains("rangeUpper"));
    assert!(said(&runbook(LATER), "AD1").contains("1008"));
    assert!(!said(&runbook(CONTOSO), "AD1").contains("rangeUpper"));
}
