//! One value of a topology changed by its path, in the text: for questions about a topology that is not written yet.
//! Input: files and changes as a user types them. Output: the files with other texts. Nothing is written to disk.

mod change;
mod place;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use change::Change;

use crate::diag::Diag;
use crate::syntax::{SyntaxTree, parse};
use crate::text::SourceMap;

/// Why a change cannot be made.
#[derive(Debug)]
pub enum ChangeError {
    /// In words, with the way out.
    Words(String),
    /// What is typed is not in the language: the change as a file, with its findings.
    Syntax(SourceMap, Vec<Diag>),
}

impl From<String> for ChangeError {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}

/// The files with all changes made, each on the result of those before it.
///
/// # Errors
/// A path that names nothing or several things, or a value that is not in the language.
pub fn apply(sources: &SourceMap, changes: &[Change]) -> Result<SourceMap, ChangeError> {
    let mut sources = sources.clone();
    for change in changes {
        let trees: Vec<SyntaxTree> = sources.files().map(|(id, file)| parse(id, file.shared_text()).tree).collect();
        let edit = change.edit(&trees)?;
        let mut text = sources.file(edit.span.file).text().to_owned();
        text.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
        sources = sources.with_texts(BTreeMap::from([(edit.span.file, text)]));
    }
    Ok(sources)
}
