//! Where .NET and the engine here read the same text differently.

/// Constructs that one engine has and the other does not, or that mean something else in each: a pattern with one is not tried,
/// because its answer would be wrong.
const OTHERWISE: &[&str] =
    &["{,", "&&", "--", "~~", "-[", "[[", "(?P", r"\K", r"\R", r"\X", r"\h", r"\H", r"\g", r"\x{", "(?U", "(?u", "(?R", "(?-u"];

/// Whether a pattern has a construct that the two engines read differently.
pub(super) fn read_otherwise(pattern: &str) -> bool {
    OTHERWISE.iter().any(|construct| pattern.contains(construct))
}

/// Whether a pattern has groups with names. Names that are numbers cannot be read here.
pub(super) fn has_names(pattern: &str) -> bool {
    pattern.match_indices("(?<").any(|(at, _)| !looks_behind(&pattern[at..]))
}

/// Whether a pattern refers to its own groups: with named groups .NET numbers them in another order.
pub(super) fn refers_back(pattern: &str) -> bool {
    let mut rest = pattern.chars();
    while let Some(c) = rest.next() {
        if c == '\\' && rest.next().is_some_and(|next| matches!(next, '1'..='9' | 'k')) {
            return true;
        }
    }
    pattern.contains("(?(")
}

fn looks_behind(text: &str) -> bool {
    text.starts_with("(?<=") || text.starts_with("(?<!")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constructs_of_one_engine_are_known() {
        for pattern in [r"^1{,5}$", "[a-z-[aeiou]]", r"a\Kb", "(?P<a>1)", "[[:digit:]]"] {
            assert!(read_otherwise(pattern), "{pattern}");
        }
        for pattern in [r"^(\d{4})$", r"^\+?(?!(1900|1411))(\d*)$", r"^\(?(\d{3})\)?[\s\-./](\d{3})$", "(?:a)", r"(?i)x"] {
            assert!(!read_otherwise(pattern), "{pattern}");
        }
    }

    #[test]
    fn references_of_a_pattern_to_itself_are_known() {
        assert!(refers_back(r"(1)\1") && refers_back(r"(?<a>1)\k<a>") && refers_back("(1)?(?(1)2|3)"));
        assert!(!refers_back(r"\\1") && !refers_back(r"\d\+1"));
        assert!(has_names("(?<a>1)") && !has_names("(?<=a)(?<!b)"));
    }
}
