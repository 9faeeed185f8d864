//! Source text: files, spans, lines. Knows nothing of the language.

mod source;
mod span;

pub use source::{LineColumn, SourceFile, SourceMap};
pub use span::{FileId, Span, Spanned};
