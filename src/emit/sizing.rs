//! The figures of a deployment: a table, JSON with the bill of materials, and Markdown.

use serde::Serialize;

use super::language::MARKDOWN;
use super::{Artifact, EmitContext, EmitError, TOOL, Team};
use crate::plan::bill::Bill;
use crate::plan::sizing::{HEADER, OpenRow, Sheet, SheetRow, cells};
use crate::product::Product;
use crate::text::{JsonText, csv};

#[derive(Serialize)]
struct View<'a> {
    note: Option<&'static str>,
    tool: &'static str,
    organization: &'a str,
    product: &'static str,
    short: Vec<Line<'a>>,
    parts: Vec<Part<'a>>,
    open: &'a [OpenRow],
}

#[derive(Serialize)]
struct Part<'a> {
    subject: &'a str,
    of: String,
    rows: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    subject: &'a str,
    figure: &'a str,
    title: &'a str,
    value: String,
    declared: String,
    left: String,
    used: String,
    worked: &'a str,
    inputs: Vec<String>,
    note: Option<&'a str>,
    step: u8,
    source: String,
    confidence: &'static str,
}

/// Writes the sheet.
///
/// # Errors
/// A template that cannot be rendered.
pub fn emit(sheet: &Sheet, bill: &Bill, product: Product, cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    for row in &sheet.figures {
        match parts.last_mut().filter(|part| part.subject == row.subject && part.of == row.of.replace('_', " ")) {
            Some(part) => part.rows.push(line(row)),
            None => parts.push(Part { subject: &row.subject, of: row.of.replace('_', " "), rows: vec![line(row)] }),
        }
    }
    let view = View {
        note: cx.note(),
        tool: TOOL,
        organization: cx.organization,
        product: product.title(),
        short: sheet.figures.iter().filter(|row| row.is_short()).map(line).collect(),
        parts,
        open: &sheet.open,
    };
    let artifact = |path: &str, content| Artifact {
        path: path.to_owned(),
        team: Team::Deployment,
        made_from: vec![cx.organization.to_owned()],
        content,
    };
    Ok(vec![
        artifact("sizing/sizing.csv", csv::write(cx.note(), &HEADER, sheet.figures.iter().map(cells))),
        artifact("sizing/sizing.json", json(sheet, bill, product, cx)),
        artifact("sizing/sizing.md", cx.templates.render(&MARKDOWN, "sizing", &view)?),
    ])
}

fn line(row: &SheetRow) -> Line<'_> {
    let (declared, left, used) = row.declared_shown().unwrap_or_default();
    Line {
        subject: &row.subject,
        figure: row.figure,
        title: row.title,
        value: row.value_shown(),
        declared,
        left,
        used: used.unwrap_or_default(),
        worked: &row.worked,
        inputs: row.inputs.iter().map(crate::plan::sizing::SheetInput::shown).collect(),
        note: row.note,
        step: row.step,
        source: row.source.join("; "),
        confidence: row.confidence.word(),
    }
}

/// The sheet for programs, a figure a line, so that versions can be compared.
fn json(sheet: &Sheet, bill: &Bill, product: Product, cx: &EmitContext<'_>) -> String {
    let mut text = JsonText::default();
    text.mark("{\n");
    if let Some(note) = cx.note() {
        text.mark("\"note\": ");
        text.value(note);
        text.mark(",\n");
    }
    text.mark("\"version\": 1,\n\"product\": ");
    text.value(product.word());
    list(&mut text, ",\n\"figures\": ", &sheet.figures);
    list(&mut text, ",\n\"open\": ", &sheet.open);
    list(&mut text, ",\n\"bill\": {\"rows\": ", &bill.rows);
    list(&mut text, ",\n\"totals\": ", &bill.totals);
    list(&mut text, ",\n\"needs\": ", &bill.needs);
    text.mark("}\n}\n");
    text.finish()
}

fn list<T: Serialize>(text: &mut JsonText, before: &str, rows: &[T]) {
    text.mark(before);
    if rows.is_empty() {
        return text.mark("[]");
    }
    text.mark("[\n");
    text.rows(rows, |text, row| text.value(row));
    text.mark("\n]");
}
