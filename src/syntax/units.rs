//! The words behind numbers as units, and their common misspellings.

/// All units of the language.
const UNITS: &[&str] = &["%", "s", "min", "h", "d", "KB", "MB", "GB", "TB", "bps", "kbps", "Mbps", "Gbps", "MHz", "GHz"];

/// Words for units that people write and the language does not have.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("sec", "s"),
    ("second", "s"),
    ("seconds", "s"),
    ("m", "min"),
    ("mins", "min"),
    ("minute", "min"),
    ("minutes", "min"),
    ("hour", "h"),
    ("hours", "h"),
    ("day", "d"),
    ("days", "d"),
    ("k", "KB"),
    ("kib", "KB"),
    ("mib", "MB"),
    ("gib", "GB"),
    ("tib", "TB"),
    ("g", "GB"),
    ("t", "TB"),
    ("bit/s", "bps"),
    ("kbit", "kbps"),
    ("mbit", "Mbps"),
    ("gbit", "Gbps"),
    ("kbit/s", "kbps"),
    ("mbit/s", "Mbps"),
    ("gbit/s", "Gbps"),
    ("hr", "h"),
    ("hrs", "h"),
    ("meg", "MB"),
    ("percent", "%"),
];

/// The unit that a word means: itself, the same in other case, or another name of it.
pub fn meant(word: &str) -> Option<&'static str> {
    let exact = UNITS.iter().find(|unit| **unit == word);
    let other = || OTHER_NAMES.iter().find(|(other, _)| other.eq_ignore_ascii_case(word)).map(|(_, unit)| unit);
    let loose = || UNITS.iter().find(|unit| unit.eq_ignore_ascii_case(word));
    exact.or_else(other).or_else(loose).copied()
}

#[cfg(test)]
mod tests {
    use super::{OTHER_NAMES, UNITS, meant};

    #[test]
    fn other_names_are_none_of_the_units() {
        for (other, unit) in OTHER_NAMES {
            assert!(UNITS.contains(unit) && !UNITS.contains(other), "{other}");
        }
    }

    #[test]
    fn words_of_people() {
        assert_eq!(meant("minutes"), Some("min"));
        assert_eq!(meant("Min"), Some("min"));
        assert_eq!(meant("%"), Some("%"));
        assert_eq!(meant("users"), None);
    }
}
