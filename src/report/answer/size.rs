//! What `ocstopo size` finds.

use crate::query::size::{HEADER, OpenRow, SheetRow, Size, cells};
use crate::report::{count, wrap};
use crate::text::csv;

/// The figures by what they are of; with `explained` each with its formula, its values and where they are from.
pub fn human(size: &Size, explained: bool, width: usize) -> String {
    let mut text = String::new();
    let short: Vec<&SheetRow> = size.sheet.figures.iter().filter(|row| row.is_short()).collect();
    if !short.is_empty() {
        text += &format!("{} not met\n", count(short.len(), "figure"));
        for row in short {
            line(&mut text, 2, &format!("{}: {}", row.subject, said(row)), width);
        }
        text.push('\n');
    }
    let mut last: Option<(&str, &str)> = None;
    for row in &size.sheet.figures {
        let subject = (row.of, row.subject.as_str());
        if last != Some(subject) {
            if last.is_some() {
                text.push('\n');
            }
            text += &heading(row);
            last = Some(subject);
        }
        line(&mut text, 2, &said(row), width);
        if explained {
            explain(&mut text, row, width);
        }
    }
    if !size.sheet.open.is_empty() {
        text += "\nNot worked out\n";
        size.sheet.open.iter().for_each(|open| line(&mut text, 2, &not_worked_out(open), width));
    }
    text
}

/// How many figures there are, and how to see more of them.
pub fn summary(size: &Size, explained: bool) -> String {
    let more = if explained { "`ocstopo catalog show ROW` shows a row" } else { "--explain shows formulas, values and sources" };
    format!("{} for {}; {more}\n", count(size.sheet.figures.len(), "figure"), size.title)
}

/// A row for each figure.
pub fn csv(size: &Size) -> String {
    csv::write(None, &HEADER, size.sheet.figures.iter().map(cells))
}

fn heading(row: &SheetRow) -> String {
    match row.of {
        "organization" | "voice" => format!("{}\n", row.subject),
        of => format!("{} ({})\n", row.subject, of.replace('_', " ")),
    }
}

/// `front ends: 4 servers; 4 declared, none left`.
fn said(row: &SheetRow) -> String {
    let mut text = format!("{}: {}", row.title, row.value_shown());
    if let Some((declared, left, used)) = row.declared_shown() {
        text += &format!("; {declared} declared, {left}");
        if let Some(used) = used {
            text += &format!(" ({used} used)");
        }
    }
    if row.confidence.word() == "low" {
        text += " (low confidence)";
    }
    text
}

fn explain(text: &mut String, row: &SheetRow, width: usize) {
    line(text, 6, &format!("= {}", row.worked), width);
    line(text, 6, &format!("{} = {}", row.figure, row.formula), width);
    row.inputs.iter().for_each(|input| line(text, 8, &input.shown(), width));
    if let Some(note) = row.note {
        line(text, 6, &format!("note: {note}"), width);
    }
    line(text, 6, &format!("step {}; {}; {} confidence", row.step, row.source.join(", "), row.confidence.word()), width);
}

fn not_worked_out(open: &OpenRow) -> String {
    format!("{}: {}: {}", open.subject, open.title, open.why)
}

/// A line that continues below itself.
fn line(text: &mut String, indent: usize, value: &str, width: usize) {
    let blanks = " ".repeat(indent);
    for (at, part) in wrap(value, width.saturating_sub(indent + 2)).iter().enumerate() {
        let hanging = if at == 0 { "" } else { "  " };
        *text += &format!("{blanks}{hanging}{part}\n");
    }
}
