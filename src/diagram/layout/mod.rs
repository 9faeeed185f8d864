//! From a picture to coordinates, in fixed passes and whole pixels: the grid (bands by sites, rows of boxes with channels between
//! them), the routes of lines through channels only, a track for each line in each channel, coordinates, then labels.
//! A line runs in channels, so it never crosses a box; two lines never share a track, so they cross at right angles only.

mod cards;
mod grid;
mod heading;
mod labels;
mod margins;
mod place;
mod port;
mod route;
mod segments;
mod tracks;

use super::{Drawing, Picture};

/// The width of a card.
const CARD: i32 = 182;
/// From one line to the next in a channel.
const PITCH: i32 = 8;
/// The same where a line has a label.
const LABEL_PITCH: i32 = 18;
/// The margin of the picture.
const MARGIN: i32 = 16;

/// Gives everything in a picture its place.
pub fn layout(picture: &Picture) -> Drawing {
    let grid = grid::Grid::new(picture);
    let nets = route::routes(picture, &grid);
    let mut tracks = tracks::Tracks::new(picture, &grid, &nets);
    let drawn = |tracks: &tracks::Tracks| {
        let places = place::Places::new(picture, &grid, tracks);
        let mut lines = segments::lines(picture, &grid, &nets, tracks, &places);
        let numbered = labels::place(picture, &places, &mut lines);
        (places, lines, numbered)
    };
    // Every track has room for a label at first; those that got none give it back.
    let (places, lines, _) = drawn(&tracks);
    tracks.close_up(&labels::tracks(&tracks, &places, &lines));
    let (places, lines, numbered) = drawn(&tracks);
    margins::drawing(picture, places, lines, numbered)
}
