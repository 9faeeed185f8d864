//! A step mentions only what its computers run: no other operating system, database or kind of device.

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
fn literals(row: &StepRow) -> Vec<(String, &[System])> {
    let patterns =
        [Some(&row.title), Some(&row.who), Some(&row.place), row.tool.as_ref(), Some(&row.rollback), row.wait.as_ref()];
    let mut step_texts: Vec<(String, &[System])> =
        patterns.into_iter().flatten().map(|pattern| (literal(pattern), &[][..])).collect();
    step_texts.push((row.why.clone(), &[]));
    for line in row.lines() {
        let texts = [Some(&line.text), line.item.as_ref(), line.item_command.as_ref(), line.item_expect.as_ref()];
        let typed = line.values.iter().chain(&line.commands).map(|typed| &typed.text);
        step_texts.extend(texts.into_iter().flatten().chain(typed).map(|text| (literal(text), line.system.as_slice())));
    }
    for verify in &row.verify {
        let texts = verify.check.iter().chain(&verify.command).chain([&verify.expect]);
        step_texts.extend(texts.map(|text| (literal(text), verify.system.as_slice())));
    }
    step_texts
}

#[test]
fn rows_name_only_the_operating_systems_they_require() {
    let mut faults = Vec::new();
    for row in Product::ALL.into_iter().flat_map(step_rows).filter(|row| !OTHERS.contains(&row.id.as_str())) {
        for (text, systems) in literals(row) {
            faults.extend(foreign(&text, systems).into_iter().map(|word| format!("{}: `{word}` in `{text}`", row.id)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn steps_mention_only_the_operating_systems_of_their_computers() {
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
fn lines_name_their_system_where_none_is_declared() {
    let prepared = step_texts(&runbook(&[("s", SECOND)]), "PR2");
    assert!(prepared.contains("On Windows Server 2003: Install IIS 6.0"), "{prepared}");
    assert!(prepared.contains("On Windows Server 2008: Install IIS 7.0"), "{prepared}");
    assert!(prepared.contains("On Windows Server 2008: Later checks use telnet"), "{prepared}");
    let only = on("windows_2008", "windows_2008");
    let edge = step_texts(&runbook(&[("f", &only)]), "PR3");
    assert!(edge.contains("Install Windows Server 2008, in its edition of 64 bits"), "{edge}");
    assert!(!edge.contains("On Windows Server"), "{edge}");
}

#[test]
fn the_gateways_of_an_edge_are_those_of_its_operating_system() {
    let strong = on("windows_2008", "windows_2008");
    let step_text = step_texts(&runbook(&[("f", &strong)]), "ED0");
    assert!(step_text.contains("one default gateway does not serve them all"), "{step_text}");
    assert!(step_text.contains("a default route through each adapter that has an outer address"), "{step_text}");
    assert!(!step_text.contains("exactly one default gateway"), "{step_text}");
    let one = strong.replace("network_cards = 4", "network_cards = 2");
    let step_text = step_texts(&runbook(&[("f", &one)]), "ED0");
    assert!(
        step_text.contains("Give all outer addresses to one outer adapter, and set exactly one default gateway, there"),
        "{step_text}"
    );
    let weak = on("windows_2008", "windows_2003_sp2");
    let step_text = step_texts(&runbook(&[("f", &weak)]), "ED0");
    assert!(step_text.contains("exactly one default gateway, on the outer adapter of the Access Edge"), "{step_text}");
}

#[test]
fn the_declared_database_is_used() {
    let text = on("windows_2008", "windows_2008");
    let step_text = step_texts(&runbook(&[("f", &text)]), "DB1");
    assert!(
        step_text.contains("Install SQL Server 2008, Standard or Enterprise Edition") && !step_text.contains("2005 with"),
        "{step_text}"
    );
    assert!(step_text.contains("That is not the usual port"), "{step_text}");
    let open = text.replace("version = sql_2008  port = 2433", "");
    let step_text = step_texts(&runbook(&[("f", &open)]), "DB1");
    assert!(step_text.contains("Install SQL Server 2005 with Service Pack 2 or SQL Server 2008,"), "{step_text}");
    assert!(!step_text.contains("usual port"), "{step_text}");
    let first = step_texts(&runbook(CONTOSO), "DB1");
    assert!(!first.contains("SQL Server 2008"), "{first}");
}

#[test]
fn a_translated_media_relay_is_configured_as_translated() {
    let text = on("windows_2008", "windows_2008");
    let plan = runbook(&[("f", &text)]);
    let step_text = step_texts(&plan, "ED3");
    assert!(step_text.contains("translated by NAT") && step_text.contains("131.107.7.4"), "{step_text}");
    assert!(step_texts(&plan, "ED0").contains("172.16.7.4 of the A/V Edge to 131.107.7.4"), "{}", step_texts(&plan, "ED0"));
    assert!(!step_texts(&runbook(LATER), "ED3").contains("translated"), "an array is not translated");
}

#[test]
fn a_device_has_no_store_of_windows() {
    let plan = runbook(CONTOSO);
    let device =
        plan.steps().find(|step| step.row == "CE1" && step.about.contains("gw01")).expect("a gateway with a certificate");
    let step_text = texts(device).join("\n");
    assert!(step_text.contains("The certificates that the console of the device shows"), "{step_text}");
    assert!(!step_text.contains("computer account") && !step_text.contains("certreq -accept"), "{step_text}");
    let typed = commands(device);
    let [submit, check] = typed.as_slice() else { panic!("{typed:?}") };
    assert!(submit.starts_with("certreq -submit") && check.starts_with("ocstopo cert check"), "{typed:?}");
}

#[test]
fn the_version_of_the_schema_is_checked_where_it_is_known() {
    assert!(step_texts(&runbook(LATER), "AD1").contains("rangeUpper"));
    assert!(step_texts(&runbook(LATER), "AD1").contains("1008"));
    assert!(!step_texts(&runbook(CONTOSO), "AD1").contains("rangeUpper"));
}
