//! What is bought, ordered and asked for: servers with what they need at least, databases, appliances, addresses, certificates and
//! licences, apart for each pool or site and summed. Input: the topology with its plans. Output: a [`Bill`], plain values.

mod computers;
mod items;
mod licences;
mod needs;
mod others;
#[cfg(test)]
mod tests;
mod volumes;

use std::collections::BTreeMap;

use serde::Serialize;

use self::computers::computers;
use super::Plans;
use super::sizing::Places;
use crate::catalog::Confidence;
use crate::text::{Span, thousands};

/// The parts of a bill, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BillPart {
    /// Computers with roles of the product.
    Servers,
    /// Computers with SQL Server.
    Databases,
    /// Computers that the deployment uses and that are no part of the product.
    OtherServers,
    /// Volumes of databases and file servers.
    Volumes,
    /// Load balancers, firewalls, reverse proxies, gateways.
    Appliances,
    /// Addresses.
    Addresses,
    /// Certificates.
    Certificates,
    /// Licences.
    Licences,
}

impl BillPart {
    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            BillPart::Servers => "Servers",
            BillPart::Databases => "SQL Servers",
            BillPart::OtherServers => "Other servers",
            BillPart::Volumes => "Volumes",
            BillPart::Appliances => "Appliances",
            BillPart::Addresses => "Addresses",
            BillPart::Certificates => "Certificates",
            BillPart::Licences => "Licences",
        }
    }

    /// Whether it is computers that the product says something of.
    pub fn is_computers(self) -> bool {
        self <= BillPart::Databases
    }

    /// Its word in tables and answers.
    pub fn word(self) -> &'static str {
        match self {
            BillPart::Servers => "servers",
            BillPart::Databases => "databases",
            BillPart::OtherServers => "other_servers",
            BillPart::Volumes => "volumes",
            BillPart::Appliances => "appliances",
            BillPart::Addresses => "addresses",
            BillPart::Certificates => "certificates",
            BillPart::Licences => "licences",
        }
    }
}

/// The whole bill.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bill {
    /// What each pool, device or site has.
    pub rows: Vec<BillRow>,
    /// The same summed.
    pub totals: Vec<BillTotal>,
    /// What the computers of each kind need at least.
    pub needs: Vec<BillNeed>,
}

/// Things of one kind for one pool, device or site.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BillRow {
    /// The part of the bill.
    pub part: BillPart,
    /// The site; none for what the whole organization has.
    pub site: Option<String>,
    /// The path of what they are for.
    pub of: String,
    /// `file:line` of that.
    pub place: Option<String>,
    /// What it is, by a word.
    pub item: String,
    /// What it is, for people.
    pub title: String,
    /// How many; none where that is not known.
    pub count: Option<u64>,
    /// More about them.
    pub detail: Option<String>,
    /// The rows of the catalogue that say so.
    pub rows: Vec<String>,
    /// What a reader must know.
    pub note: Option<String>,
    /// How sure those rows are; none for what is counted in the topology.
    pub confidence: Option<Confidence>,
}

/// All things of one kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BillTotal {
    /// The part of the bill.
    pub part: BillPart,
    /// What it is, by a word.
    pub item: String,
    /// What it is, for people.
    pub title: String,
    /// How many; none where that is known nowhere.
    pub count: Option<u64>,
    /// For how many pools, devices or sites the number is not known.
    pub unknown: u64,
    /// The rows of the catalogue that say so.
    pub rows: Vec<String>,
    /// What a reader must know.
    pub note: Option<String>,
    /// How sure those rows are.
    pub confidence: Option<Confidence>,
}

impl BillTotal {
    /// The number for people, with what it leaves out.
    pub fn shown(&self) -> String {
        match (self.count, self.unknown) {
            (Some(0), 0) if self.part == BillPart::Licences => "none needed".to_owned(),
            (None, _) => "not known".to_owned(),
            (Some(count), 0) => thousands(count),
            (Some(count), unknown) => format!("{} and {} not known", thousands(count), thousands(unknown)),
        }
    }
}

/// Something that computers of one kind need.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BillNeed {
    /// The kind, as rows call it.
    pub item: &'static str,
    /// `hardware` or `software`.
    pub of: &'static str,
    /// The row of the catalogue.
    pub row: &'static str,
    /// What they need.
    pub what: String,
    /// How many computers.
    pub computers: u64,
    /// The step of the Planning Guide.
    pub step: u8,
    /// The pages that state it.
    pub source: &'static [String],
    /// How sure it is.
    pub confidence: Confidence,
}

/// A requirement of software with all computers that have it.
#[derive(Debug, Clone, PartialEq)]
pub struct SoftwareNeed<'b> {
    /// The requirement, of the first kind of computer that has it.
    pub need: &'b BillNeed,
    /// How many computers have it.
    pub computers: u64,
    /// Whether all computers with roles of the product have it.
    pub everywhere: bool,
    /// The kinds of computers that have it, for people.
    pub titles: Vec<&'b str>,
}

impl Bill {
    /// The software by its rows, what all servers need first.
    pub fn software(&self) -> Vec<SoftwareNeed<'_>> {
        let kinds: Vec<&BillTotal> = self.totals.iter().filter(|total| total.part.is_computers()).collect();
        let servers = kinds.iter().filter(|total| total.part == BillPart::Servers);
        let all = servers.filter_map(|total| total.count).fold(0, u64::saturating_add);
        let mut found: Vec<SoftwareNeed<'_>> = Vec::new();
        for need in self.needs.iter().filter(|need| need.of == "software") {
            let title = kinds.iter().find(|total| total.item == need.item).map(|total| total.title.as_str());
            match found.iter_mut().find(|known| known.need.row == need.row) {
                Some(known) => {
                    known.computers = known.computers.saturating_add(need.computers);
                    known.titles.extend(title);
                }
                None => {
                    let titles = title.into_iter().collect();
                    found.push(SoftwareNeed { need, computers: need.computers, everywhere: false, titles });
                }
            }
        }
        found.iter_mut().for_each(|known| known.everywhere = known.computers == all);
        found.sort_by(|a, b| (!a.everywhere, a.need.row).cmp(&(!b.everywhere, b.need.row)));
        found
    }
}

/// Makes rows with places as an answer or a build names them.
struct Draft<'a> {
    plans: Plans<'a>,
    places: Places,
}

impl Draft<'_> {
    /// A row that is counted in the topology.
    fn row(&self, part: BillPart, of: &str, span: Option<Span>, item: &str, title: &str) -> BillRow {
        let declared = self.plans.lines.source_ref(of, span);
        BillRow {
            part,
            site: None,
            of: of.to_owned(),
            place: self.places.of(&declared).map(str::to_owned),
            item: item.to_owned(),
            title: title.to_owned(),
            count: None,
            detail: None,
            rows: Vec::new(),
            note: None,
            confidence: None,
        }
    }
}

/// The bill of a topology.
pub fn bill(plans: Plans<'_>, places: Places) -> Bill {
    let draft = Draft { plans, places };
    let computers = computers(plans.topology);
    let mut rows = draft.computers(&computers);
    rows.extend(draft.volumes());
    rows.extend(draft.devices());
    rows.extend(draft.addresses());
    rows.extend(draft.certificates());
    rows.extend(draft.licences(&computers));
    rows.sort_by_key(|row| row.part);
    let totals = totals(&rows);
    Bill { totals, needs: needs::needs(plans.topology.organization.product, &computers), rows }
}

/// The sums of equal items, in the order of their first rows.
fn totals(rows: &[BillRow]) -> Vec<BillTotal> {
    let mut totals: Vec<BillTotal> = Vec::new();
    let mut places: BTreeMap<(BillPart, &str, &str), usize> = BTreeMap::new();
    for row in rows {
        let at = *places.entry((row.part, &row.item, &row.title)).or_insert_with(|| {
            totals.push(BillTotal {
                part: row.part,
                item: row.item.clone(),
                title: row.title.clone(),
                count: None,
                unknown: 0,
                rows: Vec::new(),
                note: row.note.clone(),
                confidence: row.confidence,
            });
            totals.len() - 1
        });
        let total = &mut totals[at];
        match row.count {
            Some(count) => total.count = Some(total.count.unwrap_or(0).saturating_add(count)),
            None => total.unknown += 1,
        }
        // A note about one place says nothing of the sum.
        total.note = total.note.take().filter(|note| row.note.as_ref() == Some(note));
        total.confidence = [total.confidence, row.confidence].into_iter().flatten().min();
        total.rows.extend(row.rows.iter().filter(|id| !total.rows.contains(id)).cloned().collect::<Vec<_>>());
    }
    totals
}

/// The header of the table of rows.
pub const HEADER: [&str; 10] = ["part", "site", "of", "item", "title", "count", "detail", "rows", "note", "confidence"];

/// A row of the table. Sums are not among them, so that a spreadsheet can sum.
pub fn cells(row: &BillRow) -> [String; HEADER.len()] {
    [
        row.part.word().to_owned(),
        row.site.clone().unwrap_or_default(),
        row.of.clone(),
        row.item.clone(),
        row.title.clone(),
        row.count.map(|count| count.to_string()).unwrap_or_default(),
        row.detail.clone().unwrap_or_default(),
        row.rows.join("; "),
        row.note.clone().unwrap_or_default(),
        row.confidence.map(|confidence| confidence.word().to_owned()).unwrap_or_default(),
    ]
}
