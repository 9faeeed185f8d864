//! The volumes of databases and file servers: what is needed, and what is declared in `storage`.

use std::collections::BTreeMap;

use super::{BillPart, BillRow, Draft};
use crate::catalog::{Volume, facts};
use crate::flow::switched_on;
use crate::formula::Number;
use crate::lower::Decl;
use crate::model::Topology;
use crate::plan::sizing::shown;
use crate::text::{joined, one_line};

impl Draft<'_> {
    /// A volume for each thing that a database or file server keeps, with the volumes that are declared for it.
    pub(super) fn volumes(&self) -> Vec<BillRow> {
        let topology = self.plans.topology;
        let declared = declared(topology);
        let rows = facts::<Volume>(topology.organization.product);
        let mut needed = Vec::new();
        for volume in rows.iter().filter(|row| switched_on(topology, &row.when).is_some()) {
            let groups = topology.groups.iter().filter(|group| volume.kinds.iter().any(|kind| kind == group.kind.word()));
            for group in groups {
                let own = declared.get(&group.path).map(Vec::as_slice).unwrap_or_default();
                let holding = own.iter().filter(|block| block.choices("holds").any(|word| word.value == volume.holds));
                let holding: Vec<&&Decl> = holding.collect();
                let mut row = self.row(BillPart::Volumes, &group.path, Some(group.span), &volume.id, &volume.what);
                row.site = Some(topology.site(group.site).name.clone());
                row.count = Some(holding.len().max(1) as u64);
                let said: Vec<String> = holding.iter().map(|block| described(block)).collect();
                row.detail = (!said.is_empty()).then(|| said.join("; "));
                row.note = Some(advice(volume, &holding));
                row.rows = vec![volume.id.clone()];
                row.confidence = Some(volume.provenance.confidence);
                needed.push(row);
            }
        }
        needed
    }
}

/// The `storage` blocks by the path of the group that they are in.
fn declared(topology: &Topology) -> BTreeMap<String, Vec<&Decl>> {
    let mut found = BTreeMap::new();
    let mut open: Vec<(String, &Decl)> = topology.decls.blocks("site").map(|site| (site.name.clone(), site)).collect();
    while let Some((path, decl)) = open.pop() {
        let own: Vec<&Decl> = decl.blocks("storage").collect();
        if !own.is_empty() {
            found.insert(path.clone(), own);
        }
        open.extend(decl.children.iter().map(|child| (format!("{path}.{}", child.name), child)));
    }
    found
}

/// `data, raid_10, 200 GB`.
fn described(block: &Decl) -> String {
    let path = block.text("path").map(|path| one_line(path.value).into_owned());
    let raid = block.choice("raid").map(|raid| raid.value.to_owned());
    let size = block.size("size").map(|size| shown(&Number::from_integer(size.value.into()), "bytes"));
    let parts: Vec<String> = [Some(path.unwrap_or_else(|| block.name.clone())), raid, size].into_iter().flatten().collect();
    parts.join(", ")
}

/// What is advised, and how the declared volumes compare with it.
fn advice(volume: &Volume, holding: &[&&Decl]) -> String {
    let advised = joined(&volume.raid, "or");
    let is_other = |block: &&&Decl| block.choice("raid").is_some_and(|raid| !volume.raid.iter().any(|word| word == raid.value));
    match holding.iter().find(|block| is_other(block)) {
        _ if holding.is_empty() => format!("not declared; advised {advised}"),
        Some(block) => format!("advised {advised}, but `{}` is declared otherwise", block.name),
        None => format!("advised {advised}"),
    }
}
