//! Names of servers by a pattern.

use std::collections::BTreeMap;

use super::question::Question;

/// Whether a pattern gives host names, and each server another one.
pub fn is_pattern(pattern: &str) -> bool {
    let rest = pattern.replacen("{role}", "", 1).replacen("{number}", "", 1).replacen("{site}", "", 1);
    let both = pattern.contains("{role}") && pattern.contains("{number}");
    let begins =
        pattern.starts_with(|c: char| c.is_ascii_lowercase()) || pattern.starts_with("{role}") || pattern.starts_with("{site}");
    both && begins && rest.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') && !pattern.ends_with('-')
}

/// The names given so far: the servers of a role are numbered consecutively the whole site.
#[derive(Debug)]
pub(super) struct Names {
    pattern: String,
    site: String,
    given: BTreeMap<&'static str, u64>,
}

impl Names {
    pub(super) fn new(question: &Question) -> Self {
        // A host name has no underscore.
        let site = question.center().replace('_', "-");
        Self { pattern: question.pattern.clone(), site, given: BTreeMap::new() }
    }

    /// The names of the next servers of a role, as one range: `fe[01..04]`.
    pub(super) fn next(&mut self, role: &'static str, count: u64) -> String {
        let given = self.given.entry(role).or_default();
        let (first, last) = (*given + 1, *given + count);
        *given = last;
        let width = if last > 99 { 3 } else { 2 };
        let number = match count {
            1 => format!("{first:0width$}"),
            _ => format!("[{first:0width$}..{last:0width$}]"),
        };
        self.pattern.replacen("{site}", &self.site, 1).replacen("{role}", role, 1).replacen("{number}", &number, 1)
    }
}
