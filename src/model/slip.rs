//! Addresses that are one slip of the keyboard away from a written one.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

/// Every address whose text becomes the written one by one digit or dot too many, too few, other, or two of them swapped; in order,
/// without the written one.
pub(super) fn slips(written: Ipv4Addr) -> BTreeSet<Ipv4Addr> {
    let text: Vec<u8> = written.to_string().into_bytes();
    let mut near = BTreeSet::new();
    let mut take = |bytes: &[u8]| near.extend(std::str::from_utf8(bytes).ok().and_then(|text| text.parse::<Ipv4Addr>().ok()));
    for at in 0..=text.len() {
        for letter in *b"0123456789" {
            let mut longer = text.clone();
            longer.insert(at, letter);
            take(&longer);
            if at < text.len() && text[at] != b'.' {
                let mut other = text.clone();
                other[at] = letter;
                take(&other);
            }
        }
        if at < text.len() {
            let mut shorter = text.clone();
            shorter.remove(at);
            take(&shorter);
        }
        if at + 1 < text.len() {
            let mut swapped = text.clone();
            swapped.swap(at, at + 1);
            take(&swapped);
        }
    }
    near.remove(&written);
    near
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_found() {
        let near = slips(Ipv4Addr::new(10, 4, 0, 11));
        for meant in [[10, 40, 0, 11], [10, 4, 0, 1], [10, 4, 0, 12], [1, 4, 0, 11], [40, 4, 0, 11]] {
            assert!(near.contains(&Ipv4Addr::from(meant)), "{meant:?}");
        }
        for other in [[10, 4, 0, 11], [10, 0, 4, 11], [10, 44, 10, 11]] {
            assert!(!near.contains(&Ipv4Addr::from(other)), "{other:?}");
        }
    }
}
