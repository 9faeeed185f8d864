//! Quantities and their units.

use super::Value;

/// One kind of quantity: its words and its units with their factors.
pub(super) struct Quantity {
    /// With its article.
    pub(super) noun: &'static str,
    /// What the unit is a unit of.
    pub(super) of: &'static str,
    /// The units from small to large.
    pub(super) units: &'static [(&'static str, u64)],
    /// An example of a value.
    pub(super) example: &'static str,
    /// The largest value that means anything, as a user would write it and in the smallest unit.
    pub(super) max: (&'static str, u64),
    /// How the value is kept.
    pub(super) make: fn(u64) -> Value,
}

pub(super) const DURATION: Quantity = Quantity {
    noun: "a duration",
    of: "time",
    units: &[("s", 1), ("min", 60), ("h", 3_600), ("d", 86_400)],
    example: "20min",
    max: ("36_500d", 36_500 * 86_400),
    make: Value::Duration,
};
pub(super) const SIZE: Quantity = Quantity {
    noun: "a size",
    of: "size",
    units: &[("KB", 1 << 10), ("MB", 1 << 20), ("GB", 1 << 30), ("TB", 1 << 40)],
    example: "72GB",
    max: ("1_000_000TB", 1_000_000 << 40),
    make: Value::Size,
};
pub(super) const RATE: Quantity = Quantity {
    noun: "a rate",
    of: "transfer rate",
    units: &[("bps", 1), ("kbps", 1_000), ("Mbps", 1_000_000), ("Gbps", 1_000_000_000)],
    example: "10Mbps",
    max: ("1_000_000Gbps", 1_000_000_000_000_000),
    make: Value::Rate,
};
pub(super) const FREQUENCY: Quantity = Quantity {
    noun: "a frequency",
    of: "frequency",
    units: &[("MHz", 1_000_000), ("GHz", 1_000_000_000)],
    example: "2.6GHz",
    max: ("1_000GHz", 1_000_000_000_000),
    make: Value::Frequency,
};

/// All quantities that have units.
pub(super) const QUANTITIES: [Quantity; 4] = [DURATION, SIZE, RATE, FREQUENCY];

/// Splits a text into the number in front and the unit behind.
pub(super) fn split_number(text: &str) -> (&str, &str) {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return ("", text);
    }
    text.split_at(text.find(|c: char| !c.is_ascii_digit() && c != '_' && c != '.').unwrap_or(text.len()))
}
