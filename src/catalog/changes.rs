//! What a release changes of the one before: the notes that its files carry, made when they were laid over the earlier ones.

use serde::{Deserialize, Serialize};

use super::Confidence;
use super::files::{self, CHANGES, PerProduct};
use crate::product::Product;

/// How a row differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It says something else.
    Changed,
    /// It is not there any more.
    Removed,
}

/// One row of the earlier release that the later one changes or has not.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeRow {
    /// The file of the row, such as `flows/perimeter.toml`.
    pub file: String,
    /// The name of the row there.
    pub section: String,
    /// How it differs.
    pub kind: ChangeKind,
    /// The row's name.
    pub id: String,
    /// Why, for people.
    pub reason: String,
    /// The step of the Planning Guide, of a removed row.
    #[serde(default)]
    pub step: Option<u8>,
    /// Pages that say that a row is removed; of a changed row the row itself names them.
    #[serde(default)]
    pub source: Vec<String>,
    /// How sure it is that a row is removed.
    #[serde(default)]
    pub confidence: Option<Confidence>,
}

/// What a release changes of the one before, in the order of its files; nothing for the first.
pub fn changes(product: Product) -> &'static [ChangeRow] {
    static READ: PerProduct<Vec<ChangeRow>> = PerProduct::new();
    READ.get(product, || files::part(product, CHANGES).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::super::catalog;
    use super::super::check::Checks;
    use super::*;

    #[test]
    fn removed_rows_have_a_source() {
        for product in Product::ALL {
            let sources = catalog(product).sources();
            let mut errors = Vec::new();
            let mut checks = Checks::new(CHANGES, Some(sources), &mut errors);
            for row in changes(product) {
                checks.text(&row.id, "reason", &row.reason);
                let sure = row.confidence.is_some() && row.step.is_some_and(|step| (1..=12).contains(&step));
                if row.kind == ChangeKind::Removed && !sure {
                    checks.refuse(&row.id, "a removed row names step, source and confidence");
                }
                for key in row.source.iter().filter(|key| !sources.contains_key(*key)) {
                    checks.refuse(&row.id, format!("`{key}` is not in sources.toml"));
                }
                if row.kind == ChangeKind::Removed && row.source.is_empty() {
                    checks.refuse(&row.id, "no source");
                }
            }
            assert_eq!(errors, []);
        }
    }
}
