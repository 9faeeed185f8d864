//! Findings for programs. Places have byte offsets from 0, and lines and columns from 1, columns in characters.

use serde::Serialize;

use super::Tally;
use super::text::visible_json;
use crate::diag::{Diag, Edit, Label};
use crate::text::{SourceFile, SourceMap, Span};

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    diagnostics: Vec<Finding<'a>>,
    summary: Tally,
}

#[derive(Serialize)]
struct Finding<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    label: Option<&'a str>,
    related: Vec<Related<'a>>,
    help: Option<&'a str>,
    source: Option<&'a str>,
    fix: Option<Fix<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    start: Point,
    end: Point,
}

#[derive(Serialize)]
struct Point {
    offset: u32,
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct Related<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    label: Option<&'a str>,
}

#[derive(Serialize)]
struct Fix<'a> {
    title: &'a str,
    edits: Vec<FixEdit<'a>>,
}

#[derive(Serialize)]
struct FixEdit<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    text: &'a str,
}

/// `{"version":1,"diagnostics":[…],"summary":{…}}`, indented, with a final newline.
pub fn json(sources: &SourceMap, diags: &[Diag]) -> String {
    let report =
        Report { version: 1, diagnostics: diags.iter().map(|diag| finding(sources, diag)).collect(), summary: Tally::of(diags) };
    // Strings, numbers and lists always can be written as JSON.
    visible_json(&serde_json::to_string_pretty(&report).unwrap_or_default()) + "\n"
}

fn finding<'a>(sources: &'a SourceMap, diag: &'a Diag) -> Finding<'a> {
    let related = |label: &'a Label| Related { place: place(sources, label.span), label: text(&label.text) };
    let edit = |edit: &'a Edit| FixEdit { place: place(sources, edit.span), text: &edit.text };
    Finding {
        code: diag.code.0,
        severity: diag.severity.word(),
        message: &diag.message,
        place: place(sources, diag.primary.span),
        label: text(&diag.primary.text),
        related: diag.related.iter().map(related).collect(),
        help: diag.help.as_deref(),
        source: diag.source.as_deref(),
        fix: diag.fix.as_ref().map(|fix| Fix { title: &fix.title, edits: fix.edits.iter().map(edit).collect() }),
    }
}

fn text(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

fn place(sources: &SourceMap, span: Span) -> Place<'_> {
    let file = sources.file(span.file);
    Place { file: file.name(), start: point(file, span.start), end: point(file, span.end) }
}

fn point(file: &SourceFile, offset: u32) -> Point {
    let place = file.line_column(offset);
    Point { offset, line: place.line, column: place.column }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Fix};
    use crate::text::FileId;

    #[test]
    fn form() {
        let sources = SourceMap::new(vec![("a".into(), "é = 1\n".into()), ("b".into(), "x\ny".into())]);
        let span = |file, start, end| Span::new(FileId(file), start, end);
        let diag = Diag::error(Code("OCS0101"), "a \"word\"", span(0, 5, 6), "here")
            .related(span(1, 2, 3), "")
            .help("write `2`")
            .fix(Fix { title: "Write 2".into(), edits: vec![Edit { span: span(0, 5, 6), text: "2".into() }] });
        insta::assert_snapshot!(json(&sources, &[diag]), @r#"
        {
          "version": 1,
          "diagnostics": [
            {
              "code": "OCS0101",
              "severity": "error",
              "message": "a \"word\"",
              "file": "a",
              "start": {
                "offset": 5,
                "line": 1,
                "column": 5
              },
              "end": {
                "offset": 6,
                "line": 1,
                "column": 6
              },
              "label": "here",
              "related": [
                {
                  "file": "b",
                  "start": {
                    "offset": 2,
                    "line": 2,
                    "column": 1
                  },
                  "end": {
                    "offset": 3,
                    "line": 2,
                    "column": 2
                  },
                  "label": null
                }
              ],
              "help": "write `2`",
              "source": null,
              "fix": {
                "title": "Write 2",
                "edits": [
                  {
                    "file": "a",
                    "start": {
                      "offset": 5,
                      "line": 1,
                      "column": 5
                    },
                    "end": {
                      "offset": 6,
                      "line": 1,
                      "column": 6
                    },
                    "text": "2"
                  }
                ]
              }
            }
          ],
          "summary": {
            "errors": 1,
            "warnings": 0,
            "notes": 0
          }
        }
        "#);
    }

    #[test]
    fn nothing_found_is_an_empty_list() {
        insta::assert_snapshot!(json(&SourceMap::default(), &[]), @r#"
        {
          "version": 1,
          "diagnostics": [],
          "summary": {
            "errors": 0,
            "warnings": 0,
            "notes": 0
          }
        }
        "#);
    }
}
