//! Documentation filled to the width of a narrow terminal, and the part of an example that makes the difference.

use super::Rule;
use super::rule::fill;
use crate::text::Difference;

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
    let difference = Difference::new(bad, good);
    let (mut wrong, mut right) = (String::new(), String::new());
    for (position, group) in difference.groups(AROUND).enumerate() {
        if position > 0 {
            wrong.push_str("# …\n");
            right.push_str("# …\n");
        }
        wrong.extend(difference.old[group.old].iter().copied());
        right.extend(difference.new[group.new].iter().copied());
    }
    // An excerpt that begins or ends in an empty line shows nothing there.
    let trimmed = |text: &str| format!("{}\n", text.trim_matches('\n'));
    (trimmed(&wrong), trimmed(&right))
}
