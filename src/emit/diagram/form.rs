//! What a form of pictures is.

use crate::diagram::Picture;

/// A form of pictures.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    /// What `--format` calls it.
    pub word: &'static str,
    /// What it is.
    pub title: &'static str,
    /// Writes a picture.
    pub write: fn(&Picture) -> String,
}
