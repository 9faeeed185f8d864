//! What `ocstopo diff` finds: for a terminal, for a comment on a pull request, and as a page.

mod counts;
mod html;
mod human;
mod markdown;
mod network;
mod others;
mod outline;
mod parts;

pub use counts::summary;
pub use html::html;
pub use human::human;
pub use markdown::{MOST, markdown};
pub use outline::Team;
