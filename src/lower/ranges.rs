//! Ranges in names: `fe[01..04]` means `fe01`, `fe02`, `fe03` and `fe04`.

use super::problem::Problem;
use crate::diag::codes::lowering::{BAD_RANGE, RANGE_TOO_LARGE};

/// The most blocks of one range.
pub(super) const RANGE_MAX: usize = 1_000;
/// The most blocks of all ranges of a topology.
pub(super) const TOPOLOGY_MAX: usize = 20_000;

/// A name that holds one range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NameRange {
    prefix: String,
    suffix: String,
    first: usize,
    /// How many names it has.
    pub(super) count: usize,
    /// Digits of each number, filled up with zeros; 1 for none.
    width: usize,
}

impl NameRange {
    /// Reads a name that holds a `[`.
    pub(super) fn parse(text: &str) -> Result<Self, Problem> {
        let open = text.find('[').unwrap_or(text.len());
        let close = text.find(']').unwrap_or(text.len());
        let bad = |label: &str| Problem::new(BAD_RANGE, format!("`{text}` is no name with a range"), label).at(open..text.len());
        if close < open || close == text.len() {
            return Err(bad("a range stands between `[` and `]`").help("write it as in `fe[01..04]`"));
        }
        let (prefix, inner, suffix) = (&text[..open], &text[open + 1..close], &text[close + 1..]);
        if suffix.contains(['[', ']']) {
            return Err(bad("a name holds one range at most").help("write a block for each value of the other range"));
        }
        let (first, last) = bounds(inner).map_err(|problem| problem.shifted(open + 1, inner.len()))?;
        let padded = [first, last].iter().any(|word| word.len() > 1 && word.starts_with('0'));
        if padded && first.len() < last.len() && !first.starts_with('0') {
            let label = "with leading zeros all numbers have the same width";
            return Err(bad(label).rewrite(format!("{prefix}[{first:0>width$}..{last}]{suffix}", width = last.len())));
        }
        if last.len() > 1 && last.starts_with('0') && first.len() != last.len() {
            return Err(
                bad("the two numbers differ in width").help("write both with the same number of digits, as in `[01..04]`")
            );
        }
        match (first.parse::<usize>(), last.parse::<usize>()) {
            (Ok(from), Ok(to)) if to - from < RANGE_MAX => Ok(Self {
                prefix: prefix.to_owned(),
                suffix: suffix.to_owned(),
                first: from,
                count: to - from + 1,
                width: if padded { first.len() } else { 1 },
            }),
            _ => Err(too_large(&text[open..=close]).at(open..close + 1)),
        }
    }

    /// The name at a position, from 0.
    pub(super) fn name(&self, index: usize) -> String {
        let Self { prefix, suffix, first, width, .. } = self;
        format!("{prefix}{:0width$}{suffix}", first + index)
    }

    /// The first and the last name.
    pub(super) fn ends(&self) -> [String; 2] {
        [self.name(0), self.name(self.count - 1)]
    }
}

/// The two numbers of `first..last` as written, in ascending order.
pub(super) fn bounds(inner: &str) -> Result<(&str, &str), Problem> {
    let bad = |label: &str| Problem::new(BAD_RANGE, format!("`[{inner}]` is no range"), label);
    let number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let Some((first, last)) = inner.split_once("..") else {
        let problem = bad("two dots stand between the first and the last number");
        return Err(match inner.split_once('-') {
            Some((first, last)) if number(first) && number(last) => {
                let (dotted, problem) = (format!("{first}..{last}"), problem.help(format!("write `[{first}..{last}]`")));
                if bounds(&dotted).is_ok() { problem.rewrite(dotted) } else { problem }
            }
            _ => problem.help("write the first and the last number, as in `[01..04]`"),
        });
    };
    if !number(first) || !number(last) {
        return Err(bad("a range goes from one number to another").help("write the first and the last number, as in `[01..04]`"));
    }
    let plain = |text: &str| text.trim_start_matches('0').to_owned();
    let (low, high) = (plain(first), plain(last));
    if (low.len(), &low) > (high.len(), &high) {
        return Err(bad("it counts downwards").help(format!("write the smaller number first: `[{last}..{first}]`")));
    }
    if high.len() > 9 {
        return Err(too_large(&format!("[{inner}]")));
    }
    Ok((first, last))
}

fn too_large(range: &str) -> Problem {
    let message = format!("`{range}` stands for more than 1,000 servers");
    Problem::new(RANGE_TOO_LARGE, message, "the most that one range may stand for is 1,000").help("write a smaller range")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        let range = NameRange::parse(text).unwrap();
        (0..range.count).map(|index| range.name(index)).collect()
    }

    #[test]
    fn leading_zeros_give_the_width() {
        assert_eq!(names("fe[01..03]"), ["fe01", "fe02", "fe03"]);
        assert_eq!(names("fe[9..11]-a"), ["fe9-a", "fe10-a", "fe11-a"]);
        assert_eq!(names("fe[08..10]"), ["fe08", "fe09", "fe10"]);
        assert_eq!(names("fe[0..1]"), ["fe0", "fe1"]);
        assert_eq!(names("fe[098..101]").first().map(String::as_str), Some("fe098"));
        assert_eq!(names("fe[7..7]"), ["fe7"]);
    }

    #[test]
    fn the_bound_is_a_thousand() {
        assert_eq!(names("s[1..1000]").len(), 1_000);
        assert!(NameRange::parse("s[0..1000]").is_err());
        assert!(NameRange::parse("s[1..99999999999999999999999]").is_err());
    }

    #[test]
    fn invalid_ranges() {
        for text in [
            "s[]",
            "s[1]",
            "s[1..]",
            "s[..2]",
            "s[2..1]",
            "s[1-2]",
            "s[1..2",
            "s]1..2[",
            "s[1..2][1..2]",
            "s[1..04]",
            "s[a..c]",
            "s[1...2]",
        ] {
            assert!(NameRange::parse(text).is_err(), "{text}");
        }
    }
}
