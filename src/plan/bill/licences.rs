//! The licences, as the catalogue knows them.

use std::collections::BTreeMap;

use super::computers::Computer;
use super::{BillPart, BillRow, Draft};
use crate::catalog::{Licence, LicensedBy, facts};
use crate::flow::switched_on;
use crate::model::{Detail, GroupId};

impl Draft<'_> {
    /// The licences for the computers and the users of each group, and what is said of the whole organization.
    pub(super) fn licences(&self, computers: &[Computer<'_>]) -> Vec<BillRow> {
        let organization = &self.plans.topology.organization;
        let rows = facts::<Licence>(organization.product).iter();
        let needed = rows.filter(|row| switched_on(self.plans.topology, &row.when).is_some());
        needed.flat_map(|row| self.licence(row, computers)).collect()
    }

    fn licence(&self, licence: &Licence, computers: &[Computer<'_>]) -> Vec<BillRow> {
        let topology = self.plans.topology;
        let organization = &topology.organization;
        let as_stated = |mut row: BillRow| {
            row.rows = vec![licence.id.clone()];
            row.note = row.note.or_else(|| licence.note.clone());
            row.confidence = Some(licence.provenance.confidence);
            row
        };
        let of_group = |id: GroupId, count: Option<u64>| {
            let group = topology.group(id);
            let mut row = self.row(BillPart::Licences, &group.path, Some(group.span), &licence.id, &licence.what);
            row.site = Some(topology.site(group.site).name.clone());
            row.count = count;
            row.note = count.is_none().then(|| "the topology does not state the users of this pool".to_owned());
            as_stated(row)
        };
        match licence.by {
            LicensedBy::Computer => {
                let mut counts: BTreeMap<GroupId, u64> = BTreeMap::new();
                for computer in computers.iter().filter(|computer| licence.roles.iter().any(|role| role == computer.item.word)) {
                    *counts.entry(computer.group.id).or_default() += 1;
                }
                counts.into_iter().map(|(group, count)| of_group(group, Some(count))).collect()
            }
            LicensedBy::User => {
                let pools = topology.groups.iter().filter_map(|group| match &group.detail {
                    Detail::Pool { users, .. } => Some((group.id, users.as_ref().map(|users| users.value))),
                    _ => None,
                });
                pools.map(|(group, users)| of_group(group, users)).collect()
            }
            LicensedBy::Unstated | LicensedBy::Nothing => {
                let mut row =
                    self.row(BillPart::Licences, &organization.name, Some(organization.span), &licence.id, &licence.what);
                row.count = (licence.by == LicensedBy::Nothing).then_some(0);
                vec![as_stated(row)]
            }
        }
    }
}
