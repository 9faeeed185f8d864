//! Findings as the protocol has them.

use std::path::PathBuf;

use gen_lsp_types::{Code, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, Message, Range};

use super::position::{Encoding, range};
use super::uri::uri;
use crate::diag::{Diag, Label, Severity};
use crate::ide::Snapshot;
use crate::text::SourceMap;

/// A finding; `paths` are those of the files of the snapshot.
pub(super) fn diagnostic(snapshot: &Snapshot, paths: &[PathBuf], diag: &Diag, encoding: Encoding) -> Diagnostic {
    let sources = &snapshot.compiled.sources;
    let place = |label: &Label| {
        let path = paths.get(label.span.file.0 as usize)?;
        Some(Location { uri: uri(path), range: range(sources.file(label.span.file), label.span, encoding) })
    };
    let related = diag.related.iter().filter_map(|label| {
        let message = if label.text.is_empty() { "here".to_owned() } else { label.text.clone() };
        Some(DiagnosticRelatedInformation { location: place(label)?, message })
    });
    let related: Vec<DiagnosticRelatedInformation> = related.collect();
    Diagnostic {
        related_information: (!related.is_empty()).then_some(related),
        code: Some(Code::String(diag.code.to_string())),
        ..finding(range(sources.file(diag.primary.span.file), diag.primary.span, encoding), severity(diag), message(diag))
    }
}

/// A mistake in the settings.
pub(super) fn of_settings(file: &SourceMap, diag: &Diag, encoding: Encoding) -> Diagnostic {
    let place = range(file.file(diag.primary.span.file), diag.primary.span, encoding);
    Diagnostic { code: Some(Code::String(diag.code.to_string())), ..finding(place, severity(diag), message(diag)) }
}

fn severity(diag: &Diag) -> DiagnosticSeverity {
    match diag.severity {
        Severity::Error => DiagnosticSeverity::Error,
        Severity::Warning => DiagnosticSeverity::Warning,
        Severity::Note => DiagnosticSeverity::Information,
    }
}

/// A finding with the least that one has.
pub(super) fn finding(range: Range, severity: DiagnosticSeverity, message: String) -> Diagnostic {
    Diagnostic {
        range,
        severity: Some(severity),
        code: None,
        code_description: None,
        source: Some("ocstopo".to_owned()),
        message: Message::String(message),
        tags: None,
        related_information: None,
        data: None,
    }
}

/// What is wrong, why here, and the way out.
fn message(diag: &Diag) -> String {
    let mut text = diag.message.clone();
    for (word, more) in [("", Some(&diag.primary.text)), ("help: ", diag.help.as_ref()), ("source: ", diag.source.as_ref())] {
        if let Some(more) = more.filter(|more| !more.is_empty()) {
            text += &format!("\n{word}{more}");
        }
    }
    text
}
