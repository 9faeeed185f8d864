//! The bill of materials: a table, and Markdown.

use serde::Serialize;

use super::language::MARKDOWN;
use super::{Artifact, EmitContext, EmitError, TOOL, Team};
use crate::catalog::Confidence;
use crate::plan::bill::{Bill, BillNeed, BillRow, BillTotal, HEADER, SoftwareNeed, cells};
use crate::product::Product;
use crate::text::{csv, thousands};

#[derive(Serialize)]
struct View<'a> {
    note: Option<&'static str>,
    tool: &'static str,
    organization: &'a str,
    product: &'static str,
    totals: Vec<TotalView<'a>>,
    hardware: Vec<NeedView<'a>>,
    software: Vec<SoftwareView<'a>>,
    parts: Vec<Part<'a>>,
}

#[derive(Serialize)]
struct TotalView<'a> {
    part: &'static str,
    title: &'a str,
    count: String,
    note: Option<&'a str>,
    rows: &'a [String],
    confidence: Option<&'static str>,
}

/// A kind of computer with what it needs.
#[derive(Serialize)]
struct NeedView<'a> {
    title: &'a str,
    needs: Vec<&'a BillNeed>,
}

/// A requirement of software.
#[derive(Serialize)]
struct SoftwareView<'a> {
    need: &'a BillNeed,
    computers: String,
    /// `all servers`, or the kinds.
    of: String,
}

#[derive(Serialize)]
struct Part<'a> {
    title: &'static str,
    rows: Vec<RowView<'a>>,
}

#[derive(Serialize)]
struct RowView<'a> {
    of: &'a str,
    title: &'a str,
    count: String,
    detail: Option<&'a str>,
    note: Option<&'a str>,
}

/// Writes the bill.
///
/// # Errors
/// A template that cannot be rendered.
pub fn emit(bill: &Bill, product: Product, cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    let view = View {
        note: cx.note(),
        tool: TOOL,
        organization: cx.organization,
        product: product.title(),
        totals: bill.totals.iter().map(total).collect(),
        hardware: hardware(bill),
        software: software(bill),
        parts: parts(&bill.rows),
    };
    let artifact = |path: &str, content| Artifact {
        path: path.to_owned(),
        team: Team::Deployment,
        made_from: vec![cx.organization.to_owned()],
        content,
    };
    Ok(vec![
        artifact("sizing/bill.csv", csv::write(cx.note(), &HEADER, bill.rows.iter().map(cells))),
        artifact("sizing/bill.md", cx.templates.render(&MARKDOWN, "bill", &view)?),
    ])
}

fn total(total: &BillTotal) -> TotalView<'_> {
    TotalView {
        part: total.part.title(),
        title: &total.title,
        count: total.shown(),
        note: total.note.as_deref(),
        rows: &total.rows,
        confidence: total.confidence.map(Confidence::word),
    }
}

fn software<'b>(bill: &'b Bill) -> Vec<SoftwareView<'b>> {
    let view = |found: SoftwareNeed<'b>| SoftwareView {
        need: found.need,
        computers: thousands(found.computers),
        of: if found.everywhere { "all servers".to_owned() } else { found.titles.join(", ") },
    };
    bill.software().into_iter().map(view).collect()
}

/// The hardware of each kind of computer, in the order of the sums.
fn hardware(bill: &Bill) -> Vec<NeedView<'_>> {
    let kinds = bill.totals.iter().filter(|total| total.part.is_computers());
    let needs =
        |total: &BillTotal| bill.needs.iter().filter(|need| need.of == "hardware" && need.item == total.item).collect::<Vec<_>>();
    let kinds = kinds.map(|total| NeedView { title: &total.title, needs: needs(total) });
    kinds.filter(|kind| !kind.needs.is_empty()).collect()
}

fn parts(rows: &[BillRow]) -> Vec<Part<'_>> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    for row in rows {
        let view = RowView {
            of: &row.of,
            title: &row.title,
            count: row.count.map(thousands).unwrap_or_default(),
            detail: row.detail.as_deref(),
            note: row.note.as_deref(),
        };
        match parts.last_mut().filter(|part| part.title == row.part.title()) {
            Some(part) => part.rows.push(view),
            None => parts.push(Part { title: row.part.title(), rows: vec![view] }),
        }
    }
    parts
}
