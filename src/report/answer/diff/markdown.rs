//! For a comment on a pull request: counts first, details folded. No text of a topology becomes markup.

use super::human::warnings;
use super::outline::{Entry, Group, Part, Team, Text};
use super::parts::parts;
use super::summary;
use crate::query::diff::Diff;

/// A comment on a pull request of GitHub holds 65,536 characters; what is put around this one takes some of them.
pub const MOST: usize = 60_000;

/// How much is shown of each part.
#[derive(Clone, Copy, PartialEq)]
enum Depth {
    /// Everything.
    Details,
    /// Each change in a line.
    Heads,
    /// How many changes each device, view or kind of work has.
    Groups,
    /// How many changes each part has.
    Counts,
}

/// The counts, then part by part each change with its reasons. What is longer than [`MOST`] is summarized: first without reasons,
/// then by device, view or kind of work, then by part.
pub fn markdown(diff: &Diff, team: Option<Team>) -> String {
    let parts = parts(diff, team);
    let depths = [Depth::Details, Depth::Heads, Depth::Groups, Depth::Counts];
    let drawn = depths.into_iter().map(|depth| draw(diff, &parts, depth));
    let mut last = String::new();
    for text in drawn {
        if text.chars().count() < MOST {
            return text;
        }
        last = text;
    }
    last
}

fn draw(diff: &Diff, parts: &[Part], depth: Depth) -> String {
    let mut text = format!("**{}**\n", escaped(&summary(diff)));
    for warning in warnings(diff) {
        text += &format!("\n> ⚠ {}\n", escaped(&warning));
    }
    if depth != Depth::Details {
        text += &format!(
            "\nToo long to show in full here: {}.\n",
            match depth {
                Depth::Details | Depth::Heads => "reasons are omitted",
                Depth::Groups => "changes are counted by device, view and kind of work",
                Depth::Counts => "changes are counted by team",
            }
        );
    }
    for part in parts {
        if depth == Depth::Counts {
            text += &format!("\n- {}: {}", part.title, escaped(&part.count));
            continue;
        }
        text += &format!("\n<details>\n<summary>{}: {}</summary>\n", part.title, html_escaped(&part.count));
        for group in &part.groups {
            text += &self::group(group, depth);
        }
        text += "\n</details>\n";
    }
    text
}

fn group(group: &Group, depth: Depth) -> String {
    let count = match (depth, group.count.as_str()) {
        (Depth::Groups, "") => format!(": {}", group.entries.len()),
        (_, "") => String::new(),
        (_, count) => format!(": {}", escaped(count)),
    };
    if depth == Depth::Groups {
        return format!("\n- {}{count}", line(&group.title));
    }
    let mut text = format!("\n**{}**{count}\n\n", line(&group.title));
    if let Some(because) = group.because.as_ref().filter(|_| depth == Depth::Details) {
        text += &format!("Cause of all: {}\n\n", line(because));
    }
    for entry in &group.entries {
        text += &self::entry(entry, depth);
    }
    text
}

fn entry(entry: &Entry, depth: Depth) -> String {
    let mut text = format!("- {} {}\n", escaped(entry.sign), line(&entry.head));
    if depth == Depth::Details {
        for (word, detail) in &entry.details {
            text += &format!("  - {}: {}\n", escaped(word), line(detail));
        }
    }
    text
}

fn line(text: &Text) -> String {
    text.0.iter().map(|(marked, run)| if *marked { code(run) } else { escaped(run) }).collect()
}

/// A text on one line that is no markup: every character that could begin any is escaped, and so is what GitHub makes links of.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    let text = crate::text::printable(text);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '&' => out += "&amp;",
            // A mention, a reference to an issue, and an address would be links.
            '@' => out += "&#64;",
            '#' => out += "&#35;",
            // So would the name of a picture, `:name:`.
            ':' if chars.peek().is_some_and(|next| !next.is_whitespace()) => out += "&#58;",
            c if c.is_ascii_punctuation() && !",.:;()'/%=".contains(c) => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    // `www.` at the begin of a word is a link without any other sign.
    out.replace("www.", "www&#46;")
}

/// A text as code, between as many backticks as it has not in it.
fn code(text: &str) -> String {
    let text = crate::text::printable(text).replace(['\n', '\r', '\t'], " ");
    if text.trim().is_empty() {
        return "(empty)".to_owned();
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let blank = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{blank}{text}{blank}{fence}")
}

fn html_escaped(text: &str) -> String {
    super::html::escaped(text)
}
