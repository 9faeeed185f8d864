//! What is behind a code: for people as Markdown, which `ocstopo explain` prints, and for programs as JSON.

use std::fmt::Write;

use serde_json::{Value, json};

use super::excerpt::{example, excerpts};
use super::rule::fill;
use super::{CodeEntry, Example, Rule, find_code, words};
use crate::catalog::Confidence;

/// What is known of a code or a name.
pub fn explain(code: &str) -> Option<String> {
    find_code(code).map(|entry| match entry.rule {
        Some(rule) => rule_text(rule),
        None => {
            let mut text = format!("# {} {}\n\n", entry.row.code, entry.row.name);
            if let Some(command) = entry.row.family.command() {
                fill(&mut text, &format!("{}, of `{command}`.", entry.row.severity.word()));
                text.push('\n');
            }
            text + &entry.documentation() + "\n"
        }
    })
}

fn rule_text(rule: &Rule) -> String {
    let mut text = format!("# {} {}\n\n", rule.code, rule.name);
    let step = if rule.step == 0 { "the language".to_owned() } else { format!("step {} of the Planning Guide", rule.step) };
    let sure = match rule.confidence {
        Confidence::High => "",
        Confidence::Medium => " (one source)",
        Confidence::Low => " (recalled, not read: at most a note)",
    };
    let waiver = if rule.waivable { "may be waived" } else { "cannot be waived" };
    let fix = if rule.fixable { ", `check --fix` can fix it" } else { "" };
    fill(&mut text, &format!("{}, {step}, {waiver}{fix}. Source: {}{sure}.", rule.severity.word(), rule.source));
    let products: Vec<&str> = rule.releases.iter().map(|product| product.title()).collect();
    text.push('\n');
    fill(&mut text, &format!("For {}.", words::list(&products)));
    text.push('\n');
    text.push_str(rule.markdown().trim());
    let _ = write!(text, "\n\n## Example\n\n{}", example(rule));
    text
}

/// All that is known of a code, for programs. The examples are complete topologies; an excerpt shows what differs between them.
pub fn code_json(entry: &CodeEntry) -> Value {
    let (source, confidence, examples) = match entry.rule {
        None => (Value::Null, Confidence::High, Value::Null),
        Some(rule) => {
            let (bad, good) = (rule.bad.shown(), rule.good.shown());
            let (wrong, right) = excerpts(&bad, &good);
            let day = |example: &Example| example.today.map(|today| today.to_string());
            let examples = json!({
                "bad": { "excerpt": wrong, "text": bad, "today": day(&rule.bad) },
                "good": { "excerpt": right, "text": good, "today": day(&rule.good) },
            });
            (rule.source.into(), rule.confidence, examples)
        }
    };
    json!({
        "code": entry.row.code.0,
        "name": entry.row.name,
        "step": entry.step(),
        "step_title": entry.step_title(),
        "severity": entry.row.severity.word(),
        "confidence": confidence.word(),
        "products": entry.releases().iter().map(|product| product.word()).collect::<Vec<_>>(),
        "waivable": entry.waivable(),
        "fixable": entry.fixable(),
        "source": source,
        "summary": entry.summary(),
        "documentation": entry.documentation(),
        "examples": examples,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json_of(code: &str) -> Value {
        code_json(find_code(code).expect("a code"))
    }

    #[test]
    fn a_rule_for_programs() {
        let mut shown = json_of("OCS0201");
        for example in ["bad", "good"] {
            let text = shown["examples"][example]["text"].take();
            assert!(text.as_str().is_some_and(|text| text.contains("organization ")), "{example} is no whole topology");
        }
        insta::assert_snapshot!(format!("{shown:#}"));
    }

    #[test]
    fn an_error_of_the_language_for_programs() {
        insta::assert_snapshot!(format!("{:#}", json_of("no-organization")));
    }
}
