//! `ocstopo explain`

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use crate::cli::exit::{Exit, Failure};
use crate::diag::Family;
use crate::io::Out;
use crate::lint::{self, CodeEntry};

/// Explain the code of a finding: its meaning, the reason, and what to write instead
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ocstopo explain OCS0602\n  ocstopo explain duplicate-address\n  ocstopo explain --all\n  \
        ocstopo explain --all --format markdown > rules.md\n  ocstopo explain OCS0602 --example bad | ocstopo check -")]
pub(in crate::cli) struct Explain {
    /// A code such as OCS0602, or a name such as duplicate-address
    #[arg(value_name = "CODE", required_unless_present = "all")]
    code: Option<String>,

    /// Explain all codes: as a list, or with --format as the whole reference
    #[arg(long, conflicts_with = "code")]
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
        let Some(code) = &self.code else {
            out.print(&match self.format {
                None => list(),
                Some(Format::Markdown) => lint::reference(),
                Some(Format::Json) => {
                    let codes: Vec<Value> = lint::codes().iter().map(lint::code_json).collect();
                    indented(&json!({ "version": 1, "codes": codes }))
                }
            });
            return Ok(Exit::Fine);
        };
        let entry = lint::find_code(code).ok_or_else(|| unknown(code))?;
        if let Some(which) = self.example {
            out.print(&example(entry, which)?);
            return Ok(Exit::Fine);
        }
        match self.format {
            Some(Format::Json) => out.print(&indented(&lint::code_json(entry))),
            format => {
                let text = lint::explain(code).ok_or_else(|| unknown(code))?;
                out.print(&painted(&text, format.is_none() && out.output_canvas().color));
            }
        }
        Ok(Exit::Fine)
    }
}

fn unknown(code: &str) -> String {
    match lint::nearest_code(code) {
        Some(near) => format!("there is no code or rule `{code}`: did you mean `{near}`?"),
        None => format!("there is no code or rule `{code}`: `ocstopo explain --all` lists all codes"),
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
        ExampleKind::Bad => rule.bad.text(),
        ExampleKind::Good => rule.good.text(),
    })
}

fn indented(value: &Value) -> String {
    format!("{value:#}\n")
}

fn list() -> String {
    let line = |CodeEntry { row, .. }: &CodeEntry| format!("{}  {:9}{}\n", row.code, row.severity.word(), row.name);
    lint::codes().iter().map(line).collect()
}

/// Headings in bold where there are colours.
fn painted(text: &str, color: bool) -> String {
    let mut inside_code = false;
    let mut out = String::new();
    for line in text.lines() {
        inside_code ^= line.starts_with("```");
        if color && !inside_code && line.starts_with('#') {
            out += &format!("\u{1b}[1m{line}\u{1b}[0m\n");
        } else {
            out += line;
            out.push('\n');
        }
    }
    out
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

    #[test]
    fn headings_are_painted_and_comments_in_examples_are_not() {
        let text = "# A\n```ocstopo\n# comment\n```\n";
        assert_eq!(painted(text, true), "\u{1b}[1m# A\u{1b}[0m\n```ocstopo\n# comment\n```\n");
        assert_eq!(painted(text, false), text);
    }
}
