//! What every row of every catalogue file must fulfil, and the error that names a row which does not.
//! Knows sources, ids and texts; nothing of what the rows mean.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;

use super::{Confidence, Conflict, LeftOut, Provenance, Source};

/// A row, or a file, that the loader refuses.
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
                self.refuse(id, "stands twice");
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
    pub(crate) fn left_out(&mut self, rows: &[LeftOut]) {
        self.unique(rows.iter().map(|row| row.id.as_str()));
        for row in rows {
            self.id(&row.id);
            self.text(&row.id, "why", &row.why);
        }
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

/// Reads a file of rows as it is built in (JSON), in tests also as it is written (TOML); an error of serde is reported with the id of
/// its row.
pub(crate) fn parse<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, CatalogError> {
    #[cfg(test)]
    if !text.starts_with('{') {
        return toml::from_str(text).map_err(|error| {
            let row = error.span().and_then(|span| row_at(text, span.start));
            CatalogError { file: file.to_owned(), row, problem: error.message().to_owned() }
        });
    }
    serde_json::from_str(text).map_err(|error| {
        let row = text.lines().nth(error.line().saturating_sub(1)).and_then(json_id);
        CatalogError { file: file.to_owned(), row, problem: error.to_string() }
    })
}

/// The id of the row on a line of a built file.
fn json_id(line: &str) -> Option<String> {
    let row: serde_json::Value = serde_json::from_str(line.trim_end_matches(',')).ok()?;
    Some(row.get("id").or_else(|| row.get("feature"))?.as_str()?.to_owned())
}

/// The id of the `[[row]]` around a byte of a file.
#[cfg(test)]
fn row_at(text: &str, at: usize) -> Option<String> {
    let block = |from: usize| text.get(from..).and_then(|rest| rest.find("\n[[").map(|end| from + end + 1));
    let mut start = if text.starts_with("[[") { 0 } else { block(0)? };
    while let Some(next) = block(start).filter(|next| *next <= at) {
        start = next;
    }
    let end = block(start).unwrap_or(text.len());
    let id = text
        .get(start..end)?
        .lines()
        .find_map(|line| line.strip_prefix("id = \"").or_else(|| line.strip_prefix("feature = \"")))?;
    id.strip_suffix('"').map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_row_of_a_place_is_found() {
        let text = "# head\n\n[[flow]]\nid = \"A\"\nx = 1\n\n[[flow]]\nid = \"B\"\nx = 2\n";
        assert_eq!(row_at(text, text.find("x = 1").unwrap()).as_deref(), Some("A"));
        assert_eq!(row_at(text, text.rfind("[[flow]]").unwrap()).as_deref(), Some("B"));
        assert_eq!(row_at(text, text.len()).as_deref(), Some("B"));
        assert_eq!(row_at("x = 1\n", 0), None);
    }

    #[test]
    fn recalled_rows_have_low_confidence() {
        let sources = BTreeMap::from([("memory".to_owned(), Source { title: String::new(), address: String::new() })]);
        let mut errors = Vec::new();
        let provenance = Provenance { step: 4, source: vec!["memory".into()], confidence: Confidence::High };
        Checks::new("f.toml", Some(&sources), &mut errors).provenance("X", &provenance);
        assert_eq!(errors[0].to_string(), "f.toml: row `X`: what was only recalled is of low confidence");
    }
}
