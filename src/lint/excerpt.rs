//! Documentation filled to the width of a narrow terminal, and the part of an example that makes the difference.

use similar::{ChangeTag, TextDiff};

use super::Rule;
use super::rule::fill;

/// The documentation of a code that is no rule, its paragraphs filled.
pub(super) fn filled(doc: &str) -> String {
    let mut text = String::new();
    for paragraph in doc.split("\n\n") {
        if !text.is_empty() {
            text.push('\n');
        }
        fill(&mut text, paragraph);
    }
    text.trim_end().to_owned()
}

/// The part of the bad example that makes the difference, and the same part of the good one; or the days that do.
pub(super) fn example(rule: &Rule) -> String {
    let (bad, good) = (rule.bad.shown(), rule.good.shown());
    match (rule.bad.today, rule.good.today) {
        (Some(there), Some(gone)) if bad == good => {
            format!("The finding is reported with `--today {there}`, and not with `--today {gone}`.\n")
        }
        _ => {
            let (wrong, right) = excerpts(&bad, &good);
            format!("```ocstopo\n{wrong}```\n\nUse instead:\n\n```ocstopo\n{right}```\n")
        }
    }
}

/// The lines of both topologies around the places where they differ; `# …` replaces the lines between.
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
    // An excerpt that begins or ends in an empty line shows nothing there.
    let trimmed = |text: &str| format!("{}\n", text.trim_matches('\n'));
    (trimmed(&wrong), trimmed(&right))
}
