//! Pictures of a topology: the neutral picture, and its layout in integers.
//! A [`Picture`] says what is drawn and what belongs together, without coordinates; [`layout`] gives a [`Drawing`]. Knows nothing
//! of topologies and of output languages.

mod drawing;
mod icon;
mod layout;
mod measure;
mod picture;

pub use drawing::{Caption, Drawing, DrawnBox, DrawnLine, DrawnText, Frame, Mark, Point, Rect, Segment};
pub use icon::Icon;
pub use layout::layout;
pub use measure::{Font, width};
pub use picture::{Band, Cell, Family, Line, LineKind, Node, NodeId, Picture, Site, State, Strip, Tone};
