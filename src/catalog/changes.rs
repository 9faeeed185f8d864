//! What a release changes of the one before: the notes that its files carry, made when they were laid over the earlier ones.

use serde::{Deserialize, Serialize};

use super::Confidence;
use super::check::parse;
use super::files::{PerProduct, file, sound};
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    change: Vec<ChangeRow>,
}

/// What a release changes of the one before, in the order of its files; nothing for the first.
pub fn changes(product: Product) -> &'static [ChangeRow] {
    static READ: PerProduct<Vec<ChangeRow>> = PerProduct::new();
    let rows = |text| sound(parse::<File>("changes.toml", text).map_err(|error| vec![error])).change;
    READ.get(product, || file(product, "changes.toml").map_or_else(Vec::new, rows))
}

#[cfg(test)]
mod tests {
    use super::super::check::Checks;
    use super::super::files;
    use super::*;

    #[test]
    fn removed_rows_have_a_source() {
        for product in Product::ALL {
            let text = file(product, "changes.toml").expect("made with the others");
            let rows = parse::<File>("changes.toml", text).expect("readable").change;
            assert_eq!(rows.len(), changes(product).len());
            let sources = files::sources(product).expect("readable sources");
            let mut errors = Vec::new();
            let mut checks = Checks::new("changes.toml", Some(&sources), &mut errors);
            for row in &rows {
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
