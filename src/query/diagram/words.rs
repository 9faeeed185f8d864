//! Short texts: names, addresses and numbers in as few letters as tell them.

use std::net::Ipv4Addr;

use crate::text::printable;
pub(super) use crate::text::{counted, thousands};

/// A stranger's text on one line, without what no reader sees.
pub(super) fn clean(text: &str) -> String {
    printable(text).replace('\n', " ")
}

/// The names in their order, consecutive numbers as `fe01–04`.
pub(super) fn names(names: &[&str]) -> String {
    let parts: Vec<(&str, Option<u64>)> = names.iter().map(|name| split(name)).collect();
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    while at < names.len() {
        let mut end = at;
        let follows = |left: usize, right: usize| match (parts.get(left), parts.get(right)) {
            (Some((word, Some(number))), Some((next, Some(after)))) => word == next && number + 1 == *after,
            _ => false,
        };
        while follows(end, end + 1) {
            end += 1;
        }
        let last = || &names[end][parts[end].0.len()..];
        out.push(if end > at { format!("{}–{}", names[at], last()) } else { names[at].to_owned() });
        at = end + 1;
    }
    out.join(", ")
}

/// A name without the number at its end, and the number.
fn split(name: &str) -> (&str, Option<u64>) {
    let word = name.trim_end_matches(|c: char| c.is_ascii_digit());
    (word, name[word.len()..].parse().ok())
}

/// Addresses, those of one network with it once: `10.10.0.11–14`, `131.107.155.10,20,30`.
pub(super) fn addresses(mut all: Vec<Ipv4Addr>) -> String {
    all.sort_unstable();
    all.dedup();
    let mut out = String::new();
    let mut at = 0;
    let mut net = None;
    while at < all.len() {
        let mut end = at;
        while end + 1 < all.len()
            && all[end + 1].to_bits() == all[end].to_bits() + 1
            && all[end + 1].octets()[..3] == all[at].octets()[..3]
        {
            end += 1;
        }
        let [a, b, c, last] = all[at].octets();
        if net == Some([a, b, c]) {
            out.push(',');
        } else {
            if net.is_some() {
                out += ", ";
            }
            out += &format!("{a}.{b}.{c}.");
            net = Some([a, b, c]);
        }
        out += &last.to_string();
        if end > at {
            out += &format!("–{}", all[end].octets()[3]);
        }
        at = end + 1;
    }
    out
}

/// `34 Mbps`.
pub(super) fn bandwidth(bits: u64) -> String {
    for (size, unit) in [(1_000_000_000, "Gbps"), (1_000_000, "Mbps"), (1_000, "kbps")] {
        if bits >= size {
            let tenths = bits / (size / 10);
            let rest = if tenths.is_multiple_of(10) { String::new() } else { format!(".{}", tenths % 10) };
            return format!("{}{rest} {unit}", tenths / 10);
        }
    }
    format!("{bits} bps")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> String {
        addresses(text.split(' ').filter_map(|address| address.parse().ok()).collect())
    }

    #[test]
    fn addresses_of_a_network_share_its_numbers() {
        assert_eq!(of("10.10.0.12 10.10.0.11 10.10.0.13"), "10.10.0.11–13");
        assert_eq!(of("131.107.155.30 131.107.155.10 131.107.155.20"), "131.107.155.10,20,30");
        assert_eq!(of("10.0.0.255 10.0.1.0"), "10.0.0.255, 10.0.1.0");
        assert_eq!(of("10.0.0.1"), "10.0.0.1");
    }

    #[test]
    fn names_with_consecutive_numbers_are_a_range() {
        assert_eq!(names(&["fe01", "fe02", "fe03", "web1"]), "fe01–03, web1");
        assert_eq!(names(&["a", "b9", "c10"]), "a, b9, c10");
    }

    #[test]
    fn numbers_have_units() {
        assert_eq!(
            (thousands(24_000), thousands(999), thousands(1_000_000)),
            ("24,000".into(), "999".into(), "1,000,000".into())
        );
        assert_eq!(
            (bandwidth(34_000_000), bandwidth(1_544_000), bandwidth(512_000)),
            ("34 Mbps".into(), "1.5 Mbps".into(), "512 kbps".into())
        );
        assert_eq!(counted(1, "server", "servers"), "1 server");
    }
}
