//! What every row of every catalogue file must fulfil, and the error that names a row which does not.
//! Knows sources, ids and texts; nothing of what the rows mean.

#![cfg_attr(all(stored_catalogue, not(test)), expect(dead_code, reason = "the build script has checked the stored rows"))]

use std::collections::{BTreeMap, BTreeSet};

use super::{Confidence, Conflict, LeftOut, Provenance, Source};

/// A row, or a file, that is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogError {
    /// The file, such as `flows/perimeter.toml`.
    pub file: String,
    /// The row's id, if it is known.
    pub row: Option<String>,
    /// What is wrong.
    pub problem: String,
}

impl std::fmt::Display for CatalogError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.row {
            Some(row) => write!(f, "{}: row `{row}`: {}", self.file, self.problem),
            None => write!(f, "{}: {}", self.file, self.problem),
        }
    }
}

/// The checks of one file; refused rows are collected in `errors`. Without sources, keys are not looked up.
pub struct Checks<'a> {
    file: &'a str,
    sources: Option<&'a BTreeMap<String, Source>>,
    errors: &'a mut Vec<CatalogError>,
}

impl<'a> Checks<'a> {
    pub(crate) fn new(file: &'a str, sources: Option<&'a BTreeMap<String, Source>>, errors: &'a mut Vec<CatalogError>) -> Self {
        Self { file, sources, errors }
    }

    pub(crate) fn refuse(&mut self, row: &str, problem: impl Into<String>) {
        self.errors.push(CatalogError { file: self.file.to_owned(), row: Some(row.to_owned()), problem: problem.into() });
    }

    pub(crate) fn refuse_if(&mut self, row: &str, problem: Option<String>) {
        if let Some(problem) = problem {
            self.refuse(row, problem);
        }
    }

    /// Ids are part of comments and names of artifacts, so they have only characters without a meaning in any language.
    pub(crate) fn id(&mut self, id: &str) {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
        if id.is_empty() || !id.chars().all(plain) {
            self.refuse(id, "an id holds letters, digits, `.`, `_` and `-`, and is not empty");
        }
    }

    /// Refuses the second row of the same id.
    pub(crate) fn unique<'i>(&mut self, ids: impl Iterator<Item = &'i str>) {
        let mut seen = BTreeSet::new();
        for id in ids {
            if !seen.insert(id) {
                self.refuse(id, "appears twice");
            }
        }
    }

    pub(crate) fn provenance(&mut self, row: &str, provenance: &Provenance) {
        if !(1..=12).contains(&provenance.step) {
            self.refuse(row, format!("the Planning Guide has the steps 1 to 12, no step {}", provenance.step));
        }
        self.keys(row, &provenance.source);
        let recalled = !provenance.source.is_empty() && provenance.source.iter().all(|key| key == "memory");
        if recalled && provenance.confidence > Confidence::Low {
            self.refuse(row, "what was only recalled is of low confidence");
        }
    }

    pub(crate) fn conflict(&mut self, row: &str, conflict: Option<&Conflict>) {
        let Some(conflict) = conflict else { return };
        if conflict.claims.len() < 2 {
            self.refuse(row, "a conflict has two claims or more");
        }
        self.text(row, "choice", &conflict.choice);
        for claim in &conflict.claims {
            self.text(row, "says", &claim.says);
            self.keys(row, &claim.source);
        }
    }

    /// Texts become lines of artifacts, so they must be one line.
    pub(crate) fn text(&mut self, row: &str, field: &str, text: &str) {
        if text.trim().is_empty() {
            self.refuse(row, format!("`{field}` is empty"));
        } else if text.chars().any(char::is_control) {
            self.refuse(row, format!("`{field}` holds a line break or another control character"));
        }
    }

    /// What is left out says why.
    pub(crate) fn left_out(&mut self, row: &LeftOut) {
        self.id(&row.id);
        self.text(&row.id, "why", &row.why);
    }

    fn keys(&mut self, row: &str, keys: &[String]) {
        if keys.is_empty() {
            self.refuse(row, "no source");
        }
        for key in keys {
            if self.sources.is_some_and(|known| !known.contains_key(key)) {
                self.refuse(row, format!("`{key}` is not in sources.toml"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recalled_rows_have_low_confidence() {
        let sources = BTreeMap::from([("memory".to_owned(), Source { title: String::new(), address: String::new() })]);
        let mut errors = Vec::new();
        let provenance = Provenance { step: 4, source: vec!["memory".into()], confidence: Confidence::High };
        Checks::new("f.toml", Some(&sources), &mut errors).provenance("X", &provenance);
        assert_eq!(errors[0].to_string(), "f.toml: row `X`: what was only recalled is of low confidence");
    }
}
