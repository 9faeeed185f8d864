//! Labels on lines: each on a run of its own line, where nothing else is. A label without such a place is a number on the line and
//! a sentence below the picture.

use std::collections::BTreeSet;

use super::MARGIN;
use super::cards::text;
use super::place::Places;
use super::segments::track_y;
use super::tracks::Tracks;
use crate::diagram::measure::width;
use crate::diagram::{DrawnLine, DrawnText, Font, Frame, Picture, Point, Rect, Segment};

/// A line whose label is below the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Numbered {
    pub(super) number: usize,
    pub(super) text: String,
}

/// From one tried place to the next.
const STEP: i32 = 4;

/// Gives every label its place.
pub(super) fn place(picture: &Picture, places: &Places, lines: &mut [DrawnLine]) -> Vec<Numbered> {
    let segments: Vec<(usize, Segment)> =
        lines.iter().enumerate().flat_map(|(at, line)| line.segments.iter().map(move |segment| (at, *segment))).collect();
    let mut taken: Vec<Rect> = Vec::new();
    for drawn in &places.boxes {
        match drawn.frame {
            Frame::Around => taken.extend(edges(drawn.area)),
            _ => taken.push(drawn.area),
        }
        taken.extend(drawn.texts.iter().map(|text| text.area));
    }
    taken.extend(places.sites.iter().chain(&places.bands).flat_map(|caption| &caption.texts).map(|text| text.area));
    taken.extend(lines.iter().flat_map(|line| &line.arrows).map(|(tip, down)| Rect {
        x: tip.x - 5,
        y: if *down { tip.y - 9 } else { tip.y },
        width: 10,
        height: 9,
    }));
    taken.extend(places.sites.iter().flat_map(|site| edges(site.area)));
    // A label is between the margins.
    taken.extend([
        Rect { x: -MARGIN, y: 0, width: 2 * MARGIN, height: places.bottom },
        Rect { x: places.width - MARGIN, y: 0, width: 2 * MARGIN, height: places.bottom },
    ]);
    let mut numbered: Vec<Numbered> = Vec::new();
    for (at, drawn) in lines.iter_mut().enumerate() {
        let about = &picture.lines[drawn.line];
        if about.label.is_empty() {
            continue;
        }
        let number = numbered.len() + 1;
        let search = |label: &str| find(label, at, &drawn.segments, &segments, &taken);
        let found = search(&about.label).or_else(|| {
            let names = |ends: &[crate::diagram::NodeId]| {
                ends.iter().map(|end| picture.node(*end).id.clone()).collect::<Vec<_>>().join(", ")
            };
            numbered.push(Numbered { number, text: format!("{}: {} → {}", about.label, names(&about.from), names(&about.to)) });
            search(&number.to_string())
        });
        taken.extend(found.as_ref().map(|text| text.area));
        drawn.label = found;
    }
    numbered
}

/// The channel and track of each label that is on a run.
pub(super) fn tracks(tracks: &Tracks, places: &Places, lines: &[DrawnLine]) -> BTreeSet<(usize, usize)> {
    let mut found = BTreeSet::new();
    for run in &tracks.runs {
        let y = track_y(tracks, places, run.channel, run.track);
        let label = lines[run.net].label.as_ref();
        if label.is_some_and(|label| label.area.y < y && y < label.area.bottom()) {
            found.insert((run.channel, run.track));
        }
    }
    found
}

/// A free place on a line for a label: on its longest horizontal piece that has one, as near to the middle as can be.
fn find(label: &str, line: usize, own: &[Segment], all: &[(usize, Segment)], taken: &[Rect]) -> Option<DrawnText> {
    let (length, height) = (width(label, Font::Label) + 6, Font::Label.ascent() + Font::Label.descent());
    let mut pieces: Vec<Segment> = own.to_vec();
    pieces.sort_by_key(|piece| (!piece.is_horizontal(), -(piece.to.x - piece.from.x) - (piece.to.y - piece.from.y), *piece));
    for piece in pieces {
        let free = |area: Rect| {
            let near = area.grown(2);
            taken.iter().all(|other| !near.overlaps(*other))
                && all.iter().all(|(owner, other)| *owner == line && *other == piece || !near.overlaps(other.area()))
        };
        if let Some(area) = candidates(piece, length, height).find(|area| free(*area)) {
            let base = Point { x: area.x + 3, y: area.y + Font::Label.ascent() };
            let mut drawn = text(label, Font::Label, base, length, false);
            drawn.area = area;
            return Some(drawn);
        }
    }
    None
}

/// Where a label may be on a piece of a line, the best place first: on it, or right beside it if it is vertical.
fn candidates(piece: Segment, length: i32, height: i32) -> impl Iterator<Item = Rect> {
    let middle = Point { x: (piece.from.x + piece.to.x) / 2, y: (piece.from.y + piece.to.y) / 2 };
    let across = piece.is_horizontal();
    let room = if across { piece.to.x - piece.from.x - length - 4 } else { piece.to.y - piece.from.y - height - 12 };
    let steps = (0..=room.max(-1) / 2 / STEP).filter(move |_| room >= 0).flat_map(|step| [step * STEP, -step * STEP]);
    let beside: &'static [i32] = if across { &[0] } else { &[0, 1, -1] };
    steps.flat_map(move |away| {
        let at = if across { Point { x: middle.x + away, ..middle } } else { Point { y: middle.y + away, ..middle } };
        beside.iter().map(move |side| Rect {
            x: at.x - length / 2 + side * (length / 2 + 5),
            y: at.y - height / 2,
            width: length,
            height,
        })
    })
}

/// The four edges of an area.
fn edges(area: Rect) -> [Rect; 4] {
    [
        Rect { height: 1, ..area },
        Rect { y: area.bottom(), height: 1, ..area },
        Rect { width: 1, ..area },
        Rect { x: area.right(), width: 1, ..area },
    ]
}
