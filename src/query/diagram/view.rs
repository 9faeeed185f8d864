//! What a view is.

use crate::diagram::Picture;
use crate::model::SiteId;
use crate::plan::Plans;
use crate::query::fail::Effects;

/// More boxes than these are counted, not drawn.
pub const MOST_BOXES: usize = 60;

/// How a picture is made.
#[derive(Debug, Clone, Copy, Default)]
pub struct Style<'a> {
    /// What a sample says at its top.
    pub note: Option<&'a str>,
    /// Whether boxes name file and line of their declarations.
    pub places: bool,
    /// Whether boxes lead to the pictures of a build that show more.
    pub links: bool,
    /// The outage that is shown.
    pub outage: Option<&'a Effects>,
}

/// What must take part in a connection that a view shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Anything.
    Everything,
    /// The internet or the perimeter.
    Perimeter,
    /// Telephony.
    Voice,
}

/// A cut through the topology for an audience.
#[derive(Debug, Clone, Copy)]
pub struct View {
    /// What `--view` calls it.
    pub word: &'static str,
    /// What it shows, in few words.
    pub title: &'static str,
    /// Whether it always shows one site.
    pub is_of_one_site: bool,
    /// Draws it, for one site if one is asked for.
    pub(super) picture: fn(Plans<'_>, Option<SiteId>, Style<'_>) -> Result<Picture, String>,
    /// What takes part in the connections that it shows with a feature; `None` if it shows none.
    pub(super) traffic: Option<Part>,
}

impl View {
    /// Draws it; the error says why it cannot be drawn.
    pub fn draw(&self, plans: Plans<'_>, site: Option<SiteId>, style: Style<'_>) -> Result<Picture, String> {
        (self.picture)(plans, site, style)
    }
}
