//! Where .NET and the engine here read the same text differently.

/// Constructs that one engine has and the other does not, or that mean something else in each: a pattern with one is not tried,
/// because its answer would be wrong.
const OTHERWISE: &[&str] =
    &["{,", "&&", "--", "~~", "-[", "[[", "(?P", r"\K", r"\R", r"\X", r"\h", r"\H", r"\g", r"\x{", "(?U", "(?u", "(?R", "(?-u"];

/// Whether a pattern has a construct that the two engines read differently.
pub(super) fn read_otherwise(pattern: &str) -> bool {
    OTHERWISE.iter().any(|construct| pattern.contains(construct))
}

/// The pattern with `\d` outside of classes as ASCII digits: the same on numbers in ASCII.
pub(super) fn ascii_digits(pattern: &str) -> String {
    let (mut made, mut in_class, mut rest) = (String::with_capacity(pattern.len()), false, pattern);
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            c => c.len_utf8(),
        };
        let (token, behind) = rest.split_at(length);
        match token {
            r"\d" if !in_class => made.push_str("[0-9]"),
            _ => made.push_str(token),
        }
        in_class = match token {
            // A bracket at the beginning of a class is a part of it.
            "[" if !in_class => {
                let first = behind.len() - behind.trim_start_matches('^').trim_start_matches(']').len();
                made.push_str(&behind[..first]);
                rest = &behind[first..];
                in_class = true;
                continue;
            }
            "]" => false,
            _ => in_class,
        };
        rest = behind;
    }
    made
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
    fn digits_become_ascii_outside_of_classes() {
        for (pattern, ascii) in [
            (r"^(\d{4})$", "^([0-9]{4})$"),
            (r"^\\d\d\D[\d-]\d", r"^\\d[0-9]\D[\d-][0-9]"),
            (r"[^]\d]\d[\]\d]\d\[\d", r"[^]\d][0-9][\]\d][0-9]\[[0-9]"),
            (r"\", r"\"),
        ] {
            assert_eq!(ascii_digits(pattern), ascii);
        }
    }

    #[test]
    fn references_of_a_pattern_to_itself_are_known() {
        assert!(refers_back(r"(1)\1") && refers_back(r"(?<a>1)\k<a>") && refers_back("(1)?(?(1)2|3)"));
        assert!(!refers_back(r"\\1") && !refers_back(r"\d\+1"));
        assert!(has_names("(?<a>1)") && !has_names("(?<=a)(?<!b)"));
    }
}
