//! Numbers for people.

/// `25800` as `25,800`.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 server`, `1,200 servers`: a number of things with a regular plural.
pub fn count(number: impl TryInto<u64>, noun: &str) -> String {
    counted(number, noun, &format!("{noun}s"))
}

/// `1 virtual address`, `2 virtual addresses`: a number of things with their singular and plural.
pub fn counted(number: impl TryInto<u64>, one: &str, several: &str) -> String {
    match number.try_into().unwrap_or(u64::MAX) {
        1 => format!("1 {one}"),
        number => format!("{} {several}", thousands(number)),
    }
}

#[cfg(test)]
mod tests {
    use super::{count, counted, thousands};

    #[test]
    fn thousands_have_commas() {
        assert_eq!([7, 250, 1_000, 25_800, 1_234_567].map(thousands), ["7", "250", "1,000", "25,800", "1,234,567"]);
    }

    #[test]
    fn one_thing_has_no_plural() {
        assert_eq!(
            [0_usize, 1, 2, 1200].map(|number| count(number, "server")),
            ["0 servers", "1 server", "2 servers", "1,200 servers"]
        );
        assert_eq!([1_u64, 2].map(|number| counted(number, "address", "addresses")), ["1 address", "2 addresses"]);
    }
}
