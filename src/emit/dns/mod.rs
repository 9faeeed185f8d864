//! The plan of names to files: one zone file for each view and zone, and all records as a table.

mod bind;
mod records_csv;

use std::collections::BTreeSet;

use super::{Artifact, EmitContext, EmitError, Team};
use crate::catalog::View;
use crate::plan::Reason;
use crate::plan::digest;
use crate::plan::dns::{DnsPlan, Zone};

/// File names end where file systems do; a zone of a longer name gets a digest in place of its tail.
const LONGEST_FILE: usize = 180;

/// All files of the DNS team; none when there are no names.
pub fn emit(plan: &DnsPlan, cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    let mut artifacts = Vec::new();
    for view in &plan.views {
        for zone in &view.zones {
            artifacts.push(Artifact {
                path: path(view.view, zone),
                team: Team::Dns,
                made_from: made_from(zone.records.iter().flat_map(|record| &record.reasons)),
                content: bind::emit(view.view, zone, cx)?,
            });
        }
    }
    if !artifacts.is_empty() {
        artifacts.push(Artifact {
            path: "dns/records.csv".to_owned(),
            team: Team::Dns,
            made_from: made_from(plan.records().flat_map(|(_, _, record)| &record.reasons)),
            content: records_csv::emit(plan, cx),
        });
    }
    Ok(artifacts)
}

/// Where the file of a zone stands: `.zone` for a whole zone, `.records` for records to include.
pub fn path(view: View, zone: &Zone) -> String {
    let name = zone.name.as_str();
    let name = match name.get(..LONGEST_FILE) {
        Some(head) if name.len() > LONGEST_FILE => format!("{head}-{}", digest(name, 8)),
        _ => name.to_owned(),
    };
    let ending = if zone.soa.is_some() { "zone" } else { "records" };
    format!("dns/{}/{name}.{ending}", view.word())
}

fn made_from<'r>(reasons: impl Iterator<Item = &'r Reason>) -> Vec<String> {
    let paths: BTreeSet<&str> = reasons.flat_map(|reason| &reason.declared).map(|declared| declared.path.as_str()).collect();
    paths.into_iter().map(str::to_owned).collect()
}
