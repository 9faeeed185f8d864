//! All numbers that a rule can make, as a machine: more than it makes at most, never fewer.

use super::machine::Machine;
use super::plan::Rule;

impl Rule<'_> {
    /// The numbers that the rule can make; none where that cannot be said, as of a pattern that matches only a part of a number.
    pub fn output(&self) -> Option<Machine> {
        let inner = self.pattern.strip_prefix('^')?.strip_suffix('$').filter(|inner| !inner.ends_with('\\'))?;
        let groups = groups(inner)?;
        let mut made = String::from("^");
        let mut rest = self.translation;
        while let Some((before, after)) = rest.split_once('$') {
            made += &escaped(before);
            let digits =
                after.strip_prefix('{').and_then(|inner| inner.split_once('}')).map(|(inner, _)| (inner, inner.len() + 2));
            let plain = after.bytes().take_while(u8::is_ascii_digit).count();
            let (number, taken) = digits.unwrap_or((&after[..plain], plain));
            // A group may take no part.
            made += &format!("(?:{})?", groups.get(number.parse::<usize>().ok()?.checked_sub(1)?)?);
            rest = &after[taken..];
        }
        made += &escaped(rest);
        made.push('$');
        Machine::new(&made)
    }
}

fn escaped(text: &str) -> String {
    text.chars().flat_map(|c| (!c.is_alphanumeric()).then_some('\\').into_iter().chain([c])).collect()
}

/// The texts between the parentheses of a pattern, by number; none where alternatives or look-around make a pattern more than its
/// groups in a row.
fn groups(pattern: &str) -> Option<Vec<&str>> {
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut found: Vec<&str> = Vec::new();
    let mut in_class = false;
    let mut chars = pattern.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class && pattern[at..].starts_with("(?") => return None,
            '(' if !in_class => {
                open.push((found.len(), at + 1));
                found.push("");
            }
            ')' if !in_class => {
                let (number, from) = open.pop()?;
                found[number] = &pattern[from..at];
            }
            '|' if !in_class && open.is_empty() => return None,
            _ => {}
        }
    }
    open.is_empty().then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dial::meet;

    fn makes(pattern: &str, translation: &str, numbers: &str) -> Option<bool> {
        let made = Rule::new("a", pattern, translation).output()?;
        meet(&made, &Machine::new(numbers).expect("a machine"))
    }

    #[test]
    fn what_a_rule_can_make_is_known() {
        assert_eq!(makes(r"^(\d{4})$", "+1425555$1", r"^\+1425\d{7}$"), Some(true));
        assert_eq!(makes(r"^(\d{4})$", "+1425555$1", r"^\+1206\d{7}$"), Some(false));
        assert_eq!(makes(r"^(\d{4})$", "+1425555$1", r"^\+14255550100$"), Some(true));
        assert_eq!(makes(r"^9?1?((425|206)\d{7})$", "+1$1", r"^\+1206\d{7}$"), Some(true));
        assert_eq!(makes(r"^0(1)?([2-9]\d*)$", "+$1$2", r"^\+9\d*$"), Some(true));
        assert_eq!(makes(r"^9?911$", "+911", r"^\+112$"), Some(false));
        for (pattern, translation) in
            [(r"(\d{4})", "+$1"), (r"^1|2$", "+1"), (r"^(\d)$", "+$2"), (r"^(?!1)(\d)$", "+$1"), (r"^(\d)$", "$&")]
        {
            assert_eq!(makes(pattern, translation, r"\d"), None, "{pattern} {translation}");
        }
    }
}
