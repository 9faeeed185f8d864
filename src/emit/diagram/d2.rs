//! D2: boxes in containers, lines with labels. D2 lays it out.

use super::dot::lines;
use super::form::Form;
use crate::diagram::{Band, LineKind, NodeId, Picture, Strip};

pub(super) const FORM: Form = Form { word: "d2", title: "For D2, with a layout of its own", write: file };

/// The text of the file.
fn file(picture: &Picture) -> String {
    let mut out = String::from("direction: down\n");
    let title: Vec<&str> =
        [picture.title.as_str(), picture.subtitle.as_str()].into_iter().chain(picture.note.as_deref()).collect();
    out += &format!("title: {} {{shape: text; near: top-center}}\n", quoted(&title.join("\n")));
    let mut paths = vec![String::new(); picture.nodes.len()];
    for (at, band) in picture.bands.iter().enumerate() {
        container(&mut out, picture, at, band, &mut paths);
    }
    for line in &picture.lines {
        for from in &line.from {
            for to in &line.to {
                let (Some(from), Some(to)) = (paths.get(from.0), paths.get(to.0)) else { continue };
                let (arrow, style) = style(line.kind);
                let label = if line.label.is_empty() { String::new() } else { format!(": {}", quoted(&line.label)) };
                let style = if style.is_empty() {
                    String::new()
                } else {
                    format!("{} {{{style}}}", if label.is_empty() { ":" } else { "" })
                };
                out += &format!("{from} {arrow} {to}{label}{style}\n");
            }
        }
    }
    out
}

fn container(out: &mut String, picture: &Picture, at: usize, band: &Band, paths: &mut [String]) {
    *out += &format!("band{at}: {} {{\n", quoted(&band.title));
    for (number, cell) in band.border.iter().chain(&band.cells).enumerate() {
        let title = picture.sites.get(cell.site).map_or("", |site| site.title.as_str());
        let path = format!("band{at}.cell{number}");
        *out += &format!("  cell{number}: {} {{\n", quoted(title));
        for strip in &cell.strips {
            match strip {
                Strip::Wall(node) | Strip::Bar(node) => box_of(out, picture, *node, &path, paths),
                Strip::Cards(nodes) => nodes.iter().for_each(|node| box_of(out, picture, *node, &path, paths)),
                Strip::Frame(frame, nodes) => {
                    let path = format!("{path}.net{}", frame.0);
                    *out += &format!("    net{}: \"\" {{\n", frame.0);
                    box_of(out, picture, *frame, &path, paths);
                    nodes.iter().for_each(|node| box_of(out, picture, *node, &path, paths));
                    *out += "    }\n";
                }
            }
        }
        *out += "  }\n";
    }
    if let Some(node) = band.across {
        box_of(out, picture, node, &format!("band{at}"), paths);
    }
    *out += "}\n";
}

fn box_of(out: &mut String, picture: &Picture, id: NodeId, within: &str, paths: &mut [String]) {
    if let Some(path) = paths.get_mut(id.0) {
        *path = format!("{within}.n{}", id.0);
    }
    let node = picture.node(id);
    *out += &format!("    n{}: {} {{tooltip: {}}}\n", id.0, quoted(&lines(node).join("\n")), quoted(&node.tip));
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
