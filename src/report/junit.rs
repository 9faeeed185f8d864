//! Findings as test results, for build servers that show those. Input also: the severity that ends with exit code 1, because it
//! fails here.
//!
//! A suite for each file with findings, in it a case for each rule that found something there; and the suite `ocstopo` with a
//! case for each rule that ran and found nothing. Rules look at the whole topology, so a case for each pair of file and rule
//! would say the same many times, and grow with the product of both.

use std::collections::BTreeMap;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::RuleInfo;
use super::plain::plain_with_places;
use super::rule_info::positions;
use crate::diag::{Code, Diag, Severity};
use crate::text::{FileId, SourceMap, printable};

/// The report as XML. A case fails when one of its findings is at least as bad as `deny`; milder ones are its output.
pub fn junit(sources: &SourceMap, diags: &[Diag], rules: &[RuleInfo], deny: Severity) -> String {
    let positions = positions(rules);
    let title = |code: Code| match positions.get(&code) {
        Some(index) => format!("{code} {}", rules[*index].name),
        None => code.to_string(),
    };
    let mut cases: BTreeMap<(FileId, Code), Vec<&Diag>> = BTreeMap::new();
    let mut silent = vec![true; rules.len()];
    for diag in diags {
        cases.entry((diag.primary.span.file, diag.code)).or_default().push(diag);
        positions.get(&diag.code).into_iter().for_each(|index| silent[*index] = false);
    }
    let mut suites: BTreeMap<FileId, TestSuite> = BTreeMap::new();
    for ((file, code), found) in cases {
        let name = sources.file(file).name();
        let case = case(sources, title(code), name, &found, deny);
        suites.entry(file).or_insert_with(|| TestSuite::new(name)).add_test_case(case);
    }
    let mut sound = TestSuite::new("ocstopo");
    for (rule, _) in rules.iter().zip(silent).filter(|(rule, silent)| rule.ran && *silent) {
        sound.add_test_case(passed(title(rule.code), "ocstopo"));
    }
    let mut report = Report::new("ocstopo");
    report.add_test_suites(suites.into_values()).add_test_suite(sound);
    // Writing to memory does not fail, and what XML cannot hold is written out in strings before.
    report.to_string().unwrap_or_default()
}

fn passed(title: String, class: &str) -> TestCase {
    let mut case = TestCase::new(title, TestCaseStatus::success());
    case.set_classname(class);
    case
}

/// What one rule found in one file.
fn case(sources: &SourceMap, title: String, file: &str, found: &[&Diag], deny: Severity) -> TestCase {
    let (denied, milder): (Vec<&Diag>, Vec<&Diag>) = found.iter().copied().partition(|diag| diag.severity <= deny);
    let mut case = passed(title, file);
    if let Some(first) = denied.first() {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        let more = match denied.len() {
            1 => String::new(),
            n => format!(" (and {} more)", n - 1),
        };
        status.set_message(printable(&format!("{}{more}", first.message.replace('\n', " "))).into_owned());
        status.set_type(first.severity.word());
        status.set_description(text(sources, &denied));
        case.status = status;
    }
    if !milder.is_empty() {
        case.set_system_out(text(sources, &milder));
    }
    case
}

fn text(sources: &SourceMap, diags: &[&Diag]) -> String {
    let mut text = String::new();
    for diag in diags {
        let place = sources.line_column(diag.primary.span);
        let name = sources.file(diag.primary.span.file).name();
        let details = plain_with_places(sources, diag);
        text += &format!("{name}:{}:{}: {}[{}]: {details}\n", place.line, place.column, diag.severity.word(), diag.code);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn hostile_text_stays_text() {
        let (sources, diags) = samples::hostile();
        let text = junit(&sources, &diags, &samples::rules(), Severity::Error);
        insta::assert_snapshot!(text);
        let report = Report::deserialize_from_str(&text).unwrap();
        assert_eq!((report.tests, report.failures), (5, 2));
    }

    #[test]
    fn denied_findings_fail() {
        let (sources, diags) = samples::hostile();
        for (deny, failures) in [(Severity::Error, 2), (Severity::Warning, 3), (Severity::Note, 4)] {
            let report = Report::deserialize_from_str(&junit(&sources, &diags, &samples::rules(), deny)).unwrap();
            assert_eq!(report.failures, failures);
        }
    }

    #[test]
    fn no_findings_give_a_passed_case_for_each_rule() {
        let (sources, _) = samples::hostile();
        insta::assert_snapshot!(junit(&sources, &[], &samples::rules(), Severity::Error));
    }
}
