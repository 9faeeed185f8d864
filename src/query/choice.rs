//! The names that can be written, for a question with a name that is not known.

use crate::text::joined;

/// The most names that a message lists.
const LISTED: usize = 12;

/// `a`, `b` or `c` in backticks; of many names the first ones, and how many more there are.
pub(super) fn choice<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    match names.len() {
        0..=LISTED => joined(&names, "or"),
        all => format!("{} or one of {} more", names[..LISTED].join(", "), all - LISTED),
    }
}

/// What to write instead of a name that is not known, after a colon.
pub(super) fn write_one<'n>(names: impl Iterator<Item = &'n str>) -> String {
    match choice(names) {
        none if none.is_empty() => "there is none".to_owned(),
        names => format!("write {names}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_names_are_counted() {
        assert_eq!(write_one([].into_iter()), "there is none");
        assert_eq!(write_one(["a", "b", "c"].into_iter()), "write `a`, `b` or `c`");
        let many: Vec<String> = (0..20).map(|number| format!("n{number}")).collect();
        let said = write_one(many.iter().map(String::as_str));
        assert!(said.starts_with("write `n0`, `n1`") && said.ends_with("`n11` or one of 8 more"), "{said}");
    }
}
