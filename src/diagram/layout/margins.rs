//! What is below the picture: legend and notes; and all of it together.

use super::MARGIN;
use super::cards::{ICON, text};
use super::heading::wrapped;
use super::labels::Numbered;
use super::place::Places;
use crate::diagram::measure::width;
use crate::diagram::{Drawing, DrawnLine, Font, LineKind, Mark, Picture, Point};

/// All of it.
pub(super) fn drawing(picture: &Picture, places: Places, lines: Vec<DrawnLine>, numbered: Vec<Numbered>) -> Drawing {
    let room = places.width - 2 * MARGIN;
    let (legend, mut y) = legend(picture, places.bottom + 14, places.width);
    let mut notes = Vec::new();
    let numbers = numbered.iter().map(|line| format!("{}  {}", line.number, line.text));
    for line in numbers.chain(picture.notes.iter().cloned()).flat_map(|note| wrapped(&note, Font::Plain, room)) {
        notes.push(text(&line, Font::Plain, Point { x: MARGIN, y: y + 12 }, room, false));
        y += 16;
    }
    Drawing {
        width: places.width,
        height: y + MARGIN,
        heading: places.heading,
        bands: places.bands,
        sites: places.sites,
        boxes: places.boxes,
        lines,
        legend,
        notes,
    }
}

fn legend(picture: &Picture, top: i32, picture_width: i32) -> (Vec<Mark>, i32) {
    let (mut x, mut y) = (MARGIN, top);
    let mut marks = Vec::new();
    let boxes = picture.box_kinds().into_iter().map(|(icon, _, kind)| (Some(icon), None, kind.to_owned()));
    let lines = picture.line_kinds().into_iter().map(|kind: LineKind| (None, Some(kind), kind.title().to_owned()));
    for (icon, line, title) in boxes.chain(lines) {
        let sample = if icon.is_some() { ICON + 4 } else { 40 };
        let needed = sample + width(&title, Font::Plain) + 16;
        if x + needed > picture_width - MARGIN && x > MARGIN {
            x = MARGIN;
            y += 28;
        }
        let text = text(&title, Font::Plain, Point { x: x + sample, y: y + 16 }, picture_width - 2 * MARGIN - sample, false);
        marks.push(Mark { icon, line, at: Point { x, y }, text });
        x += needed;
    }
    (marks, y + if x > MARGIN { 30 } else { 0 })
}
