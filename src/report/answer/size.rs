//! What `ocstopo size` finds.

use crate::query::size::{
    AddressBookFile, BILL_HEADER, Bill, BillNeed, BillRow, BillTotal, HEADER, OpenRow, SheetRow, Size, bill_cells, cells,
};
use crate::report::{count, wrap};
use crate::text::{csv, one_line, thousands};

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
    if let Some(recommended) = &size.recommended {
        let why = "the smallest tested topology that carries all users with the fewest pools";
        line(&mut text, 0, &format!("Recommended: {recommended}, {why} (pool_capacities)"), width);
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
    if let Some(bill) = &size.bill {
        text.push('\n');
        sums(&mut text, bill, width);
    }
    text
}

/// The bill of materials: sums with what computers need, and what each pool, device and site has.
pub fn bill(bill: &Bill, width: usize) -> String {
    let mut text = String::new();
    for part in bill.totals.chunk_by(|a, b| a.part == b.part) {
        let Some(first) = part.first() else { continue };
        if !text.is_empty() {
            text.push('\n');
        }
        text += &format!("{}\n", first.part.title());
        for total in part {
            line(&mut text, 2, &summed(total), width);
            apart(&mut text, bill, total, width);
            let needs = bill.needs.iter().filter(|need| first.part.is_computers() && need.item == total.item);
            for need in needs.filter(|need| need.of == "hardware") {
                line(&mut text, 4, &format!("at least {} ({}{})", need.what, need.row, unsure(need)), width);
            }
        }
    }
    text += "\nSoftware\n";
    for software in bill.software() {
        let of = if software.everywhere { "all servers".to_owned() } else { software.titles.join(", ") };
        let need = software.need;
        let said = format!("{of}, {}: {} ({}{})", computers(software.computers), need.what, need.row, unsure(need));
        line(&mut text, 2, &said, width);
    }
    text
}

/// What each pool, device or site has of a sum; not where it is the whole organization.
fn apart(text: &mut String, bill: &Bill, total: &BillTotal, width: usize) {
    let same = |row: &&BillRow| (row.part, &row.item, &row.title) == (total.part, &total.item, &total.title);
    for row in bill.rows.iter().filter(same).filter(|row| row.site.is_some()) {
        let number = row.count.map_or_else(|| "not known".to_owned(), thousands);
        let note = row.note.as_deref().filter(|_| total.note.is_none());
        let more: String = [row.detail.as_deref(), note].into_iter().flatten().map(|more| format!("; {more}")).collect();
        line(text, 4, &format!("{}: {number}{more}", row.of), width);
    }
}

fn computers(number: u64) -> String {
    count(number, "computer")
}

fn unsure(need: &BillNeed) -> &'static str {
    if need.confidence.word() == "low" { ", low confidence" } else { "" }
}

fn sums(text: &mut String, bill: &Bill, width: usize) {
    *text += "Bill of materials\n";
    for part in bill.totals.chunk_by(|a, b| a.part == b.part) {
        let item = |total: &BillTotal| match total.count {
            Some(count) if count > 0 && total.unknown == 0 => format!("{} × {}", thousands(count), total.title),
            _ => format!("{} ({})", total.title, total.shown()),
        };
        let items: Vec<String> = part.iter().map(item).collect();
        if let [first, ..] = part {
            line(text, 2, &format!("{}: {}", first.part.title(), items.join("; ")), width);
        }
    }
}

/// `Front End: 4`, with the rows that say so.
fn summed(total: &BillTotal) -> String {
    let mut text = format!("{}: {}", total.title, total.shown());
    if !total.rows.is_empty() {
        text += &format!(" ({})", total.rows.join(", "));
    }
    if let Some(note) = &total.note {
        text += &format!("; {note}");
    }
    if total.confidence.is_some_and(|confidence| confidence.word() == "low") {
        text += " (low confidence)";
    }
    text
}

/// A row for each thing of the bill.
pub fn bill_csv(bill: &Bill) -> String {
    csv::write(None, &BILL_HEADER, bill.rows.iter().map(bill_cells))
}

/// What `--bill` says below the bill.
pub fn bill_summary(size: &Size, bill: &Bill) -> String {
    format!("{} for {}; `ocstopo catalog show ROW` shows a row in brackets\n", count(bill.rows.len(), "item"), size.title)
}

/// The days of an address book file.
pub fn address_book_file(file: &AddressBookFile) -> String {
    let days: Vec<&str> = file.days.iter().map(|day| day.shown.as_str()).collect();
    let kind = match file.kind {
        "full" => "the full address book file",
        "difference" => "the differences of the address book",
        _ => "the differences of the address book, compact,",
    };
    let of = match days.as_slice() {
        [one, other] => format!("between {one} and {other}"),
        days => format!("of {}", days.concat()),
    };
    format!("{}: {kind} {of} ({})\n", one_line(&file.file), file.row)
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
