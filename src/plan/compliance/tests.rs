//! Sheets of small topologies.

use super::*;
use crate::compile::{CompileOptions, Compiled, compile};
use crate::text::SourceMap;

const ARCHIVING: &str = include_str!("../../lint/bases/archiving.ocstopo");
const STANDARD: &str = include_str!("../../lint/bases/standard.ocstopo");

fn compiled(text: &str) -> Compiled {
    compile(SourceMap::new(vec![("a.ocstopo".to_owned(), text.to_owned())]), &CompileOptions::default())
}

fn with_compliance(attributes: &str) -> Compiled {
    compiled(&ARCHIVING.replacen("  active_directory {", &format!("  compliance {{ {attributes} }}\n\n  active_directory {{"), 1))
}

fn made(compiled: &Compiled) -> CompliancePlan<'_> {
    plan(compiled.plans().expect("a topology"))
}

fn kept(plan: &CompliancePlan<'_>, row: &str) -> (Kept, Kept) {
    plan.things.iter().find(|thing| thing.row == row).map(|thing| (thing.archived, thing.recorded)).expect(row)
}

#[test]
fn messages_are_archived_as_is_decided() {
    let all = compiled(ARCHIVING);
    assert_eq!(kept(&made(&all), "messages"), (Kept::Yes, Kept::Off));
    let external = with_compliance("archive = external");
    let plan = made(&external);
    assert_eq!(kept(&plan, "messages").0, Kept::External);
    // Group conversations are archived as soon as any messages are.
    assert_eq!(kept(&plan, "group_messages").0, Kept::Yes);
    assert_eq!(kept(&plan, "audio_and_video"), (Kept::Never, Kept::Off));
    assert_eq!(kept(&made(&with_compliance("archive = none")), "messages").0, Kept::Off);
}

#[test]
fn stores_name_who_reaches_them_and_what_no_firewall_divides() {
    let compiled = compiled(ARCHIVING);
    let plan = made(&compiled);
    let stores: Vec<&str> = plan.stores.iter().map(|store| store.path).collect();
    assert_eq!(stores, ["hq.arch01", "hq.arch01.archdb"]);
    let senders: Vec<&str> = plan.stores[0].reached.iter().map(|reach| reach.from).collect();
    assert!(senders.contains(&"hq.pool01"), "{senders:?}");
    assert!(plan.stores[1].reached.iter().any(|reach| reach.from == "hq.arch01"));
    assert_eq!(plan.stores[0].areas, [0]);
    assert_eq!(plan.areas, [["hq.servers"]]);
    assert!(plan.travels.iter().any(|row| row.from.contains("hq.pool01") && row.to.contains("hq.arch01")));
}

#[test]
fn critical_mode_counts_the_users_that_it_stops() {
    let compiled = with_compliance("critical = true");
    let plan = made(&compiled);
    assert_eq!(plan.stops, Some(Stops { pools: vec!["hq.pool01"], users: 30_000 }));
    let rows: Vec<&str> = plan.facts.iter().map(|fact| fact.row).collect();
    assert!(rows.contains(&"failure.local_queue") && rows.contains(&"archiving_server.time"), "{rows:?}");
    assert!(!rows.contains(&"failure.ordinary"), "{rows:?}");
}

/// Notes on compliance, 5.2: 65,000 users were measured with messages that are purged every 3 days.
#[test]
fn retention_is_measured_from_65_000_users() {
    let standing = |users: &str, days: &str| {
        let text = ARCHIVING.replace("users             = 30_000", &format!("users             = {users}"));
        let text =
            text.replacen("  active_directory {", &format!("  compliance {{ retention = {days} }}\n  active_directory {{"), 1);
        let compiled = compiled(&text);
        let plan = made(&compiled);
        plan.retention.iter().find(|row| row.row == "archiving.purge.im_archiving").map(|row| row.standing)
    };
    assert_eq!(standing("65_000", "60d"), Some(Standing::Beyond));
    assert_eq!(standing("65_000", "3d"), Some(Standing::Within));
    assert_eq!(standing("64_999", "60d"), Some(Standing::FewerUsers));
}

#[test]
fn a_deployment_that_keeps_nothing_says_so() {
    let compiled = compiled(&STANDARD.replace("[web_conferencing, av_conferencing]", "[av_conferencing]"));
    let plan = made(&compiled);
    assert!(
        !plan.keeps && plan.stores.is_empty() && plan.travels.is_empty() && plan.retention.is_empty() && plan.facts.is_empty()
    );
    assert_eq!(kept(&plan, "messages"), (Kept::Off, Kept::Off));
}

#[test]
fn the_hour_of_the_purge_is_on_the_sheet() {
    let text = ARCHIVING.replacen("  archiving_server arch01 {", "  archiving_server arch01 {\n    purge_hour = 3", 1);
    assert_ne!(text, ARCHIVING);
    let purge = |text: &str| {
        let compiled = compiled(text);
        let rows = made(&compiled).settings.into_iter().skip(4);
        rows.map(|row| format!("{}: {} {}", row.declared, row.what, row.value)).collect::<Vec<_>>()
    };
    assert_eq!(purge(&text), ["hq.arch01: the database is purged each day at 03:00"]);
    assert!(purge(ARCHIVING).is_empty());
}
