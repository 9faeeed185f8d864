//! The reference of all codes as one Markdown document, of which `docs/rules/` has a page for each section: a table of the steps, then each
//! step with a table of its codes and a section for each code.

use std::fmt::Write;

use super::excerpt::example;
use super::{CodeEntry, codes, words};
use crate::catalog::Confidence;
use crate::diag::{Family, Severity};
use crate::schema::step_title;

/// The text before the table of contents.
const INTRO: &str = include_str!("reference.md");

/// The document.
pub fn reference() -> String {
    let chapter = |entry: &CodeEntry| (entry.row.family.command(), entry.step());
    let steps: Vec<&[CodeEntry]> = codes().chunk_by(|a, b| chapter(a) == chapter(b)).collect();
    let mut text = INTRO.to_owned();
    text.push_str("\n| findings of | codes | errors | warnings | notes |\n|---|---|---|---|---|\n");
    for step in &steps {
        let heading = heading(step);
        let of = |severity| step.iter().filter(|code| code.row.severity == severity).count();
        let [errors, warnings, notes] = [Severity::Error, Severity::Warning, Severity::Note].map(of);
        let anchor = anchor(&heading);
        let _ = writeln!(text, "| [{heading}](#{anchor}) | {} | {errors} | {warnings} | {notes} |", step.len());
    }
    for step in &steps {
        let _ = writeln!(text, "\n## {}\n", heading(step));
        contents(&mut text, step);
        for code in *step {
            section(&mut text, code);
        }
    }
    text
}

/// The heading of a step, with a capital.
fn heading(step: &[CodeEntry]) -> String {
    let Some(first) = step.first() else { return String::new() };
    match (first.row.family, first.step()) {
        (Family::Zones, _) => "Zone files: `ocstopo dns check`".to_owned(),
        (Family::Certificates, _) => "Certificate files: `ocstopo cert check`".to_owned(),
        (_, 0) => "The language itself".to_owned(),
        (_, number) => format!("Step {number}: {}", step_title(number)),
    }
}

fn contents(text: &mut String, step: &[CodeEntry]) {
    let _ = writeln!(text, "| code | severity | is about |\n|---|---|---|");
    for code in step {
        let title = title(code);
        let summary = code.summary().replace('|', "\\|");
        let _ = writeln!(text, "| [{title}](#{}) | {} | {summary} |", anchor(&title), code.row.severity.word());
    }
}

fn section(text: &mut String, code: &CodeEntry) {
    let _ = writeln!(text, "\n### {}\n", title(code));
    let products: Vec<&str> = code.releases().iter().map(|product| product.title()).collect();
    let waiver = match code.row.family.command() {
        Some(command) => format!("of `{command}`"),
        None if code.waivable() => "may be waived".to_owned(),
        None => "cannot be waived".to_owned(),
    };
    let fix = if code.fixable() { "`ocstopo check --fix` can fix it" } else { "must be corrected by hand" };
    let _ = writeln!(text, "- **{}**; {waiver}; {fix}", severity(code.row.severity));
    let _ = writeln!(text, "- for {}", words::list(&products));
    if let Some(rule) = code.rule {
        let sure = match rule.confidence {
            Confidence::High => "",
            Confidence::Medium => " (one source)",
            Confidence::Low => " (recalled, not read)",
        };
        let _ = writeln!(text, "- source: {}; confidence {}{sure}", rule.source, rule.confidence.word());
    }
    // The headings of a code are below its own.
    let documentation = code.documentation();
    let lines =
        documentation.lines().map(|line| if line.starts_with("## ") { format!("##{line}\n\n") } else { format!("{line}\n") });
    let _ = write!(text, "\n{}", lines.collect::<String>());
    if let Some(rule) = code.rule {
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

fn title(code: &CodeEntry) -> String {
    format!("{} {}", code.row.code, code.row.name)
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
        for code in codes() {
            let title = title(code);
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
