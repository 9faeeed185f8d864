//! The heading of a picture, and texts in lines.

use super::MARGIN;
use super::cards::text;
use crate::diagram::measure::width;
use crate::diagram::{DrawnText, Font, Picture, Point};

/// The heading, and where the picture begins below it.
pub(super) fn heading(picture: &Picture, width: i32) -> (Vec<DrawnText>, i32) {
    let room = width - 2 * MARGIN;
    let mut texts = vec![text(&picture.title, Font::Title, Point { x: MARGIN, y: 32 }, room, false)];
    let mut y = 50;
    for line in wrapped(&picture.subtitle, Font::Plain, room) {
        texts.push(text(&line, Font::Plain, Point { x: MARGIN, y }, room, true));
        y += 15;
    }
    for line in picture.note.iter().flat_map(|note| wrapped(note, Font::Name, room)) {
        texts.push(text(&line, Font::Name, Point { x: MARGIN, y: y + 2 }, room, false));
        y += 17;
    }
    (texts, y)
}

/// A text in lines that fit.
pub(super) fn wrapped(text: &str, font: Font, room: i32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if width(line, font) + width(" ", font) + width(word, font) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
