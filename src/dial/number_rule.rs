//! A pattern with its translation, as .NET would apply them, and what it makes of a number.

use fancy_regex::{Captures, Regex, RegexBuilder};

/// How often a pattern may go back before a number counts as not decided.
const BACKTRACKS: usize = 10_000;

/// The most memory that a compiled expression may take, as where it was first read.
const REGEX_BYTES: usize = 1 << 20;

/// A pattern that can be tried; none where it does not compile.
pub fn pattern(text: &str) -> Option<Regex> {
    RegexBuilder::new(text).backtrack_limit(BACKTRACKS).delegate_size_limit(REGEX_BYTES).build().ok()
}

/// A normalization rule.
#[derive(Debug)]
pub struct NumberRule<'a> {
    pattern: Regex,
    translation: &'a str,
}

impl<'a> NumberRule<'a> {
    /// A rule that can be tried. One with named groups cannot: .NET numbers them in another order.
    pub fn new(text: &str, translation: &'a str) -> Option<Self> {
        let named = ["(?<", "(?P<"].iter().any(|start| text.match_indices(start).any(|(at, _)| !looks_behind(&text[at..])));
        let pattern = pattern(text).filter(|_| !named)?;
        Some(Self { pattern, translation })
    }

    /// The number that it makes of another: `Ok(None)` where it does not match, `Err` where that cannot be decided.
    pub fn apply(&self, number: &str) -> Result<Option<String>, Undecided> {
        let mut made = String::new();
        let mut end = 0;
        let mut matched = false;
        for captures in self.pattern.captures_iter(number) {
            let captures = captures.map_err(|_| Undecided)?;
            let Some(whole) = captures.get(0) else { continue };
            matched = true;
            made.push_str(&number[end..whole.start()]);
            fill(&mut made, self.translation, &captures);
            end = whole.end();
        }
        made.push_str(&number[end..]);
        Ok(matched.then_some(made))
    }
}

/// The engine gave up on a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Undecided;

fn looks_behind(text: &str) -> bool {
    text.starts_with("(?<=") || text.starts_with("(?<!")
}

/// Appends a translation. `$1` and `${1}` are groups, `$&` the whole match, `$$` a dollar sign; what names no group stays.
fn fill(made: &mut String, translation: &str, captures: &Captures<'_, str>) {
    let mut rest = translation;
    while let Some((before, after)) = rest.split_once('$') {
        made.push_str(before);
        let (taken, text) = reference(after, captures);
        match text {
            Some(text) => made.push_str(text),
            None => made.push('$'),
        }
        rest = &after[taken..];
    }
    made.push_str(rest);
}

/// How many bytes after a dollar sign belong to it, and its value; none where it is a dollar sign itself.
fn reference<'c>(after: &str, captures: &'c Captures<'_, str>) -> (usize, Option<&'c str>) {
    match after.as_bytes().first() {
        Some(b'$') => return (1, None),
        Some(b'&') => return (1, captures.get(0).map(|whole| whole.as_str())),
        _ => {}
    }
    let braced = after.strip_prefix('{').and_then(|inner| inner.split_once('}')).map(|(inner, _)| inner);
    let plain = after.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, taken) = braced.map_or((&after[..plain], plain), |inner| (inner, inner.len() + 2));
    let group = digits.bytes().all(|digit| digit.is_ascii_digit()).then(|| digits.parse::<usize>().ok()).flatten();
    match group.filter(|group| *group < captures.len()) {
        Some(group) => (taken, Some(captures.get(group).map_or("", |group| group.as_str()))),
        None => (0, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(pattern: &str, translation: &str, number: &str) -> Option<String> {
        NumberRule::new(pattern, translation).expect("a rule").apply(number).expect("decided")
    }

    #[test]
    fn numbers_are_built_as_dotnet_does() {
        assert_eq!(made(r"^(\d{4})$", "+1425555$1", "0100").as_deref(), Some("+14255550100"));
        assert_eq!(made(r"^(\d{4})$", "+1425555$1", "01000"), None);
        assert_eq!(made(r"^9(\d+)$", "+${1}0$$$2", "9123").as_deref(), Some("+1230$$2"));
        assert_eq!(made(r"^0$", "+14255550100", "0").as_deref(), Some("+14255550100"));
        assert_eq!(made(r"^(1)(2)?$", "+$1$2$&", "1").as_deref(), Some("+11"));
        // Only what matches is rewritten.
        assert_eq!(made(r"^00", "+", "0044123").as_deref(), Some("+44123"));
        assert_eq!(made(r"-", "", "555-01-00").as_deref(), Some("5550100"));
    }

    #[test]
    fn dotnet_differences_are_skipped() {
        assert!(NumberRule::new(r"^(?<area>\d{3})(\d+)$", "+$1").is_none());
        assert!(NumberRule::new(r"^(?<!x)(\d+)$", "+$1").is_some());
        assert!(NumberRule::new("(", "+").is_none());
    }

    #[test]
    fn an_endless_search_is_not_decided() {
        let rule = NumberRule::new(r"^((1|1)+)\2x$", "+").expect("a rule");
        assert_eq!(rule.apply(&"1".repeat(60)), Err(Undecided));
    }
}
