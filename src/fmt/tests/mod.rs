//! The layout as users see it, and the laws that hold for any text.

mod laws;
mod layout;

use crate::syntax::parse;
use crate::text::FileId;

fn formatted(text: &str) -> String {
    super::format(&parse(FileId(0), text.into()))
}
