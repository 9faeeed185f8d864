//! The records of all zones as rows, with the name servers and delegations, which no row of the catalogue requires: the zone does.

use super::columns::Reasoned;
use crate::plan::Reason;
use crate::plan::dns::{DnsPlan, Zone};

/// A record.
pub(super) struct NameRow<'a> {
    pub(super) view: &'static str,
    pub(super) zone: &'a Zone,
    pub(super) owner: &'a str,
    pub(super) kind: &'static str,
    pub(super) data: String,
    pub(super) why: Vec<String>,
    reasons: &'a [Reason],
}

impl Reasoned for NameRow<'_> {
    fn reasons(&self) -> &[Reason] {
        self.reasons
    }
}

pub(super) fn name_rows(plan: &DnsPlan) -> Vec<NameRow<'_>> {
    let zones = plan.views.iter().flat_map(|view| view.zones.iter().map(|zone| (view.view.word(), zone)));
    zones.flat_map(|(view, zone)| of_zone(view, zone)).collect()
}

fn of_zone<'a>(view: &'static str, zone: &'a Zone) -> Vec<NameRow<'a>> {
    let mut rows: Vec<NameRow<'a>> = Vec::new();
    for record in &zone.records {
        let mut why: Vec<String> = record.reasons.iter().map(|reason| reason.purpose.clone()).collect();
        why.dedup();
        let kind = record.data.record_type().word();
        rows.push(NameRow {
            view,
            zone,
            owner: record.owner.as_str(),
            kind,
            data: record.data.to_string(),
            why,
            reasons: &record.reasons,
        });
    }
    let mut of_head = |owner: &'a str, kind, data, why: String| {
        rows.push(NameRow { view, zone, owner, kind, data, why: vec![why], reasons: &[] });
    };
    for name in &zone.name_servers {
        of_head(zone.name.as_str(), "NS", format!("{name}."), "a name server of the zone".to_owned());
    }
    for delegation in &zone.delegations {
        let why = || format!("hands over to the zone {}", delegation.zone);
        for name in &delegation.name_servers {
            of_head(delegation.zone.as_str(), "NS", format!("{name}."), why());
        }
        for (name, address) in &delegation.glue {
            of_head(name.as_str(), "A", address.to_string(), why());
        }
    }
    rows
}
