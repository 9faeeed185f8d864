//! `ocstopo catalog`

use clap::builder::TypedValueParser;
use clap::{Args, Subcommand, ValueEnum};

use crate::catalog::show::{self, Difference, Row, Section};
use crate::cli::choice::choice;
use crate::cli::exit::{Exit, Failure};
use crate::diag;
use crate::io::Out;
use crate::product::Product;
use crate::report::{count, table, wrap};
use crate::text::csv;

/// Look into the catalogue: what is known of a product release, row by row, with sources
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ocstopo catalog show\n  ocstopo catalog show flows\n  ocstopo catalog show P01a")]
pub(in crate::cli) struct Catalog {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    Show(Show),
    Diff(Diff),
}

/// Show what changes from one release to another: rows that are new, gone or different, and why
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ocstopo catalog diff\n  ocstopo catalog diff ocs_2007 ocs_2007_r2 --format markdown")]
struct Diff {
    /// The release to begin with
    #[arg(value_name = "FROM", default_value = "ocs_2007", value_parser = releases())]
    from: Product,

    /// The release to go to
    #[arg(value_name = "TO", default_value = "ocs_2007_r2", value_parser = releases())]
    to: Product,

    /// How it is written
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: DiffFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum DiffFormat {
    /// Fitted to the terminal
    Table,
    /// For people, as a page
    Markdown,
    /// For programs
    Json,
}

/// Show the sections of a catalogue, the rows of a section, or one row whole
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  ocstopo catalog show\n  ocstopo catalog show certificates --format csv > certificates.csv\n  \
        ocstopo catalog show P01a\n  ocstopo catalog show --format markdown > catalogue.md"
)]
struct Show {
    /// A section such as flows, or the id of a row such as P01a
    #[arg(value_name = "WHAT")]
    what: Option<String>,

    /// Of which release
    #[arg(long, value_name = "PRODUCT", default_value = "ocs_2007", value_parser = releases())]
    product: Product,

    /// How it is written
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// Fitted to the terminal, with fewer columns in a narrow one
    Table,
    /// For people, as a page
    Markdown,
    /// All fields of the rows of one section
    Csv,
    /// For programs
    Json,
}

/// The releases by their words.
fn releases() -> impl TypedValueParser<Value = Product> {
    choice(Product::ALL.map(|product| (product.word(), product.title(), product)))
}

impl Catalog {
    pub(in crate::cli) fn run(self, out: &mut Out) -> Result<Exit, Failure> {
        match self.action {
            Action::Show(show) => show.run(out),
            Action::Diff(diff) => diff.run(out),
        }
    }
}

impl Diff {
    fn run(self, out: &mut Out) -> Result<Exit, Failure> {
        let (from, to) = (self.from, self.to);
        let differences = show::differences(from, to);
        match self.format {
            DiffFormat::Json => out.print(&format!("{:#}\n", show::diff_json(from, to, &differences))),
            DiffFormat::Markdown => out.print(&show::diff_markdown(from, to, &differences, "#")),
            DiffFormat::Table => {
                let width = out.output_canvas().width;
                differences.iter().for_each(|difference| out.print(&difference_text(difference, width)));
                let of = |rows: fn(&Difference) -> usize| differences.iter().map(rows).sum::<usize>();
                let (new, removed, changed) = (of(|d| d.new.len()), of(|d| d.removed.len()), of(|d| d.changed.len()));
                out.note(&format!("{} new, {removed} gone, {changed} changed\n", count(new, "row")));
            }
        }
        Ok(Exit::Fine)
    }
}

/// The differences of a section, wrapped to a width.
fn difference_text(difference: &Difference, width: usize) -> String {
    let mut text = format!("{}\n", difference.title);
    let mut line = |indent: usize, sign: &str, body: &str| {
        for (at, part) in wrap(body, width.saturating_sub(indent + sign.len())).iter().enumerate() {
            let sign = if at == 0 { sign } else { &" ".repeat(sign.len()) };
            text += format!("{}{sign}{part}", " ".repeat(indent)).trim_end();
            text.push('\n');
        }
    };
    let with = |id: &str, body: &str| if body.is_empty() { id.to_owned() } else { format!("{id}: {body}") };
    for changed in &difference.changed {
        line(2, "~ ", &with(&changed.id, &changed.reason));
        for (name, old, new) in &changed.fields {
            let shown = |value: &str| if value.is_empty() { "nothing".to_owned() } else { value.to_owned() };
            line(6, "", &format!("{name}: {} -> {}", shown(old), shown(new)));
        }
    }
    difference.new.iter().for_each(|(id, cells)| line(2, "+ ", &with(id, cells)));
    difference.removed.iter().for_each(|(id, reason)| line(2, "- ", &with(id, reason)));
    text.push('\n');
    text
}

impl Show {
    fn run(self, out: &mut Out) -> Result<Exit, Failure> {
        let product = self.product;
        let sections = chosen(show::sections(product), self.what.as_deref())?;
        match (self.format, sections) {
            (Format::Json, sections) => out.print(&format!("{:#}\n", show::json(product, &sections.into_sections()))),
            (Format::Markdown, Chosen::Rows(sections)) => {
                let rows: Vec<String> = rows(&sections).map(|(section, row)| show::row_markdown(section, row)).collect();
                out.print(&rows.join("\n"));
            }
            (Format::Markdown, sections) => out.print(&show::markdown(product, &sections.into_sections())),
            (Format::Csv, Chosen::All(sections)) => {
                let names: Vec<&str> = sections.iter().map(|section| section.name).collect();
                return Err(format!("`--format csv` is one table: name a section, one of {}", names.join(", ")).into());
            }
            (Format::Csv, sections) => {
                let tables: Vec<String> = sections.into_sections().iter().map(csv_text).collect();
                out.print(&tables.join("\n"));
            }
            (Format::Table, Chosen::All(sections)) => overview(&sections, out),
            (Format::Table, Chosen::Section(section)) => section_table(&section, out),
            (Format::Table, Chosen::Rows(sections)) => {
                let width = out.output_canvas().width;
                let rows: Vec<String> = rows(&sections).map(|(section, row)| whole(section, row, width)).collect();
                out.print(&rows.join("\n"));
            }
        }
        Ok(Exit::Fine)
    }
}

/// What was asked for.
enum Chosen {
    All(Vec<Section>),
    Section(Section),
    /// Sections with the asked rows only: two may use the same id.
    Rows(Vec<Section>),
}

impl Chosen {
    fn into_sections(self) -> Vec<Section> {
        match self {
            Chosen::All(sections) | Chosen::Rows(sections) => sections,
            Chosen::Section(section) => vec![section],
        }
    }
}

fn chosen(mut sections: Vec<Section>, what: Option<&str>) -> Result<Chosen, String> {
    let Some(what) = what else { return Ok(Chosen::All(sections)) };
    let name = what.replace('-', "_");
    if let Some(at) = sections.iter().position(|section| section.name.eq_ignore_ascii_case(&name)) {
        return Ok(Chosen::Section(sections.swap_remove(at)));
    }
    if !sections.iter().any(|section| section.row(what).is_some()) {
        return Err(unknown(&sections, what));
    }
    for section in &mut sections {
        section.rows.retain(|row| row.id.eq_ignore_ascii_case(what));
    }
    sections.retain(|section| !section.rows.is_empty());
    Ok(Chosen::Rows(sections))
}

fn unknown(sections: &[Section], what: &str) -> String {
    let names = sections.iter().map(|section| section.name);
    let known: Vec<&str> = names.chain(rows(sections).map(|(_, row)| row.id.as_str())).collect();
    // `P01` means `P01a` before it means `C01`.
    let longer = |known: &&&str| known.get(..what.len()).is_some_and(|start| start.eq_ignore_ascii_case(what));
    match known.iter().find(longer).copied().or_else(|| diag::nearest(what, known.iter().copied())) {
        Some(near) => format!("the catalogue has no section and no row `{what}`: did you mean `{near}`?"),
        None => format!("the catalogue has no section and no row `{what}`: `ocstopo catalog show` lists the sections"),
    }
}

fn rows(sections: &[Section]) -> impl Iterator<Item = (&Section, &Row)> {
    sections.iter().flat_map(|section| section.rows.iter().map(move |row| (section, row)))
}

fn overview(sections: &[Section], out: &mut Out) {
    let rows: Vec<Vec<String>> = sections
        .iter()
        .map(|section| {
            let sure = |word: &str| match section.rows.iter().filter(|row| row.field("confidence") == word).count() {
                0 => String::new(),
                n => n.to_string(),
            };
            let [high, medium, low] = ["high", "medium", "low"].map(sure);
            vec![section.name.to_owned(), section.rows.len().to_string(), high, medium, low, section.title.to_owned()]
        })
        .collect();
    out.print(&table::table(&["section", "rows", "high", "medium", "low", "title"], &rows, out.output_canvas().width));
    out.note(&format!("{}\n", count(sections.len(), "section")));
}

/// Without these columns it is no table of rows.
const NEEDED: usize = 2;

fn section_table(section: &Section, out: &mut Out) {
    let header: Vec<&str> = section.columns.iter().map(|column| column.title).collect();
    let cells = |row: &Row| section.columns.iter().map(|column| row.cell(column.fields)).collect();
    let rows = section.rows.iter().map(cells).collect();
    let (drawn, left_out) = table::fitting(&header, rows, NEEDED, out.output_canvas().width);
    out.print(&drawn);
    let differ = match section.rows.iter().filter(|row| !row.conflicts.is_empty()).count() {
        0 => String::new(),
        n => format!(", {n} where sources differ"),
    };
    out.note(&format!("{}{differ}{left_out}\n", count(section.rows.len(), "row")));
}

/// One row with all of its fields, each in as many lines as it needs.
fn whole(section: &Section, row: &Row, width: usize) -> String {
    let fields: Vec<(&str, String)> = row.fields(section).into_iter().filter(|(name, _)| *name != "id").collect();
    let column = fields.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let mut text = format!("{}  ({})\n", row.id, section.title.to_lowercase());
    let mut line = |word: &str, value: &str| {
        for (at, part) in wrap(value, width.saturating_sub(column + 4)).iter().enumerate() {
            text += format!("  {:column$}  {part}", if at == 0 { word } else { "" }).trim_end();
            text.push('\n');
        }
    };
    for (name, value) in &fields {
        line(name, value);
    }
    for conflict in &row.conflicts {
        for (says, titles) in &conflict.claims {
            line("claim", &format!("{says} ({})", titles.join("; ")));
        }
        line("choice", &conflict.choice);
    }
    text
}

fn csv_text(section: &Section) -> String {
    let mut header = section.fields();
    header.push("conflict");
    let rows = section.rows.iter().map(|row| {
        let conflicts = row.conflicts.iter().map(|conflict| {
            let claims: Vec<String> =
                conflict.claims.iter().map(|(says, titles)| format!("{says} ({})", titles.join("; "))).collect();
            format!("{}; choice: {}", claims.join(" / "), conflict.choice)
        });
        let conflicts: Vec<String> = conflicts.collect();
        section.fields().iter().map(|name| row.field(name)).chain([conflicts.join("; ")]).collect::<Vec<_>>()
    });
    csv::write(None, &header, rows)
}
