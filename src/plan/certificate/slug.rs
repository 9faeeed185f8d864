//! Names of folders from paths of the topology.

use std::collections::BTreeSet;

/// A folder and a file in it have the name, and Windows takes paths of 260 characters.
const LONGEST: usize = 100;

/// `redmond.pool01` and `pool` to `redmond-pool01-pool`.
pub(super) fn slug(path: &str, usage: &str) -> String {
    let safe = |c: char| match c.to_ascii_lowercase() {
        c if c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' => c,
        _ => '-',
    };
    let room = LONGEST.saturating_sub(usage.len() + 1);
    let path: String = path.chars().map(safe).take(room).collect();
    format!("{path}-{usage}")
}

/// Makes slugs unique: the second gets `-2` and so on. The order of calls decides, so callers sort first.
#[derive(Default)]
pub(super) struct Unique {
    taken: BTreeSet<String>,
}

impl Unique {
    pub(super) fn take(&mut self, slug: String) -> String {
        let numbered = (2u32..).map(|n| format!("{slug}-{n}"));
        let free = std::iter::once(slug.clone()).chain(numbered).find(|slug| !self.taken.contains(slug));
        let free = free.unwrap_or(slug);
        self.taken.insert(free.clone());
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_safe_and_unique() {
        assert_eq!(slug("redmond.pool01", "pool"), "redmond-pool01-pool");
        assert_eq!(slug("../Evil\n é", "pool"), "---evil----pool");
        assert!(slug(&"x".repeat(500), "pool").len() <= LONGEST);
        let mut unique = Unique::default();
        let taken: Vec<String> = ["a-b", "a-b-2", "a-b"].into_iter().map(|s| unique.take(s.into())).collect();
        assert_eq!(taken, ["a-b", "a-b-2", "a-b-3"]);
    }
}
