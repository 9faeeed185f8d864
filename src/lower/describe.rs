//! Describes a piece of text, for messages about what was found instead of what was expected.

use super::quantity::{QUANTITIES, split_number};

/// A description of the text, as a noun with its article: "a network".
pub(super) fn noun(text: &str) -> String {
    if matches!(text, "true" | "false") {
        return format!("`{text}`");
    }
    if is_word(text) {
        return format!("the word `{text}`");
    }
    if text.contains('[') {
        return if is_dotted(text.split('[').next().unwrap_or_default()) { "an address range".into() } else { "a range".into() };
    }
    if let Some((address, _)) = text.split_once('/') {
        return if is_dotted(address) { "a network".into() } else { format!("`{text}`") };
    }
    if is_date(text) {
        return "a date".into();
    }
    if let Some((left, right)) = text.split_once(':')
        && digits(left)
        && digits(right)
    {
        return "a time of day".into();
    }
    if is_dotted(text) {
        return "an address".into();
    }
    let (number, unit) = split_number(text);
    if !number.is_empty() {
        return match unit {
            "" if number.contains('.') => "a number with a fraction".into(),
            "" => "a number without a unit".into(),
            "%" => "a percentage".into(),
            unit => match QUANTITIES.iter().find(|quantity| quantity.units.iter().any(|(word, _)| *word == unit)) {
                Some(quantity) => quantity.noun.into(),
                None => format!("`{text}`"),
            },
        };
    }
    if text.contains(':') {
        return "an IPv6 address".into();
    }
    if text.split('.').all(is_word) { format!("the reference `{text}`") } else { format!("`{text}`") }
}

/// Whether the text is one word as kinds, names and choices are.
pub(super) fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
}

/// Whether the text is meant as an IPv4 address: numbers with at least two dots.
pub(super) fn is_dotted(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && text.matches('.').count() >= 2
}

/// Whether the text is meant as a date: three numbers with hyphens.
pub(super) fn is_date(text: &str) -> bool {
    text.split('-').count() == 3 && text.split('-').all(digits)
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::noun;

    #[test]
    fn nouns() {
        let nouns = |texts: &[&str]| texts.iter().map(|text| format!("{text}: {}\n", noun(text))).collect::<String>();
        insta::assert_snapshot!(nouns(&[
            "true", "lb_servers", "redmond.pool01", "20", "2.5", "1_000", "10%", "20min", "64kbps", "72GB", "2.6GHz", "20monkeys",
            "10.10.0.11", "10.10.0.[11..14]", "fe[01..04]", "10.10.0.0/22", "2027-03-31", "01:30", "fe80::1", "a/b", "tcp/5061",
        ]), @r#"
        true: `true`
        lb_servers: the word `lb_servers`
        redmond.pool01: the reference `redmond.pool01`
        20: a number without a unit
        2.5: a number with a fraction
        1_000: a number without a unit
        10%: a percentage
        20min: a duration
        64kbps: a rate
        72GB: a size
        2.6GHz: a frequency
        20monkeys: `20monkeys`
        10.10.0.11: an address
        10.10.0.[11..14]: an address range
        fe[01..04]: a range
        10.10.0.0/22: a network
        2027-03-31: a date
        01:30: a time of day
        fe80::1: an IPv6 address
        a/b: `a/b`
        tcp/5061: `tcp/5061`
        "#);
    }
}
