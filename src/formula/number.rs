//! Exact numbers, and their text.

use num_rational::Ratio;

/// An exact number.
pub type Number = Ratio<i128>;

/// A number for people: whole numbers with commas, others to two places.
pub fn number(value: &Number) -> String {
    if value.is_integer() {
        return grouped(*value.numer());
    }
    let (numerator, denominator) = (*value.numer(), *value.denom());
    let Some(hundred) = numerator.checked_mul(200).and_then(|twice| twice.checked_add(denominator)) else {
        return grouped(numerator.div_euclid(denominator));
    };
    let hundredths = hundred.div_euclid(denominator * 2);
    let (whole, rest) = (hundredths / 100, (hundredths % 100).abs());
    match rest {
        0 => grouped(whole),
        rest if rest % 10 == 0 => format!("{}.{}", grouped(whole), rest / 10),
        rest => format!("{}.{rest:02}", grouped(whole)),
    }
}

fn grouped(value: i128) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if value < 0 { format!("-{text}") } else { text }
}
