//! DOT, for Graphviz: boxes in clusters, lines with labels. Graphviz lays it out.

use super::form::Form;
use crate::diagram::{Band, LineKind, Node, NodeId, Picture, Strip};

pub(super) const FORM: Form = Form { word: "dot", title: "For Graphviz, with a layout of its own", write: file };

/// The text of the file.
fn file(picture: &Picture) -> String {
    let mut out = String::from("digraph ocstopo {\n");
    let title: Vec<&str> =
        [picture.title.as_str(), picture.subtitle.as_str()].into_iter().chain(picture.note.as_deref()).collect();
    out += &format!(
        "  graph [label={}, labelloc=t, rankdir=TB, compound=true, fontname=\"Helvetica\"];\n",
        quoted(&title.join("\n"))
    );
    out += "  node [shape=box, fontname=\"Helvetica\", fontsize=10];\n  edge [fontname=\"Helvetica\", fontsize=9];\n";
    for (at, band) in picture.bands.iter().enumerate() {
        cluster(&mut out, picture, at, band);
    }
    for line in &picture.lines {
        for from in &line.from {
            for to in &line.to {
                out += &format!("  n{} -> n{} [{}];\n", from.0, to.0, attributes(line.kind, &line.label));
            }
        }
    }
    out + "}\n"
}

fn cluster(out: &mut String, picture: &Picture, at: usize, band: &Band) {
    *out += &format!("  subgraph cluster_band{at} {{\n    label={};\n", quoted(&band.title));
    for (number, cell) in band.border.iter().chain(&band.cells).enumerate() {
        let title = picture.sites.get(cell.site).map_or("", |site| site.title.as_str());
        *out += &format!("    subgraph cluster_band{at}_cell{number} {{\n      label={};\n", quoted(title));
        for strip in &cell.strips {
            match strip {
                Strip::Wall(node) | Strip::Bar(node) => box_of(out, picture, *node),
                Strip::Cards(nodes) => nodes.iter().for_each(|node| box_of(out, picture, *node)),
                Strip::Frame(frame, nodes) => {
                    *out += &format!("      subgraph cluster_net{} {{\n        label=\"\";\n", frame.0);
                    box_of(out, picture, *frame);
                    nodes.iter().for_each(|node| box_of(out, picture, *node));
                    *out += "      }\n";
                }
            }
        }
        *out += "    }\n";
    }
    if let Some(node) = band.across {
        box_of(out, picture, node);
    }
    *out += "  }\n";
}

fn box_of(out: &mut String, picture: &Picture, id: NodeId) {
    let node = picture.node(id);
    *out += &format!("      n{} [label={}, tooltip={}];\n", id.0, quoted(&lines(node).join("\n")), quoted(&node.tip));
}

/// The texts of a box, a line each.
pub(super) fn lines(node: &Node) -> Vec<String> {
    let mut lines = vec![node.name.clone(), node.about.clone()];
    lines.extend(node.front.iter().map(|front| format!("VIP {front}")));
    lines.extend(node.facts.iter().chain(&node.addresses).cloned());
    lines
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
