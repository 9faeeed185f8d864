//! A picture with coordinates, in whole pixels: what the forms with coordinates draw.

use super::{Font, Icon, LineKind, NodeId, Tone};

/// A place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    /// From the left.
    pub x: i32,
    /// From the top.
    pub y: i32,
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rect {
    /// From the left.
    pub x: i32,
    /// From the top.
    pub y: i32,
    /// Its width.
    pub width: i32,
    /// Its height.
    pub height: i32,
}

impl Rect {
    /// The right end.
    pub fn right(self) -> i32 {
        self.x + self.width
    }

    /// The lower end.
    pub fn bottom(self) -> i32 {
        self.y + self.height
    }

    /// Whether both have more than a border in common.
    pub fn overlaps(self, other: Rect) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// Whether the other one is in it.
    pub fn contains(self, other: Rect) -> bool {
        self.x <= other.x && self.y <= other.y && other.right() <= self.right() && other.bottom() <= self.bottom()
    }

    /// The rectangle with more room on all sides.
    #[must_use]
    pub fn grown(self, by: i32) -> Rect {
        Rect { x: self.x - by, y: self.y - by, width: self.width + 2 * by, height: self.height + 2 * by }
    }
}

/// A horizontal or vertical piece of a line, from left to right or from top to bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Segment {
    /// The left or upper end.
    pub from: Point,
    /// The right or lower end.
    pub to: Point,
}

impl Segment {
    /// Whether it is horizontal.
    pub fn is_horizontal(self) -> bool {
        self.from.y == self.to.y
    }

    /// The area that it covers, a pixel wide.
    pub fn area(self) -> Rect {
        let (width, height) = (self.to.x - self.from.x, self.to.y - self.from.y);
        Rect { x: self.from.x, y: self.from.y, width: width.max(1), height: height.max(1) }
    }
}

/// A text with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnText {
    /// The text.
    pub text: String,
    /// What it is set in.
    pub font: Font,
    /// The left end of the line that it is on; its middle if it is centered.
    pub at: Point,
    /// Whether `at` is the middle.
    pub centered: bool,
    /// Whether it reads upwards.
    pub vertical: bool,
    /// The area that it needs at most.
    pub area: Rect,
    /// Whether it is less important than its neighbours.
    pub muted: bool,
}

/// A box with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnBox {
    /// The box.
    pub node: NodeId,
    /// Its area.
    pub area: Rect,
    /// How it is drawn.
    pub frame: Frame,
    /// The icon's upper left corner.
    pub icon: Point,
    /// The height of the part in front of it, for the virtual addresses.
    pub front: Option<i32>,
    /// Its texts.
    pub texts: Vec<DrawnText>,
}

/// How a box is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame {
    /// A card.
    Card,
    /// A wall across a site.
    Wall,
    /// A bar across a site.
    Bar,
    /// A frame around other boxes.
    Around,
}

/// A heading: of a band or of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caption {
    /// The area that it is about.
    pub area: Rect,
    /// Where a band is; `None` for a site.
    pub tone: Option<Tone>,
    /// The position of the site in the picture.
    pub site: Option<usize>,
    /// Its texts.
    pub texts: Vec<DrawnText>,
}

/// A line with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnLine {
    /// The position in the picture.
    pub line: usize,
    /// What it stands for.
    pub kind: LineKind,
    /// Its pieces.
    pub segments: Vec<Segment>,
    /// Where several pieces of it meet.
    pub joints: Vec<Point>,
    /// The tips of arrows, each with whether it points down.
    pub arrows: Vec<(Point, bool)>,
    /// What is on it.
    pub label: Option<DrawnText>,
}

/// A sample in the legend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// What it looks like.
    pub icon: Option<Icon>,
    /// Or the line.
    pub line: Option<LineKind>,
    /// Its upper left corner.
    pub at: Point,
    /// What it means.
    pub text: DrawnText,
}

/// A picture with coordinates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// Its width.
    pub width: i32,
    /// Its height.
    pub height: i32,
    /// The heading.
    pub heading: Vec<DrawnText>,
    /// The bands.
    pub bands: Vec<Caption>,
    /// The sites.
    pub sites: Vec<Caption>,
    /// The boxes, those around others first.
    pub boxes: Vec<DrawnBox>,
    /// The lines.
    pub lines: Vec<DrawnLine>,
    /// The legend.
    pub legend: Vec<Mark>,
    /// The sentences below.
    pub notes: Vec<DrawnText>,
}
