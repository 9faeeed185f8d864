//! A picture as containers and boxes in each other, and pairs of boxes: what forms write that another program lays out.

use crate::diagram::{Line, Node, NodeId, Picture, Strip};

/// What is written next.
pub(super) enum Part<'p> {
    /// A container begins.
    Open { path: Vec<String>, title: &'p str },
    /// A box, in the containers that are open.
    Box(NodeId),
    /// The last container that is open ends; so many are around it.
    Close { depth: usize },
}

/// Bands, the sites in each, and the networks in these, with all boxes.
pub(super) fn parts(picture: &Picture) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    for (at, band) in picture.bands.iter().enumerate() {
        let path = vec![format!("band{at}")];
        parts.push(Part::Open { path: path.clone(), title: &band.title });
        for (number, cell) in band.border.iter().chain(&band.cells).enumerate() {
            let path = [path.clone(), vec![format!("cell{number}")]].concat();
            let title = picture.sites.get(cell.site).map_or("", |site| site.title.as_str());
            parts.push(Part::Open { path: path.clone(), title });
            for strip in &cell.strips {
                match strip {
                    Strip::Wall(node) | Strip::Bar(node) => parts.push(Part::Box(*node)),
                    Strip::Cards(nodes) => parts.extend(nodes.iter().copied().map(Part::Box)),
                    Strip::Frame(frame, nodes) => {
                        let path = [path.clone(), vec![format!("net{}", frame.0)]].concat();
                        parts.push(Part::Open { path, title: "" });
                        parts.extend(std::iter::once(frame).chain(nodes).copied().map(Part::Box));
                        parts.push(Part::Close { depth: 2 });
                    }
                }
            }
            parts.push(Part::Close { depth: 1 });
        }
        parts.extend(band.across.map(Part::Box));
        parts.push(Part::Close { depth: 0 });
    }
    parts
}

/// Each line with each of its two boxes.
pub(super) fn pairs(picture: &Picture) -> impl Iterator<Item = (&Line, NodeId, NodeId)> {
    picture.lines.iter().flat_map(|line| line.from.iter().flat_map(move |from| line.to.iter().map(move |to| (line, *from, *to))))
}

/// The texts of a box, a line each.
pub(super) fn texts(node: &Node) -> Vec<String> {
    let mut lines = vec![node.name.clone(), node.about.clone()];
    lines.extend(node.front.iter().map(|front| format!("VIP {front}")));
    lines.extend(node.facts.iter().chain(&node.addresses).cloned());
    lines
}

/// Title, subtitle and note, a line each.
pub(super) fn heading(picture: &Picture) -> String {
    let lines: Vec<&str> =
        [picture.title.as_str(), picture.subtitle.as_str()].into_iter().chain(picture.note.as_deref()).collect();
    lines.join("\n")
}

/// The blanks before what is in so many containers.
pub(super) fn indent(depth: usize) -> String {
    "  ".repeat(depth)
}
