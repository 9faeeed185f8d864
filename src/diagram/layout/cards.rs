//! What is in a box, and how high it is for that.

use super::CARD;
use crate::diagram::measure::{fitted, width, wrapped};
use crate::diagram::{DrawnBox, DrawnText, Font, Frame, Node, NodeId, Point, Rect};

/// From one line of text to the next.
const LINE: i32 = 14;
/// The width and height of an icon.
pub(super) const ICON: i32 = 24;
/// From the left edge of a card to its text.
const INSET: i32 = 12;

/// How high a card is.
pub(super) fn card_height(node: &Node) -> i32 {
    let lines = i32::try_from(below(node).len()).unwrap_or(0);
    front_height(node) + 9 + 2 * LINE + 3 + lines * LINE + 6
}

/// The lines below the name of a card. What does not fit in one line goes on in the next.
fn below(node: &Node) -> Vec<(String, Font)> {
    let facts = node.facts.iter().map(|text| (text, Font::Plain));
    let addresses = node.addresses.iter().map(|text| (text, Font::Code));
    let wrapped = facts
        .chain(addresses)
        .flat_map(|(text, font)| wrapped(text, font, CARD - INSET - 6).into_iter().map(move |line| (line, font)));
    wrapped.collect()
}

/// The height of the part for virtual addresses.
fn front_height(node: &Node) -> i32 {
    if node.front.is_empty() { 0 } else { 6 + LINE * i32::try_from(node.front.len()).unwrap_or(0) }
}

/// How high something across a site is.
pub(super) fn wide_height(node: &Node, columns: usize) -> i32 {
    if columns < 2 && !(node.addresses.is_empty() && node.facts.is_empty()) { 26 + LINE } else { 26 }
}

/// A text at the left end of its base line.
pub(super) fn text(text: &str, font: Font, at: Point, room: i32, muted: bool) -> DrawnText {
    let text = fitted(text, font, room);
    let area = Rect { x: at.x, y: at.y - font.ascent(), width: width(&text, font), height: font.ascent() + font.descent() };
    DrawnText { text, font, at, centered: false, vertical: false, area, muted }
}

/// A card with its texts.
pub(super) fn card(id: NodeId, node: &Node, area: Rect) -> DrawnBox {
    let mut texts = Vec::new();
    let mut top = area.y;
    for (line, y) in node.front.iter().zip((top + 14..).step_by(14)) {
        let at = Point { x: area.x + INSET + 18, y };
        texts.push(text(line, Font::Code, at, area.right() - 4 - at.x, false));
    }
    top += front_height(node);
    let icon = Point { x: area.x + INSET - 2, y: top + 8 };
    let beside = icon.x + ICON + 6;
    let room = area.right() - 6 - beside;
    texts.push(text(&node.name, Font::Name, Point { x: beside, y: top + 19 }, room, false));
    texts.push(text(&node.about, Font::Plain, Point { x: beside, y: top + 19 + LINE }, room, true));
    let mut y = top + 19 + LINE + LINE + 3;
    for (line, font) in below(node) {
        texts.push(text(&line, font, Point { x: area.x + INSET, y }, area.width - INSET - 6, false));
        y += LINE;
    }
    DrawnBox { node: id, area, frame: Frame::Card, icon, front: (!node.front.is_empty()).then(|| front_height(node)), texts }
}

/// Something across columns, with a text at each of them: lines that pass between columns cross no text.
pub(super) fn wide(id: NodeId, node: &Node, area: Rect, head: i32, columns: &[i32], frame: Frame) -> DrawnBox {
    let mut texts = Vec::new();
    let first = columns.first().copied().unwrap_or(area.x);
    let icon = Point { x: first, y: area.y + (head.min(26) - 20) / 2 };
    let y = area.y + 17;
    let beside = first + ICON;
    let name_room = CARD - ICON - 4;
    let mut rest: Vec<(&String, Font)> = node.addresses.iter().map(|line| (line, Font::Code)).collect();
    rest.extend(node.facts.iter().map(|line| (line, Font::Plain)));
    texts.push(text(&node.name, Font::Name, Point { x: beside, y }, name_room, false));
    if columns.len() < 2 {
        if head >= 26 + LINE
            && let Some((line, font)) = rest.first()
        {
            texts.push(text(line, *font, Point { x: beside, y: y + LINE }, name_room, false));
        }
    } else {
        let places = columns.iter().skip(1);
        texts.extend(rest.iter().zip(places).map(|((line, font), x)| text(line, *font, Point { x: *x, y }, CARD - 4, false)));
    }
    DrawnBox { node: id, area, frame, icon, front: None, texts }
}
