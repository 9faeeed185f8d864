//! The text behind a code, as Markdown: what `ocstopo explain` prints.

use std::fmt::Write;

use similar::{ChangeTag, TextDiff};

use super::known::{Known, find_known};
use super::rule::fill;
use super::{Rule, rules, words};
use crate::catalog::Confidence;
use crate::diag::{self, handed_in_codes, language_codes};

/// What is known of a code or a name: a rule, or an error of the language.
pub fn explain(code: &str) -> Option<String> {
    find_known(code).map(|known| match known {
        Known::Rule(rule) => rule_text(rule),
        Known::Language(row) => format!("# {} {}\n\n{}\n", row.code, row.name, doc_of(row.doc)),
        Known::HandedIn(row) => {
            let mut text = format!("# {} {}\n\n", row.code, row.name);
            fill(&mut text, &format!("{}, of `ocstopo cert check`.", row.severity.word()));
            format!("{text}\n{}\n", doc_of(row.doc))
        }
    })
}

/// The documentation of a code that is no rule, its paragraphs filled to the width of a narrow terminal.
pub(super) fn doc_of(doc: &str) -> String {
    let mut text = String::new();
    for paragraph in doc.split("\n\n") {
        if !text.is_empty() {
            text.push('\n');
        }
        fill(&mut text, paragraph);
    }
    text.trim_end().to_owned()
}

/// The code that was probably meant.
pub fn nearest_code(code: &str) -> Option<&'static str> {
    let of_rules = rules().iter().flat_map(|rule| [rule.code.0, rule.name]);
    let of_language = language_codes().flat_map(|known| [known.code.0, known.name]);
    let of_certificates = handed_in_codes().flat_map(|known| [known.code.0, known.name]);
    diag::nearest(code, of_rules.chain(of_language).chain(of_certificates))
}

/// The code or name of the rule that was probably meant.
pub(super) fn nearest_rule(code: &str) -> Option<&'static str> {
    // Codes are numbers, not words: one with the same number and other zeros is meant, one that differs is near within its step only.
    let number = |code: &str| code.to_ascii_uppercase().strip_prefix("OCS").and_then(|digits| digits.parse::<u32>().ok());
    if let Some(written) = number(code) {
        let same = waivable().find(|known| number(known) == Some(written));
        if same.is_some() {
            return same;
        }
    }
    let step = code.get(..5).unwrap_or(code);
    diag::nearest(code, waivable().filter(|known| !known.starts_with("OCS") || known.starts_with(step)))
}

/// The name of the rule that can only be meant; a code is no misspelling of another.
pub(super) fn meant_rule(name: &str) -> Option<&'static str> {
    diag::unambiguous(name, waivable().filter(|known| !known.starts_with("OCS")))
}

/// The codes and names of the rules that may be waived.
fn waivable() -> impl Iterator<Item = &'static str> {
    rules().iter().filter(|rule| rule.waivable).flat_map(|rule| [rule.code.0, rule.name])
}

/// The rule with this code or name; `_` counts as `-`, for in a `waive` block a name is a word of the language.
pub(super) fn find(code: &str) -> Option<&'static Rule> {
    let name = code.replace('_', "-");
    rules().iter().copied().find(|rule| rule.code.0.eq_ignore_ascii_case(code) || rule.name == name)
}

fn rule_text(rule: &Rule) -> String {
    let mut text = format!("# {} {}\n\n", rule.code, rule.name);
    let step = if rule.step == 0 { "the language".to_owned() } else { format!("step {} of the Planning Guide", rule.step) };
    let sure = match rule.confidence {
        Confidence::High => "",
        Confidence::Medium => " (one source)",
        Confidence::Low => " (recalled, not read: never more than a note)",
    };
    let waiver = if rule.waivable { "may be waived" } else { "cannot be waived" };
    let fix = if rule.fixable { ", `check --fix` can mend it" } else { "" };
    fill(&mut text, &format!("{}, {step}, {waiver}{fix}. Source: {}{sure}.", rule.severity.word(), rule.source));
    let products: Vec<&str> = rule.releases.iter().map(|product| product.title()).collect();
    text.push('\n');
    fill(&mut text, &format!("For {}.", words::list(&products)));
    text.push('\n');
    text.push_str(rule.markdown().trim());
    let _ = write!(text, "\n\n## Example\n\n{}", example(rule));
    text
}

/// The part of the bad example that makes the difference, and the same part of the good one; or the days that do.
pub(super) fn example(rule: &Rule) -> String {
    let (bad, good) = (rule.bad.text(), rule.good.text());
    match (rule.bad.today, rule.good.today) {
        (Some(there), Some(gone)) if bad == good => {
            format!("With `--today {there}` the finding is there, with `--today {gone}` it is not, whatever else is written.\n")
        }
        _ => {
            let (wrong, right) = excerpts(&bad, &good);
            format!("```ocstopo\n{wrong}```\n\nUse instead:\n\n```ocstopo\n{right}```\n")
        }
    }
}

/// The lines of both topologies around the places where they differ; `# …` stands for the lines between.
pub(super) fn excerpts(bad: &str, good: &str) -> (String, String) {
    const AROUND: usize = 3;
    let diff = TextDiff::from_lines(bad, good);
    let (mut wrong, mut right) = (String::new(), String::new());
    for (position, group) in diff.grouped_ops(AROUND).iter().enumerate() {
        if position > 0 {
            wrong.push_str("# …\n");
            right.push_str("# …\n");
        }
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            if change.tag() != ChangeTag::Insert {
                wrong.push_str(change.value());
            }
            if change.tag() != ChangeTag::Delete {
                right.push_str(change.value());
            }
        }
    }
    // An excerpt that begins in an empty line shows nothing there.
    (wrong.trim_start_matches('\n').to_owned(), right.trim_start_matches('\n').to_owned())
}
