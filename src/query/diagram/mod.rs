//! Pictures of a topology, cut for an audience: what is drawn, and what is counted instead.
//! Input: a topology with its plans. Output: a [`Picture`](crate::diagram::Picture), without coordinates. Each view is a file;
//! [`VIEWS`] lists them.

mod draft;
mod groups;
mod kinds;
mod names;
mod outage;
mod overview;
mod path;
mod perimeter;
mod question;
mod site;
mod structure;
mod traffic;
mod view;
mod views;
mod voice;
mod words;

pub use draft::site_file;
pub use overview::picture as overview;
pub use question::{Question, ask};
pub use view::{MOST_BOXES, Style, View};
pub use views::VIEWS;
