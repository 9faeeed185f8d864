//! `ocstopo explain`

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use crate::catalog::show;
use crate::cli::exit::{Exit, Failure};
use crate::cli::markdown::{filled, painted};
use crate::diag::{Family, nearest};
use crate::io::Out;
use crate::lint::{self, CodeEntry};
use crate::product::Product;
use crate::schema;

/// Explain the code of a finding, or a word of the language or of the catalogue
///
/// For a code: its meaning, the reason, and what to write instead. For the beginning of a code such as OCS06: the codes that begin so. For
/// a word: what it is as a block, an attribute, a value or a row of the catalogue.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  ocstopo explain OCS0602\n  ocstopo explain 602\n  ocstopo explain duplicate-address\n  ocstopo explain OCS06\n  \
        ocstopo explain edge_array\n  ocstopo explain network.zone\n  ocstopo explain P01a\n  ocstopo explain --all\n  \
        ocstopo explain --all --format markdown > rules.md\n  ocstopo explain OCS0602 --example bad | ocstopo check -"
)]
pub(in crate::cli) struct Explain {
    /// A code such as OCS0602 or 602, the name of one such as duplicate-address, a family such as OCS06, or a word
    #[arg(value_name = "WORD", required_unless_present = "all")]
    word: Option<String>,

    /// Explain all codes: as a list, or with --format as the whole reference
    #[arg(long, conflicts_with = "word")]
    all: bool,

    /// The output format; without it, text for a terminal
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,

    /// Print a complete example topology instead: one with the mistake, or the corrected one
    #[arg(long, value_name = "WHICH", conflicts_with_all = ["all", "format"])]
    example: Option<ExampleKind>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Markdown,
    /// For programs
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ExampleKind {
    /// With the mistake
    Bad,
    /// Without it
    Good,
}

impl Explain {
    pub(in crate::cli) fn run(self, out: &mut Out) -> Result<Exit, Failure> {
        let Some(word) = &self.word else {
            out.print(&match self.format {
                None => list(lint::codes().iter()),
                Some(Format::Markdown) => lint::reference(),
                Some(Format::Json) => codes_json(lint::codes().iter()),
            });
            return Ok(Exit::Fine);
        };
        let canvas = out.output_canvas();
        let text = match (subject(word).ok_or_else(|| unknown(word))?, self.example, self.format) {
            (Subject::Code(entry), Some(which), _) => example(entry, which)?,
            (_, Some(_), _) => return Err(format!("`{word}` is not a rule, and only rules have example topologies").into()),
            (Subject::Code(entry), None, Some(Format::Json)) => indented(&lint::code_json(entry)),
            (Subject::Code(entry), None, format) => {
                let text = lint::explain(entry.row.code.0).ok_or_else(|| unknown(word))?;
                painted(&text, format.is_none() && canvas.color)
            }
            (Subject::Family(codes), None, Some(Format::Json)) => codes_json(codes.into_iter()),
            (Subject::Family(codes), None, Some(Format::Markdown)) => {
                let texts: Vec<String> = codes.iter().filter_map(|entry| lint::explain(entry.row.code.0)).collect();
                texts.join("\n")
            }
            (Subject::Family(codes), None, None) => list(codes.into_iter()),
            (Subject::Meanings(texts), None, Some(Format::Json)) => {
                indented(&json!({ "version": 1, "word": word, "meanings": texts }))
            }
            (Subject::Meanings(texts), None, Some(Format::Markdown)) => texts.join("\n"),
            (Subject::Meanings(texts), None, None) => painted(&filled(&texts.join("\n"), canvas.width), canvas.color),
        };
        out.print(&text);
        Ok(Exit::Fine)
    }
}

/// What a word names.
enum Subject {
    Code(&'static CodeEntry),
    /// The codes that begin alike.
    Family(Vec<&'static CodeEntry>),
    /// What a word of the language or of the catalogue means, each as Markdown.
    Meanings(Vec<String>),
}

fn subject(word: &str) -> Option<Subject> {
    let number = word.get(..3).filter(|start| start.eq_ignore_ascii_case("ocs")).map_or(word, |_| &word[3..]);
    let digits = !number.is_empty() && number.len() <= 4 && number.bytes().all(|byte| byte.is_ascii_digit());
    if digits {
        // `OCS06` is a family and `06` too, as the reference writes them; `607` is how people shorten a code.
        let start = format!("OCS{number}");
        let short = number.len() == 3 && number.len() == word.len();
        let family: Vec<&CodeEntry> = lint::codes().iter().filter(|entry| entry.row.code.0.starts_with(&start)).collect();
        let code = lint::find_code(&format!("OCS{number:0>4}")).map(Subject::Code);
        return match family.is_empty() || short || number.len() == 4 {
            true => code,
            false => Some(Subject::Family(family)),
        };
    }
    if let Some(entry) = lint::find_code(word) {
        return Some(Subject::Code(entry));
    }
    let meanings = meanings(word);
    (!meanings.is_empty()).then_some(Subject::Meanings(meanings))
}

/// What a word is in the language and in the catalogues of all releases; a row that two releases share is shown once.
fn meanings(word: &str) -> Vec<String> {
    let own = word.to_lowercase().replace('-', "_");
    let mut found = match own.split_once('.') {
        Some((kind, name)) => schema::attribute_text(kind, name).into_iter().collect(),
        None => schema::meanings(&own),
    };
    for product in Product::ALL {
        for section in show::sections(product) {
            let rows = section.rows.iter().filter(|row| row.id.eq_ignore_ascii_case(word));
            for text in rows.map(|row| show::row_markdown(&section, row)) {
                if !found.contains(&text) {
                    found.push(text);
                }
            }
        }
    }
    found
}

fn unknown(word: &str) -> String {
    let sections = show::sections(Product::ALL[0]);
    let rows = sections.iter().flat_map(|section| section.rows.iter().map(|row| row.id.as_str()));
    let codes = lint::codes().iter().flat_map(|entry| [entry.row.code.0, entry.row.name]);
    match nearest(word, codes.chain(schema::vocabulary()).chain(rows)) {
        Some(near) => format!("there is no code and no word `{word}`: did you mean `{near}`?"),
        None => format!(
            "there is no code and no word `{word}`: `ocstopo explain --all` lists all codes, `ocstopo schema` has the language, and \
             `ocstopo catalog show` the catalogue"
        ),
    }
}

fn example(entry: &CodeEntry, which: ExampleKind) -> Result<String, String> {
    let about = match entry.row.family {
        Family::Language | Family::Rules => "is an error of the language",
        Family::Zones => "is about zone files",
        Family::Certificates => "is about certificate files",
    };
    let no_example = || format!("`{}` {about}, and only rules have example topologies", entry.row.code);
    let rule = entry.rule.ok_or_else(no_example)?;
    Ok(match which {
        ExampleKind::Bad => rule.bad.shown(),
        ExampleKind::Good => rule.good.shown(),
    })
}

fn indented(value: &Value) -> String {
    format!("{value:#}\n")
}

fn codes_json<'a>(codes: impl Iterator<Item = &'a CodeEntry>) -> String {
    let codes: Vec<Value> = codes.map(lint::code_json).collect();
    indented(&json!({ "version": 1, "codes": codes }))
}

fn list<'a>(codes: impl Iterator<Item = &'a CodeEntry>) -> String {
    let line = |CodeEntry { row, .. }: &CodeEntry| format!("{}  {:9}{}\n", row.code, row.severity.word(), row.name);
    codes.map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_code_is_explained_under_both_its_names() {
        for CodeEntry { row, .. } in lint::codes() {
            assert!(lint::explain(row.code.0).is_some(), "{}", row.code);
            assert!(lint::explain(row.name).is_some(), "{}", row.name);
        }
    }
}
