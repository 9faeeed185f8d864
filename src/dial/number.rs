//! A number as a person types it: what may be in it, and its forms.

/// The longest number that is tried, in characters.
pub const LONGEST: usize = 10_000;

/// Why a text cannot be tried as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadNumber {
    /// It has this many characters.
    Length(usize),
    /// It has a line break or another control character.
    Control,
}

impl std::fmt::Display for BadNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            BadNumber::Length(length) => write!(f, "the number has {length} characters, and the maximum is {LONGEST}"),
            BadNumber::Control => {
                f.write_str("the number has a line break or another control character, which cannot be dialled")
            }
        }
    }
}

/// Checks that a text can be tried. `$` of .NET also matches before a final line break, which only matters for texts that are
/// refused here.
pub fn check(number: &str) -> Result<(), BadNumber> {
    let length = number.chars().count();
    if length > LONGEST {
        return Err(BadNumber::Length(length));
    }
    match number.chars().any(|c| c.is_control() && c != '\t') {
        true => Err(BadNumber::Control),
        false => Ok(()),
    }
}

/// Whether it is a number in E.164 form: a plus sign and at most 15 digits.
pub fn is_e164(number: &str) -> bool {
    number.strip_prefix('+').is_some_and(|digits| {
        (1..=DIGITS).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0')
    })
}

/// The digits of the longest number (E.164).
pub(super) const DIGITS: usize = 15;

/// The number without the blanks and punctuation that people write between digits; `None` where there are none.
pub fn without_separators(number: &str) -> Option<String> {
    let is_separator = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '-' | '.' | '/' | '\u{2010}'..='\u{2015}');
    number.contains(is_separator).then(|| number.chars().filter(|c| !is_separator(*c)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_line_of_text_can_be_tried() {
        for number in ["", " ", "(425) 555-0100", "\t1", "x", "١٢٣", "+1", &"1".repeat(LONGEST)] {
            assert_eq!(check(number), Ok(()));
        }
        assert_eq!(check(&"1".repeat(LONGEST + 1)), Err(BadNumber::Length(LONGEST + 1)));
        assert_eq!(check("1\n"), Err(BadNumber::Control));
    }

    #[test]
    fn e164_is_a_plus_sign_and_at_most_15_digits() {
        for number in ["+1", "+14255550100", "+123456789012345"] {
            assert!(is_e164(number), "{number}");
        }
        for number in ["", "+", "14255550100", "+1234567890123456", "+0123", "+1 425", "+1a", "++1"] {
            assert!(!is_e164(number), "{number}");
        }
    }

    #[test]
    fn separators_are_taken_out() {
        assert_eq!(without_separators("+1 (425) 555-01.00").as_deref(), Some("+14255550100"));
        assert_eq!(without_separators("4255550100"), None);
    }
}
