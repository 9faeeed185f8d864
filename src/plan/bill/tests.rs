//! Bills of examples and of small topologies.

use std::collections::BTreeSet;

use super::*;
use crate::catalog::{Hardware, Licence, Software, facts};
use crate::compile::{CompileOptions, Compiled, compile};
use crate::formula::Number;
use crate::product::{GroupKind, Product, Role};
use crate::text::SourceMap;

const ARCHIVING: &str = include_str!("../../lint/bases/archiving.ocstopo");
const STANDARD: &str = include_str!("../../lint/bases/standard.ocstopo");
const EDGE: &str = include_str!("../../lint/bases/edge.ocstopo");

fn compiled(text: &str) -> Compiled {
    compile(SourceMap::new(vec![("a.ocstopo".to_owned(), text.to_owned())]), &CompileOptions::default())
}

fn made(compiled: &Compiled) -> Bill {
    bill(compiled.plans().expect("a topology"), Places::Always)
}

fn totals_of(bill: &Bill, part: BillPart) -> Vec<String> {
    let part = bill.totals.iter().filter(|total| total.part == part);
    part.map(|total| format!("{} {}", total.shown(), total.title)).collect()
}

#[test]
fn computers_are_counted_by_what_they_are() {
    let bill = made(&compiled(ARCHIVING));
    let servers =
        ["1 Archiving Server", "2 A/V Conferencing Server", "2 Front End", "2 Web Components", "2 Web Conferencing Server"];
    let found: BTreeSet<String> = totals_of(&bill, BillPart::Servers).into_iter().collect();
    assert_eq!(found, servers.map(str::to_owned).into());
    assert_eq!(totals_of(&bill, BillPart::Databases), ["2 SQL Server"]);
    let needed = |item: &str, of: &str| -> Vec<&str> {
        bill.needs.iter().filter(|need| need.item == item && need.of == of).map(|need| need.row).collect()
    };
    // Web Components are on servers of their own, so that no front end needs IIS.
    assert!(needed("web_components_server", "software").contains(&"iis") && !needed("front_end", "software").contains(&"iis"));
    assert!(needed("front_end", "software").contains(&"message_queuing"));
    assert_eq!(needed("back_end", "software"), ["sql_server"]);
    assert_eq!(needed("web_components_server", "hardware"), ["web_components"]);
}

/// What runs on the computer of another server is not bought again, and its software is not forgotten.
#[test]
fn a_computer_is_bought_once() {
    let guest =
        "  archiving_server arch01 { address = 10.10.0.11  host = se01 }\n  standard_edition se01 {\n    archiving = arch01\n";
    let bill = made(&compiled(&STANDARD.replace("  standard_edition se01 {\n", guest)));
    assert_eq!(totals_of(&bill, BillPart::Servers), ["0 Archiving Server", "1 Standard Edition server"]);
    let row = bill.rows.iter().find(|row| row.of == "hq.arch01").expect("a row");
    assert_eq!(row.note.as_deref(), Some("on the computer of `hq.se01`"));
    // Without a database elsewhere the archive needs SQL Server beside it.
    let software: Vec<&str> = bill.software().iter().map(|found| found.need.row).collect();
    assert!(software.contains(&"sql_server") && software.contains(&"message_queuing"), "{software:?}");
    let licences = bill.totals.iter().filter(|total| total.item.starts_with("server."));
    assert_eq!(licences.map(BillTotal::shown).collect::<Vec<_>>(), ["1"]);
}

#[test]
fn nodes_of_a_cluster_are_computers_and_its_name_is_none() {
    let clustered = ARCHIVING.replace(
        "back_end sql01 { address = 10.10.0.30 }",
        "back_end sql01 { address = 10.10.0.30  nodes = [10.10.0.31, 10.10.0.32] }",
    );
    assert_eq!(totals_of(&made(&compiled(&clustered)), BillPart::Databases), ["3 SQL Server"]);
}

/// The addresses are those of the figures, divided by purpose.
#[test]
fn addresses_by_purpose_sum_to_the_figures() {
    for text in [ARCHIVING, STANDARD, EDGE] {
        let compiled = compiled(text);
        let plans = compiled.plans().expect("a topology");
        let bill = bill(plans, Places::Always);
        for (item, figure) in [("private", "site.private_addresses"), ("public", "site.public_addresses")] {
            let rows = bill.rows.iter().filter(|row| row.part == BillPart::Addresses && row.item == item);
            let counted: u64 = rows.filter_map(|row| row.count).sum();
            let figures = plans.sizing().figures.iter().filter(|found| found.row.id == figure).map(|found| found.value);
            assert_eq!(Number::from_integer(counted.into()), figures.sum(), "{figure}");
        }
    }
}

#[test]
fn certificates_are_those_of_the_plan() {
    let compiled = compiled(EDGE);
    let plans = compiled.plans().expect("a topology");
    let bill = bill(plans, Places::Always);
    let counted: u64 =
        bill.totals.iter().filter(|total| total.part == BillPart::Certificates).filter_map(|total| total.count).sum();
    assert_eq!(counted, plans.certificates().certificates.len() as u64);
    assert!(bill.totals.iter().any(|total| total.item == "public") && bill.totals.iter().any(|total| total.item == "enterprise"));
}

/// Of 2007 every role is licensed, of 2007 R2 front ends and Edge Servers only (notes on commands and clients, C49 and C50).
#[test]
fn server_licences_differ_by_release() {
    let servers = |text: &str| {
        let bill = made(&compiled(text));
        let licences = bill.totals.iter().filter(|total| total.item.starts_with("server."));
        licences.map(|total| format!("{}: {}", total.item, total.shown())).collect::<Vec<_>>()
    };
    assert_eq!(servers(ARCHIVING), ["server.enterprise: 8", "server.standard: 1"]);
    let later = ARCHIVING.replace("ocs_2007", "ocs_2007_r2");
    assert_eq!(servers(&later), ["server.enterprise: 2", "server.additional: none needed"]);
}

#[test]
fn a_pool_without_users_leaves_its_licences_open() {
    let bill = made(&compiled(&STANDARD.replace("    users             = 900\n", "")));
    let licence = bill.totals.iter().find(|total| total.item == "client_access.standard").expect("a licence");
    assert_eq!((licence.shown().as_str(), licence.unknown), ("not known", 1));
}

#[test]
fn volumes_stand_beside_what_is_declared() {
    let sql = "back_end sql01 { address = 10.10.0.30  storage d { holds = [data]  raid = raid_5  size = 200GB } }";
    let bill = made(&compiled(&ARCHIVING.replace("back_end sql01 { address = 10.10.0.30 }", sql)));
    let of = |item: &str| {
        let row = bill.rows.iter().find(|row| row.of == "hq.pool01.sql01" && row.item == item).expect(item);
        (row.detail.clone(), row.note.clone().unwrap_or_default())
    };
    assert_eq!(of("database_files"), (Some("d, raid_5, 200 GB".into()), "advised raid_10, but `d` is declared otherwise".into()));
    assert_eq!(of("transaction_logs"), (None, "not declared; advised raid_1 or raid_10".into()));
}

/// A row that names what no computer is or runs would never be read.
#[test]
fn rows_name_kinds_that_there_are() {
    let mut known: BTreeSet<&str> = Role::ALL.iter().map(|role| role.word()).chain(["recorded"]).collect();
    for kind in GroupKind::ALL {
        known.extend(Role::ALL.iter().map(|role| items::item(Product::Ocs2007, kind, &[*role]).word));
    }
    // The block of the first release.
    known.insert("qoe_monitoring_server");
    for product in Product::ALL {
        let hardware = facts::<Hardware>(product).iter().flat_map(|row| &row.roles);
        let software = facts::<Software>(product).iter().flat_map(|row| &row.roles);
        let licences = facts::<Licence>(product).iter().flat_map(|row| &row.roles);
        for role in hardware.chain(software).chain(licences) {
            assert!(known.contains(role.as_str()), "{}: {role}", product.word());
        }
    }
}
