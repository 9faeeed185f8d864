//! The names of a build's own temporary files, by which the leftovers of an interrupted build are recognized.

/// What all of them begin with.
pub(super) const PREFIX: &str = ".ocstopo-";

/// The list of changes of a build that replaces files in place.
pub(super) const JOURNAL: &str = ".ocstopo-journal";

/// Is in a folder that is to replace another, until it has.
pub(super) const NOT_YET: &str = ".ocstopo-new";

/// The lock, where folders themselves cannot be locked.
pub(super) const LOCK: &str = ".ocstopo-lock";

/// How long the random part of a name is, which tempfile chooses.
pub(super) const RANDOM: usize = 6;

/// Whether a file of this name is left by a build: `.ocstopo-Ab3dEf`, or the same with `-17.new` or `-17.old`.
pub(super) fn is_left(name: &str) -> bool {
    let Some(rest) = name.strip_prefix(PREFIX) else { return name == NOT_YET };
    match rest.split_once('-') {
        None => is_random(rest) || name == NOT_YET,
        Some((random, end)) => {
            let number = end.strip_suffix(".new").or_else(|| end.strip_suffix(".old"));
            is_random(random) && number.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
        }
    }
}

/// Whether a folder of this name, beside an output folder called `of`, was to replace it or was replaced by it.
pub(super) fn is_other(name: &str, of: &str) -> bool {
    name.strip_prefix(&beginning(of)).is_some_and(|rest| is_random(rest.strip_suffix(GONE).unwrap_or(rest)))
}

/// The ending of the name of such a folder when its content is obsolete.
pub(super) const GONE: &str = "-gone";

/// What the name of a folder begins with that is to take the place of the one called `of`.
pub(super) fn beginning(of: &str) -> String {
    format!("{PREFIX}{of}-")
}

/// Whether `text` can be a random part.
pub(super) fn is_random(text: &str) -> bool {
    text.len() == RANDOM && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_builds_are_taken_for_leftovers() {
        for name in [".ocstopo-Ab3dEf", ".ocstopo-Ab3dEf-0.new", ".ocstopo-Ab3dEf-17.old", NOT_YET] {
            assert!(is_left(name), "{name}");
        }
        for name in
            ["a", ".ocstopo-", ".ocstopo-abc", ".ocstopo-Ab3dEf-", ".ocstopo-Ab3dEf-x.new", ".ocstopo-Ab3dEf-1", JOURNAL, LOCK]
        {
            assert!(!is_left(name), "{name}");
        }
        assert!(is_other(".ocstopo-out-Ab3dEf", "out") && is_other(".ocstopo-out-Ab3dEf-gone", "out"));
        assert!(!is_other(".ocstopo-out-b-Ab3dEf", "out") && !is_other(".ocstopo-out-gone", "out"));
    }
}
