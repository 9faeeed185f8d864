//! The codes of the language itself, `OCS00..`; rules carry theirs in their own files.

pub(crate) mod model;

/// A code of the language with its documentation.
#[derive(Debug)]
pub struct LanguageCode {
    /// Such as `OCS0001`.
    pub code: super::Code,
    /// Its kebab-case name.
    pub name: &'static str,
    /// What it means and what to do, in Markdown.
    pub doc: &'static str,
}

/// All codes of the language.
pub const LANGUAGE_CODES: &[LanguageCode] = &[];
