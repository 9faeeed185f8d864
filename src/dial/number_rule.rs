//! A pattern with its translation, as .NET would apply them, and what it makes of a number.

use fancy_regex::Captures;

use super::Pattern;
use super::dotnet::{has_names, refers_back};
use super::undecided::{PLACES, RESULT, Undecided};

/// A normalization rule.
#[derive(Debug)]
pub struct NumberRule<'a> {
    pattern: Pattern,
    translation: &'a str,
    /// The groups in the order in which .NET numbers them: those without a name first.
    order: Vec<usize>,
}

/// What a rule makes of a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaced {
    /// The number.
    pub result: String,
    /// What the pattern matched, at the first place; the rest of the number stays.
    pub matched: String,
    /// How many places were replaced.
    pub places: usize,
    /// The groups of the first place, from 1.
    pub groups: Vec<Group>,
}

/// A group of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its number, or its name.
    pub name: String,
    /// What it matched; `None` where it took no part.
    pub text: Option<String>,
}

impl<'a> NumberRule<'a> {
    /// A rule that can be tried. One whose pattern names groups and refers to them cannot: .NET numbers them in another order.
    pub fn new(text: &str, translation: &'a str) -> Option<Self> {
        if has_names(text) && refers_back(text) {
            return None;
        }
        let pattern = Pattern::new(text)?;
        let names = pattern.names();
        let of = |named: bool| names.iter().enumerate().filter(move |(_, name)| name.is_some() == named).map(|(at, _)| at);
        let order = of(false).chain(of(true)).collect();
        Some(Self { pattern, translation, order })
    }

    /// The number that it makes of another: `Ok(None)` where it does not match, `Err` where that cannot be decided.
    pub fn apply(&self, number: &str) -> Result<Option<String>, Undecided> {
        Ok(self.replace(number)?.map(|replaced| replaced.result))
    }

    /// What it makes of a number, and how: every place that the pattern matches is replaced, and the rest stays, as
    /// `Regex.Replace` of .NET does it.
    pub fn replace(&self, number: &str) -> Result<Option<Replaced>, Undecided> {
        let mut result = String::new();
        let mut end = 0;
        let mut first: Option<(String, Vec<Group>)> = None;
        let mut places = 0;
        for captures in self.pattern.places(number)? {
            let captures = captures.map_err(|_| Undecided::Search)?;
            let Some(whole) = captures.get(0) else { continue };
            places += 1;
            result.push_str(&number[end..whole.start()]);
            self.fill(&mut result, number, &captures);
            end = whole.end();
            if places > PLACES {
                return Err(Undecided::Places);
            }
            if result.len() > RESULT {
                return Err(Undecided::Result);
            }
            first.get_or_insert_with(|| (whole.as_str().to_owned(), self.groups(&captures)));
        }
        result.push_str(&number[end..]);
        Ok(first.map(|(matched, groups)| Replaced { result, matched, places, groups }))
    }

    fn groups(&self, captures: &Captures<'_, str>) -> Vec<Group> {
        let names = self.pattern.names();
        let group = |(number, at): (usize, &usize)| Group {
            name: names.get(*at).copied().flatten().map_or_else(|| number.to_string(), str::to_owned),
            text: captures.get(*at).map(|group| group.as_str().to_owned()),
        };
        self.order.iter().enumerate().skip(1).map(group).collect()
    }

    /// Appends the translation with its references replaced. What names no group stays.
    fn fill(&self, made: &mut String, number: &str, captures: &Captures<'_, str>) {
        let mut rest = self.translation;
        while let Some((before, after)) = rest.split_once('$') {
            made.push_str(before);
            let (taken, text) = self.reference(after, number, captures);
            made.push_str(text.unwrap_or("$"));
            rest = &after[taken..];
            if made.len() > RESULT {
                return;
            }
        }
        made.push_str(rest);
    }

    /// How many bytes after a dollar sign belong to it, and its value; none where it is a dollar sign itself. `$1` and `${1}`
    /// are groups, `${name}` a named one, `$&` the whole match, `$_` the whole number, `` $` `` and `$'` what is before and
    /// behind the match, `$+` the last group, `$$` a dollar sign.
    fn reference<'c>(&self, after: &str, number: &'c str, captures: &'c Captures<'_, str>) -> (usize, Option<&'c str>) {
        let group = |at: usize| captures.get(at).map_or("", |group| group.as_str());
        let whole = captures.get(0);
        match after.as_bytes().first() {
            Some(b'$') => return (1, None),
            Some(b'&') => return (1, Some(group(0))),
            Some(b'_') => return (1, Some(number)),
            Some(b'`') => return (1, whole.map(|whole| &number[..whole.start()])),
            Some(b'\'') => return (1, whole.map(|whole| &number[whole.end()..])),
            Some(b'+') if self.order.len() > 1 => return (1, self.order.last().map(|last| group(*last))),
            _ => {}
        }
        let braced = after.strip_prefix('{').and_then(|inner| inner.split_once('}')).map(|(inner, _)| inner);
        let plain = after.bytes().take_while(u8::is_ascii_digit).count();
        let (word, taken) = braced.map_or((&after[..plain], plain), |inner| (inner, inner.len() + 2));
        let numbered = word.bytes().all(|digit| digit.is_ascii_digit()).then(|| word.parse::<usize>().ok()).flatten();
        let named = || braced.and_then(|name| self.pattern.names().iter().position(|known| *known == Some(name)));
        match numbered.and_then(|number| self.order.get(number).copied()).or_else(named) {
            Some(at) => (taken, Some(group(at))),
            None => (0, None),
        }
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
        assert_eq!(made(r"^9(\d+)$", "+$10", "9123").as_deref(), Some("+$10"));
        assert_eq!(made(r"^0$", "+14255550100", "0").as_deref(), Some("+14255550100"));
        assert_eq!(made(r"^(1)(2)?$", "+$1$2$&", "1").as_deref(), Some("+11"));
        // Only what matches is rewritten.
        assert_eq!(made(r"^00", "+", "0044123").as_deref(), Some("+44123"));
        assert_eq!(made(r"-", "", "555-01-00").as_deref(), Some("5550100"));
        assert_eq!(made(r"^\+?(?!(1900|1411))(\d*)$", "+$2", "+19005550100"), None);
        assert_eq!(made(r"^\+?(?!(1900|1411))(\d*)$", "+$2", "14255550100").as_deref(), Some("+14255550100"));
    }

    #[test]
    fn all_substitutions_of_dotnet_are_known() {
        assert_eq!(made("2(3)(4)", "[$`|$'|$_|$+|$&]", "12345").as_deref(), Some("1[1|5|12345|4|234]5"));
        assert_eq!(made("1", "$+", "1").as_deref(), Some("$+"));
        assert_eq!(made(r"^(\d)$", "${1", "7").as_deref(), Some("${1"));
        assert_eq!(made(r"^(\d)$", "${x}", "7").as_deref(), Some("${x}"));
    }

    /// Groups with a name come after all others.
    #[test]
    fn named_groups_have_the_last_numbers() {
        assert_eq!(made(r"^(?<area>\d{3})(\d+)$", "+$1-$2-${area}", "425555").as_deref(), Some("+555-425-425"));
        let rule = NumberRule::new(r"^(?<area>\d{3})(\d+)(x)?$", "$1").expect("a rule");
        let groups = rule.replace("425555").expect("decided").expect("matches").groups;
        let shown: Vec<_> = groups.iter().map(|group| (group.name.as_str(), group.text.as_deref())).collect();
        assert_eq!(shown, [("1", Some("555")), ("2", None), ("area", Some("425"))]);
    }

    #[test]
    fn dotnet_differences_are_skipped() {
        assert!(NumberRule::new(r"^(?<a>\d)(\d)\1$", "+$1").is_none());
        assert!(NumberRule::new(r"^[\d-[5]]$", "+$1").is_none());
        assert!(NumberRule::new(r"^(?<!x)(\d+)$", "+$1").is_some());
        assert!(NumberRule::new("(", "+").is_none());
    }

    #[test]
    fn an_endless_search_is_not_decided() {
        let rule = NumberRule::new(r"^((1|1)+)\2x$", "+").expect("a rule");
        assert_eq!(rule.apply(&"1".repeat(60)), Err(Undecided::Search));
    }

    #[test]
    fn too_much_is_not_decided() {
        let rule = NumberRule::new("1", "2").expect("a rule");
        assert_eq!(rule.apply(&"1".repeat(2_000)), Err(Undecided::Places));
        let many = "$1".repeat(500);
        let rule = NumberRule::new(r"^(\d+)$", &many).expect("a rule");
        assert_eq!(rule.apply(&"1".repeat(10_000)), Err(Undecided::Result));
    }
}
