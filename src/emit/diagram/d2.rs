//! D2: boxes in containers, lines with labels. D2 lays it out.

use super::form::Form;
use super::nested::{Part, heading, indent, pairs, parts, texts};
use crate::diagram::{LineKind, Picture};

pub(super) const FORM: Form = Form { word: "d2", title: "For D2, with a layout of its own", write: file };

/// The text of the file.
fn file(picture: &Picture) -> String {
    let mut out = String::from("direction: down\n");
    out += &format!("title: {} {{shape: text; near: top-center}}\n", quoted(&heading(picture)));
    // A line names each box by the containers that it is in.
    let mut paths = vec![String::new(); picture.nodes.len()];
    let mut open: Vec<String> = Vec::new();
    for part in parts(picture) {
        match part {
            Part::Open { path, title } => {
                let name = path.last().map_or("", String::as_str);
                out += &format!("{}{name}: {} {{\n", indent(path.len() - 1), quoted(title));
                open = path;
            }
            Part::Box(id) => {
                if let Some(path) = paths.get_mut(id.0) {
                    *path = format!("{}.n{}", open.join("."), id.0);
                }
                let node = picture.node(id);
                out += &format!("    n{}: {} {{tooltip: {}}}\n", id.0, quoted(&texts(node).join("\n")), quoted(&node.tip));
            }
            Part::Close { depth } => {
                out += &format!("{}}}\n", indent(depth));
                open.truncate(depth);
            }
        }
    }
    for (line, from, to) in pairs(picture) {
        let (Some(from), Some(to)) = (paths.get(from.0), paths.get(to.0)) else { continue };
        let (arrow, style) = style(line.kind);
        let label = if line.label.is_empty() { String::new() } else { format!(": {}", quoted(&line.label)) };
        let style = match (style.is_empty(), label.is_empty()) {
            (true, _) => String::new(),
            (false, true) => format!(": {{{style}}}"),
            (false, false) => format!(" {{{style}}}"),
        };
        out += &format!("{from} {arrow} {to}{label}{style}\n");
    }
    out
}

fn style(kind: LineKind) -> (&'static str, &'static str) {
    match kind {
        LineKind::Joins | LineKind::Attached => ("--", ""),
        LineKind::Wan | LineKind::Trunk => ("--", "style.stroke-width: 4"),
        LineKind::Relation => ("->", "style.stroke-dash: 2"),
        LineKind::Tcp => ("->", ""),
        LineKind::Udp => ("->", "style.stroke-dash: 5"),
        LineKind::Both => ("->", "style.stroke-dash: 5; style.stroke-width: 3"),
    }
}

/// A string of D2 between double quotes. `$` begins a variable there.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' | '$' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out += "\\n",
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
        assert_eq!(quoted("a\"; x -> y: \"b"), r#""a\"; x -> y: \"b""#);
        assert_eq!(quoted("${x} \\"), r#""\${x} \\""#);
        assert_eq!(quoted("a\n\u{202e}|md"), "\"a\\n\u{fffd}|md\"");
    }
}
