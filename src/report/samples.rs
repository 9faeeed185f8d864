//! Findings that the tests of all formats share: hostile text in every part of them.

use super::RuleInfo;
use crate::diag::{Code, Diag, Edit, Fix, Severity};
use crate::text::{FileId, SourceMap, Span};

/// A note, a warning with hostile text everywhere, an error over two lines and the same error once more.
pub(super) fn hostile() -> (SourceMap, Vec<Diag>) {
    let sources = SourceMap::new(vec![
        ("a,b:100% ü.ocstopo".into(), "\u{feff}𝄞 = \"ä\"\r\nuser = 2\nuser = 2\n".into()),
        ("site/b.ocstopo".into(), "pool se {\n}\n".into()),
    ]);
    let span = |file, start, end| Span::new(FileId(file), start, end);
    let text =
        "]]> <b a=\"1\">&amp;\r\n::error file=x::y\n##[error]z\u{1b}[31m\u{0}\u{202e} 50%: [click](https://example.com), `{0}`";
    let diags = vec![
        Diag::new(Severity::Note, Code("OCS0101"), "worth knowing of `pool.se`", span(0, 3, 7), ""),
        Diag::new(Severity::Warning, Code("OCS0102"), text, span(0, 11, 13), text)
            .related(span(1, 5, 7), text)
            .related(span(1, 0, 4), "")
            .help(text)
            .source(text)
            .fix(Fix {
                title: text.into(),
                edits: vec![
                    Edit { span: span(0, 10, 14), text: "\"<]]>\"\n".into() },
                    Edit { span: span(1, 5, 7), text: String::new() },
                    Edit { span: span(0, 16, 20), text: "users".into() },
                ],
            }),
        Diag::error(Code("OCS0103"), "`pool.se` is empty", span(1, 8, 11), "nothing here").help("write something"),
        Diag::error(Code("OCS0001"), "`user` is no attribute", span(0, 16, 20), "unknown"),
        Diag::error(Code("OCS0001"), "`user` is no attribute", span(0, 25, 29), "unknown"),
    ];
    (sources, diags)
}

/// The rules of [`hostile`], one that found nothing, and one that was not applied.
pub(super) fn rules() -> Vec<RuleInfo> {
    let rule = |code, name, severity, step, ran| RuleInfo {
        code: Code(code),
        name,
        severity,
        summary: "Looks at `a, b`. And at more.".into(),
        doc: "## What it does\nLooks at `a, b`. And at more.\n".into(),
        step,
        ran,
    };
    vec![
        rule("OCS0001", "no-item", Severity::Error, 0, true),
        rule("OCS0101", "first", Severity::Note, 1, true),
        rule("OCS0102", "second", Severity::Warning, 1, true),
        rule("OCS0103", "third", Severity::Error, 1, true),
        rule("OCS0104", "sound", Severity::Error, 1, true),
        rule("OCS0105", "other-release", Severity::Error, 1, false),
    ]
}
