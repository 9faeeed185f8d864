//! How messages spell numbers and lists.

use crate::text::joined;
pub use crate::text::{count, counted, thousands};

/// `a`, `a and b`, `a, b and c`; a long list ends in how many more there are.
pub fn list<T: AsRef<str>>(items: &[T]) -> String {
    const SHOWN: usize = 4;
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    if items.len() > SHOWN + 1 {
        return format!("{} and {} more", items[..SHOWN].join(", "), items.len() - SHOWN);
    }
    joined(&items, "and")
}

/// The items in backquotes, as a list.
pub fn quoted<T: AsRef<str>>(items: &[T]) -> String {
    list(&items.iter().map(|item| format!("`{}`", item.as_ref())).collect::<Vec<_>>())
}

/// The items in backquotes, any one of which is enough.
pub fn any_of<T: AsRef<str>>(items: &[T]) -> String {
    either(&items.iter().map(|item| format!("`{}`", item.as_ref())).collect::<Vec<_>>())
}

/// The items, any one of which is enough.
pub fn either<T: AsRef<str>>(items: &[T]) -> String {
    let text = list(items);
    match text.rsplit_once(" and ") {
        Some((rest, last)) if items.len() > 1 => format!("{rest} or {last}"),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_separators() {
        assert_eq!(thousands(7), "7");
        assert_eq!(thousands(1_000), "1,000");
        assert_eq!(thousands(125_000), "125,000");
        assert_eq!(thousands(1_234_567), "1,234,567");
    }

    #[test]
    fn lists_read_as_sentences() {
        assert_eq!(quoted(&["a"]), "`a`");
        assert_eq!(list(&["a", "b"]), "a and b");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(list(&["a", "b", "c", "d", "e"]), "a, b, c, d and e");
        assert_eq!(list(&["a", "b", "c", "d", "e", "f"]), "a, b, c, d and 2 more");
    }
}
