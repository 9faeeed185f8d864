//! Source text: files, spans, lines. Knows nothing of the language.

pub mod csv;
mod difference;
mod json;
mod list;
mod number;
mod one_line;
mod printable;
mod source;
mod span;

pub use difference::{Change, Difference, Group};
pub use json::JsonText;
pub use list::joined;
pub use number::{count, counted, thousands};
pub use one_line::{is_control, one_line};
pub use printable::{is_unprintable, printable, without_commands};
pub use source::{LineColumn, SourceFile, SourceMap};
pub use span::{FileId, Span, Spanned};
