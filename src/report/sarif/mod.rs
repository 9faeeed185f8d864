//! Findings as SARIF 2.1.0, the form that code scanning services read: rules with their documentation, places, related
//! places, corrections and fingerprints.

mod fingerprint;
mod place;
mod rules;

use serde_json::json;
use serde_sarif::sarif::{
    ArtifactChange, ArtifactContent, Fix, Invocation, Location, Message, Notification, PropertyBag, Replacement,
    Result as SarifResult, ResultLevel, Run, Sarif, Tool, ToolComponent,
};

use super::plain::plain;
use super::rule_info::positions;
use super::text::visible_json;
use super::{RuleInfo, count, errors_first};
use crate::diag::{self, Diag, Edit, Severity};
use crate::text::{SourceMap, printable};
use fingerprint::Fingerprints;

/// No service takes more results of one run.
const MOST_RESULTS: usize = 25_000;

/// Nor more places of one result.
const MOST_PLACES: usize = 1_000;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The log, indented, with a final newline; `version` is that of the program.
pub fn sarif(sources: &SourceMap, diags: &[Diag], rules: &[RuleInfo], version: &str) -> String {
    let log =
        Sarif::builder().schema(SCHEMA).version(json!("2.1.0")).runs(vec![run(sources, diags, rules, version, MOST_RESULTS)]);
    // Strings, numbers and lists always can be written as JSON.
    visible_json(&serde_json::to_string_pretty(&log.build()).unwrap_or_default()) + "\n"
}

fn run(sources: &SourceMap, diags: &[Diag], rules: &[RuleInfo], version: &str, most: usize) -> Run {
    let positions = positions(rules);
    let mut fingerprints = Fingerprints::default();
    let result = |diag: &Diag| {
        let mut result = result(sources, diag);
        result.rule_index = positions.get(&diag.code).map(|index| *index as i64);
        result.partial_fingerprints = Some(fingerprints.of(sources, diag));
        result
    };
    let results: Vec<_> = errors_first(diags).into_iter().take(most).map(result).collect();
    let left_out = diags.len() - results.len();
    let driver = ToolComponent::builder()
        .name("ocstopo")
        .semantic_version(version)
        .rules(rules.iter().map(rules::descriptor).collect::<Vec<_>>())
        .build();
    let mut run =
        Run::builder().tool(Tool::builder().driver(driver).build()).column_kind(json!("utf16CodeUnits")).results(results).build();
    if left_out > 0 {
        run.invocations = Some(vec![invocation(left_out)]);
    }
    run
}

/// What has no room is not left out in silence.
fn invocation(left_out: usize) -> Invocation {
    let text = format!("{} more, the mildest, left out", count(left_out, "finding"));
    let notification = Notification::builder().level(json!("warning")).message(message(&text)).build();
    Invocation::builder().execution_successful(true).tool_execution_notifications(vec![notification]).build()
}

fn result(sources: &SourceMap, diag: &Diag) -> SarifResult {
    let mut result = SarifResult::builder()
        .rule_id(diag.code.0)
        .level(match diag.severity {
            Severity::Error => ResultLevel::Error,
            Severity::Warning => ResultLevel::Warning,
            Severity::Note => ResultLevel::Note,
        })
        .message(message(&plain(diag)))
        .locations(vec![Location::builder().physical_location(place::physical(sources, diag.primary.span)).build()])
        .build();
    let related: Vec<_> =
        diag.related.iter().take(MOST_PLACES).enumerate().map(|(id, label)| related(sources, id, label)).collect();
    result.related_locations = Some(related).filter(|related| !related.is_empty());
    result.fixes = diag.fix.as_ref().map(|fix| vec![self::fix(sources, fix)]);
    result
}

fn related(sources: &SourceMap, id: usize, label: &diag::Label) -> Location {
    let mut location = Location::builder().id(id as i64).physical_location(place::physical(sources, label.span)).build();
    location.message = Some(&label.text).filter(|text| !text.is_empty()).map(|text| message(&printable(text)));
    location
}

/// The changes, those of each file together.
fn fix(sources: &SourceMap, fix: &diag::Fix) -> Fix {
    let mut edits: Vec<&Edit> = fix.edits.iter().collect();
    edits.sort();
    let changes: Vec<_> = edits
        .chunk_by(|a, b| a.span.file == b.span.file)
        .map(|edits| {
            let replacements: Vec<_> = edits.iter().map(|edit| replacement(sources, edit)).collect();
            let file = sources.file(edits[0].span.file);
            ArtifactChange::builder().artifact_location(place::artifact(file)).replacements(replacements).build()
        })
        .collect();
    Fix::builder().description(message(&printable(&fix.title))).artifact_changes(changes).build()
}

fn replacement(sources: &SourceMap, edit: &Edit) -> Replacement {
    let mut replacement = Replacement::builder().deleted_region(place::region(sources, edit.span)).build();
    if !edit.text.is_empty() {
        replacement.inserted_content = Some(ArtifactContent::builder().text(edit.text.as_str()).build());
    }
    replacement
}

/// A message of plain text. SARIF knows links even there, `[text](target)`: a blank keeps a stranger's text from being one.
fn message(text: &str) -> Message {
    Message::builder().text(text.replace("](", "] (")).build()
}

fn tags(tags: Vec<String>) -> PropertyBag {
    PropertyBag::builder().tags(tags).build()
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn hostile_text_stays_text() {
        let (sources, diags) = samples::hostile();
        let text = sarif(&sources, &diags, &samples::rules(), "1.2.3");
        assert!(!text.contains("](") && !text.contains("\\u001b"));
        insta::assert_snapshot!(text);
    }

    #[test]
    fn nothing_found_is_an_empty_list() {
        insta::assert_snapshot!(sarif(&SourceMap::default(), &[], &[], "1.2.3"));
    }

    #[test]
    fn omitted_findings_are_counted_and_errors_stay() {
        let (sources, diags) = samples::hostile();
        let run = run(&sources, &diags, &samples::rules(), "1.2.3", 3);
        let results = run.results.unwrap();
        assert_eq!(results.len(), 3);
        assert!(results.iter().all(|result| matches!(result.level, Some(ResultLevel::Error))));
        let invocations = serde_json::to_value(&run.invocations).unwrap();
        assert_eq!(invocations[0]["toolExecutionNotifications"][0]["message"]["text"], "2 findings more, the mildest, left out");
    }

    #[test]
    fn findings_keep_their_fingerprints_when_lines_move() {
        let (sources, diags) = samples::hostile();
        let (_, moved_diags) = samples::hostile();
        let fingerprints = |sources: &SourceMap, diags: &[Diag]| -> Vec<String> {
            let run = run(sources, diags, &samples::rules(), "1.2.3", 100);
            run.results.unwrap().iter().map(|result| format!("{:?}", result.partial_fingerprints)).collect()
        };
        let moved = SourceMap::new(
            sources
                .files()
                .map(|(_, file)| (file.name().to_owned(), format!("# more\n{}", file.text().trim_start_matches('\u{feff}'))))
                .collect(),
        );
        let by = |file: u32| if file == 0 { 4 } else { 7 };
        let moved_diags: Vec<Diag> = moved_diags
            .into_iter()
            .map(|mut diag| {
                diag.primary.span.start += by(diag.primary.span.file.0);
                diag.primary.span.end += by(diag.primary.span.file.0);
                diag
            })
            .collect();
        let before = fingerprints(&sources, &diags);
        assert_eq!(before, fingerprints(&moved, &moved_diags));
        let different: std::collections::BTreeSet<_> = before.iter().collect();
        assert_eq!(different.len(), before.len(), "the same mistake twice is two findings");
    }
}
