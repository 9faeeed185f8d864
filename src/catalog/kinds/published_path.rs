//! Paths that a reverse proxy publishes for external users; other content of a web farm stays inside.

use serde::{Deserialize, Serialize};

use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::fact_row;
use crate::catalog::kind::Kind;
use crate::catalog::{Confidence, Conflict, Provenance};
use crate::product::{Feature, Role};

/// One path.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedPath {
    /// Stable name, such as `address_book`.
    pub id: String,
    /// The role that answers it inside.
    pub role: Role,
    /// The path, from the slash on, as the guide writes it; IIS takes no notice of case.
    pub path: String,
    /// Whether paths below it are published too; if not, it is one page.
    #[serde(default)]
    pub below: bool,
    /// What is fetched there, for people.
    pub content: String,
    /// The limit, by its id in `limits.toml`, that bounds what is sent there at once, in megabytes.
    #[serde(default)]
    pub largest: Option<String>,
    /// Needed when all features of one inner list are on; an empty outer list means always.
    #[serde(default)]
    pub when: Vec<Vec<Feature>>,
    /// Where sources differ.
    #[serde(default)]
    pub conflict: Option<Conflict>,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

impl PublishedPath {
    /// Whether the row is sure enough to publish anything.
    pub fn is_published(&self) -> bool {
        self.provenance.confidence > Confidence::Low
    }
}

fact_row!(PublishedPath, "published_paths.toml", |row, checks| {
    checks.text(&row.id, "content", &row.content);
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '-');
    if !row.path.starts_with('/') || !row.path.chars().all(plain) {
        checks.refuse(&row.id, "a path begins with a slash and holds letters, digits, `.`, `_` and `-` only");
    }
}, conflict: conflict);

const COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("role", &["role"]),
    column("path", &["path"]),
    column("below it", &["below"]),
    column("content", &["content"]),
    column("when", &["when"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const KIND: Kind = Kind::of::<PublishedPath>(
    "published_paths",
    "Published paths",
    "The paths that a reverse proxy publishes; it publishes no others.",
    COLUMNS,
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Limit;
    use crate::catalog::fact::{fact, facts};
    use crate::catalog::fact_file::read_rows;
    use crate::product::Product;

    #[test]
    fn bad_rows_are_refused() {
        let good = "[[published_paths]]\nid = \"a\"\nrole = \"web_components\"\npath = \"/a\"\ncontent = \"a\"\nstep = 6\n\
            source = [\"memory\"]\nconfidence = \"low\"\n";
        let faults = |from: &str, to: &str| {
            let errors = read_rows::<PublishedPath>(&good.replacen(from, to, 1)).err().unwrap_or_default();
            errors.iter().map(|error| error.problem.clone()).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(faults("", ""), "");
        for path in ["a", "/a b", "/a*", "/a;", "/{x}", ""] {
            assert!(faults("\"/a\"", &format!("\"{path}\"")).starts_with("a path begins with a slash"), "{path}");
        }
    }

    #[test]
    fn sizes_are_limits_in_megabytes() {
        let sized =
            |product| facts::<PublishedPath>(product).iter().filter_map(move |row| Some((product, row.largest.as_ref()?)));
        let sized: Vec<_> = Product::ALL.into_iter().flat_map(sized).collect();
        assert!(!sized.is_empty());
        for (product, id) in sized {
            assert_eq!(fact::<Limit>(product, id).map(|limit| limit.unit.as_str()), Some("MB"), "{id}");
        }
    }

    #[test]
    fn each_release_publishes_its_own_updates() {
        let path = |product, id| fact::<PublishedPath>(product, id).map(|row| row.path.as_str());
        assert_eq!(path(Product::Ocs2007, "device_update_files"), None);
        assert_eq!(path(Product::Ocs2007R2, "device_update_files"), Some("/DeviceUpdateFiles_Ext"));
        assert_eq!(path(Product::Ocs2007, "address_book"), Some("/ABS/ext"));
        assert_eq!(path(Product::Ocs2007R2, "address_book"), Some("/ABS/ext/Handler"));
    }
}
