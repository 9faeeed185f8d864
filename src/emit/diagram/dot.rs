//! DOT, for Graphviz: boxes in clusters, lines with labels. Graphviz lays it out.

use super::form::Form;
use super::nested::{Part, heading, indent, pairs, parts, texts};
use crate::diagram::{LineKind, Picture};

pub(super) const FORM: Form = Form { word: "dot", title: "For Graphviz, with a layout of its own", write: file };

/// The text of the file.
fn file(picture: &Picture) -> String {
    let mut out = String::from("digraph ocstopo {\n");
    out += &format!(
        "  graph [label={}, labelloc=t, rankdir=TB, compound=true, fontname=\"Helvetica\"];\n",
        quoted(&heading(picture))
    );
    out += "  node [shape=box, fontname=\"Helvetica\", fontsize=10];\n  edge [fontname=\"Helvetica\", fontsize=9];\n";
    for part in parts(picture) {
        match part {
            Part::Open { path, title } => {
                let before = indent(path.len());
                out += &format!("{before}subgraph cluster_{} {{\n{before}  label={};\n", path.join("_"), quoted(title));
            }
            Part::Box(id) => {
                let node = picture.node(id);
                out += &format!("      n{} [label={}, tooltip={}];\n", id.0, quoted(&texts(node).join("\n")), quoted(&node.tip));
            }
            Part::Close { depth } => out += &format!("{}}}\n", indent(depth + 1)),
        }
    }
    for (line, from, to) in pairs(picture) {
        out += &format!("  n{} -> n{} [{}];\n", from.0, to.0, attributes(line.kind, &line.label));
    }
    out + "}\n"
}

fn attributes(kind: LineKind, label: &str) -> String {
    let style = match kind {
        LineKind::Joins | LineKind::Attached => "dir=none",
        LineKind::Wan | LineKind::Trunk => "dir=none, style=bold",
        LineKind::Relation => "style=dotted",
        LineKind::Tcp => "style=solid",
        LineKind::Udp => "style=dashed",
        LineKind::Both => "style=\"dashed,bold\"",
    };
    if label.is_empty() { style.to_owned() } else { format!("{style}, label={}", quoted(label)) }
}

/// A string of DOT. A backslash begins an escape of Graphviz (`\N` is the name of the node), so each is doubled; line ends are `\n`.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out += "\\\"",
            '\\' => out += "\\\\",
            '\n' => out += "\\n",
            // Graphviz reads entities of HTML in every string.
            '&' => out += "&amp;",
            c if crate::text::is_unprintable(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strangers_text_stays_in_its_string() {
        assert_eq!(quoted("a\"];x->y[label=\"b"), r#""a\"];x->y[label=\"b""#);
        assert_eq!(quoted("\\N \\"), r#""\\N \\""#);
        assert_eq!(quoted("&lt;\n\u{202e}"), "\"&amp;lt;\\n\u{fffd}\"");
    }
}
