//! Why a name is in DNS: `dns sip.contoso.com A`.

use std::collections::{BTreeMap, BTreeSet};

use super::{Known, Opener};
use crate::catalog::{NameRow, RecordType, View, facts};
use crate::diag;
use crate::lower::Fqdn;
use crate::model::Topology;
use crate::plan::Reason;
use crate::plan::dns::{self, DnsPlan, Record, Zone};
use crate::product::Feature;

/// The word that such questions begin with.
const WORD: &str = "dns";

/// A name, and the type of its records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameQuestion {
    /// The name.
    pub name: Fqdn,
    /// The type; `None` for any.
    pub record: Option<RecordType>,
}

/// The records of a name, or what would make some.
#[derive(Debug)]
pub struct NameAnswer<'a> {
    /// What was asked.
    pub question: NameQuestion,
    /// The records, by view and type.
    pub records: Vec<PlannedRecord<'a>>,
    /// Where there are none, the rows that would make some, with the features that are off.
    pub openers: Vec<(View, Opener<'a>)>,
}

/// A record of a view.
#[derive(Debug)]
pub struct PlannedRecord<'a> {
    /// The view.
    pub view: View,
    /// Its zone.
    pub zone: &'a Zone,
    /// The record.
    pub record: &'a Record,
    /// Its reasons, each with the row of the catalogue.
    pub reasons: Vec<(&'a Reason, Option<&'static NameRow>)>,
}

/// Reads a question that begins with `dns`; `None` where it begins with anything else.
pub(super) fn read(text: &str) -> Option<Result<NameQuestion, String>> {
    let mut words = text.split_whitespace();
    words.next().filter(|word| word.eq_ignore_ascii_case(WORD))?;
    Some(question(&words.collect::<Vec<_>>()))
}

fn question(words: &[&str]) -> Result<NameQuestion, String> {
    const FORM: &str = "write a name and a type, as in \"dns sip.contoso.com A\"";
    let (name, kind) = match words {
        [name] => (name, None),
        [name, kind] => (name, Some(kind)),
        _ => return Err(FORM.to_owned()),
    };
    let name =
        Fqdn::parse(name.strip_suffix('.').unwrap_or(name)).map_err(|why| format!("`{name}` is no name: {why}; {FORM}"))?;
    let read = |kind: &str| {
        let known = RecordType::ALL.into_iter().find(|known| known.word().eq_ignore_ascii_case(kind));
        let words: Vec<&str> = RecordType::ALL.iter().map(|known| known.word()).collect();
        known.ok_or_else(|| format!("expected {} as the type, not `{kind}`", words.join(" or ")))
    };
    Ok(NameQuestion { name, record: kind.map(|kind| read(kind)).transpose()? })
}

/// Answers it; a name that no topology of this kind has is told in words.
pub(super) fn answer<'a>(question: &NameQuestion, known: Known<'a>) -> Result<NameAnswer<'a>, String> {
    let rows = facts::<NameRow>(known.topology.organization.product);
    let rows: BTreeMap<&str, &'static NameRow> = rows.iter().map(|row| (row.id.as_str(), row)).collect();
    let records: Vec<PlannedRecord<'a>> = of(known.dns, question)
        .map(|(view, zone, record)| {
            // A record of a reverse zone follows from a row, and is not what the row speaks of.
            let rows = (record.data.record_type() != RecordType::Ptr).then_some(&rows);
            let reasons =
                record.reasons.iter().map(|reason| (reason, rows.and_then(|rows| rows.get(reason.row.as_str()).copied())));
            PlannedRecord { view, zone, record, reasons: reasons.collect() }
        })
        .collect();
    let openers = if records.is_empty() { openers(question, known, &rows) } else { Vec::new() };
    if records.is_empty() && openers.is_empty() {
        let own = question.name.as_str();
        let names: BTreeSet<&str> = known.dns.records().map(|(.., record)| record.owner.as_str()).collect();
        return Err(match diag::nearest(own, names.iter().copied()) {
            _ if names.contains(own) => format!("`{own}` has no record of this type: leave the type out to see all"),
            Some(near) => format!("the topology calls for no name `{own}`: did you mean `{near}`?"),
            None => format!("the topology calls for no name `{own}`: dns/records.csv of a build lists all"),
        });
    }
    Ok(NameAnswer { question: question.clone(), records, openers })
}

fn of<'p>(plan: &'p DnsPlan, question: &NameQuestion) -> impl Iterator<Item = (View, &'p Zone, &'p Record)> {
    plan.records().filter(|(.., record)| {
        record.owner == question.name && question.record.is_none_or(|kind| record.data.record_type() == kind)
    })
}

/// The rows that make such a record as soon as other features are on.
fn openers<'a>(question: &NameQuestion, known: Known<'a>, rows: &BTreeMap<&str, &'static NameRow>) -> Vec<(View, Opener<'a>)> {
    let everything = with_every_feature(known.topology, rows);
    let plan = dns::plan(&everything, known.catalog, None, &known.lines);
    let mut openers: Vec<(View, Opener<'a>)> = Vec::new();
    for (view, _, record) in of(&plan, question) {
        for row in record.reasons.iter().filter_map(|reason| rows.get(reason.row.as_str())) {
            let off = |all: &Vec<Feature>| {
                all.iter().copied().filter(|feature| known.topology.organization.feature(*feature).is_none()).collect::<Vec<_>>()
            };
            let features = row.when.iter().map(off).min_by_key(Vec::len).unwrap_or_default();
            if !openers.iter().any(|(of, opener)| (*of, opener.row) == (view, row.id.as_str())) {
                openers.push((view, Opener { row: &row.id, purpose: &row.purpose, features }));
            }
        }
    }
    openers
}

fn with_every_feature(topology: &Topology, rows: &BTreeMap<&str, &'static NameRow>) -> Topology {
    let mut topology = topology.clone();
    let span = topology.organization.span;
    let named: BTreeSet<Feature> = rows.values().flat_map(|row| row.when.iter().flatten()).copied().collect();
    let on: BTreeSet<Feature> = topology.organization.features.iter().map(|(feature, _)| *feature).collect();
    topology.organization.features.extend(named.difference(&on).map(|feature| (*feature, span)));
    topology
}
