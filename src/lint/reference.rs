//! The reference of all codes as one Markdown page, `docs/rules.md`: a table of contents, then a section for each code by step.

use std::fmt::Write;

use super::explain::example;
use super::known::{HANDED_IN, Known, known};
use super::words;
use crate::catalog::Confidence;
use crate::diag::Severity;
use crate::schema::step_title;

/// What stands before the table of contents.
const INTRO: &str = include_str!("reference.md");

/// The page.
pub fn reference() -> String {
    let all = known();
    let steps: Vec<&[Known]> = all.chunk_by(|a, b| a.step() == b.step()).collect();
    let mut text = INTRO.to_owned();
    text.push_str("\n## Contents\n");
    for step in &steps {
        contents(&mut text, step);
    }
    for step in &steps {
        let _ = writeln!(text, "\n## {}", heading(step));
        for code in *step {
            section(&mut text, code);
        }
    }
    text
}

/// The heading of a step, with a capital.
fn heading(step: &[Known]) -> String {
    let Some(first) = step.first() else { return String::new() };
    match first.step() {
        0 if first.code().starts_with("OCS00") => "The language itself".to_owned(),
        0 => "Zones that exist: `ocstopo dns check`".to_owned(),
        HANDED_IN => "Certificates that are handed in".to_owned(),
        number => format!("Step {number}: {}", step_title(number)),
    }
}

fn contents(text: &mut String, step: &[Known]) {
    let heading = heading(step);
    let _ = writeln!(text, "\n[{heading}](#{})\n\n| code | severity | is about |\n|---|---|---|", anchor(&heading));
    for code in step {
        let title = title(code);
        let summary = code.summary().replace('|', "\\|");
        let _ = writeln!(text, "| [{title}](#{}) | {} | {summary} |", anchor(&title), code.severity().word());
    }
}

fn section(text: &mut String, code: &Known) {
    let _ = writeln!(text, "\n### {}\n", title(code));
    let products: Vec<&str> = code.releases().iter().map(|product| product.title()).collect();
    let waiver = match code {
        Known::HandedIn(_) => "of `ocstopo cert check`",
        code if code.waivable() => "may be waived",
        _ => "cannot be waived",
    };
    let fix = if code.fixable() { "`ocstopo check --fix` can correct it" } else { "to be corrected by hand" };
    let _ = writeln!(text, "- **{}**; {waiver}; {fix}", severity(code.severity()));
    let _ = writeln!(text, "- for {}", words::list(&products));
    if let Known::Rule(rule) = code {
        let sure = match rule.confidence {
            Confidence::High => "",
            Confidence::Medium => " (one source)",
            Confidence::Low => " (recalled, not read)",
        };
        let _ = writeln!(text, "- source: {}; confidence {}{sure}", rule.source, rule.confidence.word());
    }
    // The headings of a code stand below its own.
    let documentation = code.documentation();
    let lines =
        documentation.lines().map(|line| if line.starts_with("## ") { format!("##{line}\n\n") } else { format!("{line}\n") });
    let _ = write!(text, "\n{}", lines.collect::<String>());
    if let Known::Rule(rule) = code {
        let _ = write!(text, "\n#### Example\n\n{}", example(rule));
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Note => "Note",
    }
}

fn title(code: &Known) -> String {
    format!("{} {}", code.code(), code.name())
}

/// The anchor that renderers of Markdown give a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase();
    kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-')).map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_has_one_section_and_one_line_in_the_contents() {
        let page = reference();
        for code in known() {
            let title = title(&code);
            assert_eq!(page.matches(&format!("\n### {title}\n")).count(), 1, "{title}");
            assert_eq!(page.matches(&format!("\n| [{title}](#{}) |", anchor(&title))).count(), 1, "{title}");
        }
    }

    #[test]
    fn anchors_are_those_of_the_headings() {
        assert_eq!(anchor("Step 2: select your topology"), "step-2-select-your-topology");
        assert_eq!(anchor("OCS0201 standard-edition-users"), "ocs0201-standard-edition-users");
    }
}
