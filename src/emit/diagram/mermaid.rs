//! Mermaid flowcharts, for pages that draw them: boxes in subgraphs, lines with labels.

use super::form::Form;
use super::nested::{Part, indent, pairs, parts, texts};
use crate::diagram::{LineKind, Picture};

pub(super) const FORM: Form = Form { word: "mermaid", title: "A flowchart for pages that draw Mermaid", write: file };

/// The text of the file.
fn file(picture: &Picture) -> String {
    let mut title = picture.title.clone();
    if let Some(note) = &picture.note {
        title += &format!(" ({note})");
    }
    // A comment holds no text of a stranger: the title is a string of YAML.
    let mut out = format!("---\ntitle: \"{}\"\n---\nflowchart TB\n", yaml(&title));
    for part in parts(picture) {
        match part {
            Part::Open { path, title } => {
                let title = if title.is_empty() { " " } else { title };
                out += &format!("{}subgraph {} [\"{}\"]\n", indent(path.len()), path.join("_"), escaped(title));
            }
            Part::Box(id) => {
                let text: Vec<String> = texts(picture.node(id)).iter().map(|line| escaped(line)).collect();
                out += &format!("      n{}[\"{}\"]\n", id.0, text.join("<br/>"));
            }
            Part::Close { depth } => out += &format!("{}end\n", indent(depth + 1)),
        }
    }
    for (line, from, to) in pairs(picture) {
        let label = if line.label.is_empty() { String::new() } else { format!("|\"{}\"|", escaped(&line.label)) };
        out += &format!("  n{} {}{label} n{}\n", from.0, arrow(line.kind), to.0);
    }
    out
}

fn arrow(kind: LineKind) -> &'static str {
    match kind {
        LineKind::Joins | LineKind::Attached => "---",
        LineKind::Wan | LineKind::Trunk => "===",
        LineKind::Relation | LineKind::Udp => "-.->",
        LineKind::Tcp => "-->",
        LineKind::Both => "==>",
    }
}

/// A text between quotes. Mermaid reads `#code;` as a character, Markdown between backticks, and HTML: so all but letters, digits and
/// a few signs are written as codes.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            c if crate::text::is_unprintable(c) => out.push('\u{fffd}'),
            c if c.is_alphanumeric() || " .,:/()+-–…·→×".contains(c) => out.push(c),
            c => out += &format!("#{};", u32::from(c)),
        }
    }
    out
}

/// A text in a string of YAML between double quotes.
fn yaml(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c if crate::text::is_unprintable(c) => out.push('\u{fffd}'),
            // Mermaid reads HTML in titles.
            '<' | '>' | '&' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strangers_text_is_letters_and_codes() {
        assert_eq!(escaped("a\"]; end <b>"), "a#34;#93;#59; end #60;b#62;");
        assert_eq!(escaped("`**x**` #35; %% {{"), "#96;#42;#42;x#42;#42;#96; #35;35#59; #37;#37; #123;#123;");
        assert_eq!(escaped("a\u{202e}b\nc"), "a\u{fffd}b\u{fffd}c");
        assert_eq!(yaml("a\"\n---\nb\\<"), "a\\\"\u{fffd}---\u{fffd}b\\\\ ");
    }
}
