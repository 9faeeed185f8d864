//! What the sections of the shipped catalogue must hold.

use std::collections::BTreeSet;

use super::*;
use crate::catalog::catalog;
use crate::catalog::kinds::KINDS;

fn shipped() -> Vec<Section> {
    sections(Product::Ocs2007)
}

fn section(name: &str) -> Section {
    shipped().into_iter().find(|section| section.name == name).expect("a section")
}

#[test]
fn sections_and_ids_are_distinct() {
    let sections = shipped();
    let names: BTreeSet<&str> = sections.iter().map(|section| section.name).collect();
    assert_eq!(names.len(), sections.len());
    for section in &sections {
        let ids: BTreeSet<&str> = section.rows.iter().map(|row| row.id.as_str()).collect();
        assert!(!ids.is_empty() && ids.len() == section.rows.len(), "{}", section.name);
        assert!(ids.iter().all(|id| !names.contains(id)), "{}: an id is the name of a section", section.name);
    }
}

#[test]
fn every_column_shows_an_existing_field() {
    let later = sections(Product::Ocs2007R2);
    for section in shipped() {
        let rows =
            || section.rows.iter().chain(later.iter().filter(|other| other.name == section.name).flat_map(|other| &other.rows));
        for column in section.columns {
            assert!(rows().any(|row| !row.cell(column.fields).is_empty()), "{}: {}", section.name, column.title);
        }
    }
}

#[test]
fn every_source_of_a_row_has_a_title() {
    let sources = section("sources");
    for section in shipped() {
        for row in &section.rows {
            for key in row.json()["source"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                assert!(sources.row(key).is_some(), "{}: {key}", row.id);
            }
            for (_, titles) in row.conflicts.iter().flat_map(|conflict| &conflict.claims) {
                assert!(!titles.is_empty() && titles.iter().all(|title| sources.row(title).is_none()), "{}", row.id);
            }
        }
    }
}

#[test]
fn all_conflicts_are_shown() {
    let product = Product::Ocs2007;
    let catalog = catalog(product);
    let rows = [
        catalog.flows.iter().filter(|row| row.conflict.is_some()).count(),
        catalog.listeners.iter().filter(|row| row.conflict.is_some()).count(),
    ];
    let conflicts = |row: &Value| usize::from(row["conflict"].is_object()) + row["conflicts"].as_array().map_or(0, Vec::len);
    let facts = KINDS.iter().flat_map(|kind| (kind.rows)(product)).map(|(_, row)| conflicts(&row)).sum();
    let rows = [&rows[..], &[facts]].concat();
    let shown: usize = shipped().iter().flat_map(|section| &section.rows).map(|row| row.conflicts.len()).sum();
    assert!(shown > 10 && shown == rows.iter().sum::<usize>(), "{shown}: {rows:?}");
}

#[test]
fn a_row_with_all_of_its_fields() {
    let flows = section("flows");
    insta::assert_snapshot!(row_markdown(&flows, flows.row("p01A").expect("a row")));
}

#[test]
fn a_row_for_programs() {
    let flows = section("flows");
    insta::assert_snapshot!(format!("{:#}", flows.row("P01a").expect("a row").json()));
}
