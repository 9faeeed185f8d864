//! Templates: the shipped ones, and a user's that stand in their place.

use serde::Serialize;

use super::Language;

/// A template that cannot be rendered; in practice one that the user wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmitError {
    /// The template, such as `bind/zone`.
    pub template: String,
    /// What is wrong, with line and column.
    pub message: String,
}

/// One engine per output language, each with its own way of escaping.
#[derive(Debug)]
pub struct Templates {}

impl Templates {
    /// Renders the template `name` of a language over `view`.
    pub fn render(&self, language: Language, name: &str, view: &impl Serialize) -> Result<String, EmitError> {
        let _ = (language, name, view);
        Err(EmitError { template: name.to_owned(), message: "not written yet".to_owned() })
    }
}
