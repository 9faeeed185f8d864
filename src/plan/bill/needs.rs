//! What computers need at least: rows of the catalogue for what runs on them.

use std::collections::BTreeMap;

use super::computers::Computer;
use super::items::Item;
use super::{BillNeed, BillPart};
use crate::catalog::{Hardware, Software, facts};
use crate::product::Product;
use crate::text::thousands;

/// The needs of each kind of computer.
pub(super) fn needs(product: Product, computers: &[Computer<'_>]) -> Vec<BillNeed> {
    let mut kinds: BTreeMap<Item, Vec<&Computer<'_>>> = BTreeMap::new();
    for computer in computers.iter().filter(|computer| computer.item.part.is_computers()) {
        kinds.entry(computer.item).or_default().push(computer);
    }
    let mut needs = Vec::new();
    for (item, computers) in kinds {
        let hardware = facts::<Hardware>(product).iter().filter(|row| row.roles.iter().any(|role| role == item.word));
        needs.extend(hardware.map(|row| BillNeed {
            item: item.word,
            of: "hardware",
            row: &row.id,
            what: figures(row),
            computers: computers.len() as u64,
            step: row.provenance.step,
            source: &row.provenance.source,
            confidence: row.provenance.confidence,
        }));
        for row in facts::<Software>(product) {
            let count = computers.iter().filter(|computer| runs(row, computer)).count() as u64;
            if count > 0 {
                needs.push(BillNeed {
                    item: item.word,
                    of: "software",
                    row: &row.id,
                    what: row.what.clone(),
                    computers: count,
                    step: row.provenance.step,
                    source: &row.provenance.source,
                    confidence: row.provenance.confidence,
                });
            }
        }
    }
    needs
}

/// Whether a computer needs it. SQL Server has requirements of its own.
fn runs(row: &Software, computer: &Computer<'_>) -> bool {
    match row.roles.as_slice() {
        [] => computer.item.part == BillPart::Servers,
        roles => roles.iter().any(|role| computer.words.contains(role.as_str())),
    }
}

/// `4 cores, 2.6 GHz, 4 GB of memory`.
fn figures(row: &Hardware) -> String {
    let count = |number: u64, one: &str| match number {
        1 => format!("1 {one}"),
        number => format!("{} {one}s", thousands(number)),
    };
    let parts = [
        row.cores.map(|cores| count(cores, "core")),
        row.megahertz.map(|clock| format!("{}.{} GHz", clock / 1_000, clock % 1_000 / 100)),
        row.memory.map(|memory| format!("{} GB of memory", thousands(memory))),
        row.disk.map(|disk| format!("{} GB free on disk", thousands(disk))),
        row.disks.map(|disks| count(disks, "disk")),
        row.network_cards.map(|cards| count(cards, "network card")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
