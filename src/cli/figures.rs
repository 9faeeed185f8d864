//! Figures and choices as they are typed, for the commands that work without a topology.

use clap::ValueEnum;

use crate::product::Product;
use crate::query::size::Number;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Answer {
    Yes,
    No,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Volume {
    /// One call with the telephone network in a busy hour
    Light,
    /// Two calls
    Moderate,
    /// Three calls or more
    Heavy,
}

impl Volume {
    pub(super) fn word(self) -> &'static str {
        match self {
            Volume::Light => "light",
            Volume::Moderate => "moderate",
            Volume::Heavy => "heavy",
        }
    }
}

/// The most users that are worked out, as in a topology.
const MOST_USERS: u64 = 10_000_000;

pub(super) fn users(text: &str) -> Result<u64, String> {
    let digits = text.replace(['_', ','], "");
    let value = digits.parse().ok().filter(|users| *users <= MOST_USERS);
    value
        .filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()))
        .ok_or_else(|| "expected a whole number from 0 to 10,000,000".to_owned())
}

pub(super) fn product(text: &str) -> Result<Product, String> {
    text.parse().map_err(|_| {
        let words: Vec<&str> = Product::ALL.iter().map(|product| product.word()).collect();
        format!("expected {}", words.join(" or "))
    })
}

/// A decimal number without a sign, exactly.
pub(super) fn decimal(text: &str) -> Option<Number> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_plain = |part: &str| part.len() <= 9 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_plain(whole) || !is_plain(fraction) || whole.is_empty() || (fraction.is_empty() && text.contains('.')) {
        return None;
    }
    let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
    let places = u32::try_from(fraction.len()).ok()?;
    Some(Number::new(digits, 10_i128.pow(places)))
}

pub(super) fn percent(text: &str) -> Result<Number, String> {
    let value = decimal(text.strip_suffix('%').unwrap_or(text));
    value
        .filter(|value| *value <= Number::from_integer(100))
        .ok_or_else(|| "expected a share from 0% to 100%, such as 10%".to_owned())
}
