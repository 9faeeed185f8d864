//! Source text: files, spans, lines. Knows nothing of the language.

mod printable;
mod source;
mod span;

pub use printable::{is_unprintable, printable, without_commands};
pub use source::{LineColumn, SourceFile, SourceMap};
pub use span::{FileId, Span, Spanned};
