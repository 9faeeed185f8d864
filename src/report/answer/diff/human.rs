//! For a terminal.

use super::outline::{Team, Text};
use super::parts::parts;
use super::summary;
use crate::query::diff::Diff;
use crate::report::{count, wrap};

/// The counts, then part by part each change with its reasons.
pub fn human(diff: &Diff, team: Option<Team>, width: usize) -> String {
    let mut text = String::new();
    for line in warnings(diff) {
        text += &folded(&line, 0, width);
    }
    text += &folded(&summary(diff), 2, width);
    for part in parts(diff, team) {
        text += &format!("\n{}: {}\n", part.title, part.count);
        for group in part.groups {
            let count = if group.count.is_empty() { String::new() } else { format!("  {}", group.count) };
            text += &folded(&format!("  {}{count}", plain(&group.title)), 4, width);
            if let Some(because) = &group.because {
                text += &folded(&format!("    cause of all: {}", plain(because)), 16, width);
            }
            for entry in group.entries {
                text += &folded(&format!("    {} {}", entry.sign, plain(&entry.head)), 6, width);
                for (word, detail) in entry.details {
                    text += &folded(&format!("        {word:9} {}", plain(&detail)), 18, width);
                }
            }
        }
    }
    text
}

/// What a reader must know before everything else.
pub(super) fn warnings(diff: &Diff) -> Vec<String> {
    let mut warnings = Vec::new();
    for (word, side) in [("old", &diff.old), ("new", &diff.new)] {
        if side.errors > 0 {
            let errors = count(side.errors, "error");
            let rest = if side.whole { "" } else { "; the rules did not run on it, so findings cannot be compared" };
            warnings.push(format!("the {word} version ({}) has {errors}{rest}: no artifacts can be built from it", side.name));
        }
    }
    if diff.old.product != diff.new.product {
        warnings.push(format!("the product release differs: {} → {}", diff.old.product, diff.new.product));
    }
    for mass in &diff.mass {
        warnings.push(format!("{} of {} {} of {} are removed", mass.removed, mass.before, mass.what, mass.of));
    }
    if let Some(reason) = &diff.accepted {
        warnings.push(format!("accepted as intended: {reason}"));
    }
    warnings
}

fn plain(text: &Text) -> String {
    text.0.iter().map(|(_, run)| crate::text::printable(run).replace('\n', " ")).collect()
}

/// A line that goes on behind `indent` blanks where it is too wide.
fn folded(line: &str, indent: usize, width: usize) -> String {
    let begins = line.len() - line.trim_start().len();
    let room = width.saturating_sub(indent.max(begins)).max(24);
    let mut text = String::new();
    for (at, part) in wrap(line.trim_start(), room).iter().enumerate() {
        let blanks = if at == 0 { begins } else { indent };
        text += format!("{}{part}", " ".repeat(blanks)).trim_end();
        text.push('\n');
    }
    text
}
