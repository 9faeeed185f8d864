//! `ocstopo explain`

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use crate::cli::exit::{Exit, Failure};
use crate::diag::{LanguageCode, language_codes};
use crate::io::Out;
use crate::lint::{self, Rule};

/// Explain a code of a finding: what it means, why the guide says so, what to write instead
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ocstopo explain OCS0602\n  ocstopo explain duplicate-address\n  ocstopo explain --all")]
pub(in crate::cli) struct Explain {
    /// A code such as OCS0602, or a name such as duplicate-address
    #[arg(value_name = "CODE", required_unless_present = "all")]
    code: Option<String>,

    /// List all codes
    #[arg(long, conflicts_with = "code")]
    all: bool,

    /// How it is written
    #[arg(long, value_name = "FORMAT", default_value = "markdown")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Markdown,
    /// For programs
    Json,
}

impl Explain {
    pub(in crate::cli) fn run(self, out: &mut Out) -> Result<Exit, Failure> {
        let Some(code) = &self.code else {
            out.print(&match self.format {
                Format::Markdown => list(),
                Format::Json => indented(&json!({ "version": 1, "codes": all().map(Entry::json).collect::<Vec<_>>() })),
            });
            return Ok(Exit::Fine);
        };
        let text = lint::explain(code).ok_or_else(|| unknown(code))?;
        match self.format {
            Format::Markdown => out.print(&painted(&text, out.output_canvas().color)),
            Format::Json => {
                let entry = all().find(|entry| entry.answers_to(code)).ok_or_else(|| unknown(code))?;
                out.print(&indented(&entry.json()));
            }
        }
        Ok(Exit::Fine)
    }
}

fn unknown(code: &str) -> String {
    match lint::nearest_code(code) {
        Some(near) => format!("nothing is known of `{code}`: did you mean `{near}`?"),
        None => format!("nothing is known of `{code}`: `ocstopo explain --all` lists all codes"),
    }
}

/// A code of the language or of a rule.
enum Entry {
    Language(&'static LanguageCode),
    Rule(&'static Rule),
}

fn all() -> impl Iterator<Item = Entry> {
    let mut entries: Vec<Entry> = language_codes().map(Entry::Language).collect();
    entries.extend(lint::rules().iter().copied().map(Entry::Rule));
    entries.sort_by_key(Entry::code);
    entries.into_iter()
}

impl Entry {
    fn code(&self) -> &'static str {
        match self {
            Entry::Language(row) => row.code.0,
            Entry::Rule(rule) => rule.code.0,
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Entry::Language(row) => row.name,
            Entry::Rule(rule) => rule.name,
        }
    }

    fn severity(&self) -> &'static str {
        match self {
            Entry::Language(_) => "error",
            Entry::Rule(rule) => rule.severity.word(),
        }
    }

    fn answers_to(&self, code: &str) -> bool {
        self.code().eq_ignore_ascii_case(code) || self.name() == code.replace('_', "-")
    }

    fn json(self) -> Value {
        let mut value = json!({ "code": self.code(), "name": self.name(), "severity": self.severity() });
        let rest = match &self {
            Entry::Language(row) => json!({ "step": 0, "waivable": false, "doc": row.doc }),
            Entry::Rule(rule) => json!({
                "step": rule.step,
                "waivable": rule.waivable,
                "fixable": rule.fixable,
                "source": rule.source,
                "confidence": rule.confidence.word(),
                "products": rule.products.iter().map(|product| product.word()).collect::<Vec<_>>(),
                "doc": rule.markdown(),
            }),
        };
        if let (Value::Object(value), Value::Object(rest)) = (&mut value, rest) {
            value.extend(rest);
        }
        value
    }
}

fn indented(value: &Value) -> String {
    format!("{value:#}\n")
}

fn list() -> String {
    all().map(|entry| format!("{}  {:9}{}\n", entry.code(), entry.severity(), entry.name())).collect()
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
        for entry in all() {
            assert!(lint::explain(entry.code()).is_some(), "{}", entry.code());
            assert!(lint::explain(entry.name()).is_some(), "{}", entry.name());
        }
    }

    #[test]
    fn headings_are_painted_and_comments_in_examples_are_not() {
        let text = "# A\n```ocstopo\n# comment\n```\n";
        assert_eq!(painted(text, true), "\u{1b}[1m# A\u{1b}[0m\n```ocstopo\n# comment\n```\n");
        assert_eq!(painted(text, false), text);
    }
}
