//! Sets of numbers as ranges.

use std::net::Ipv4Addr;

use ipnet::{Ipv4Net, Ipv4Subnets};

/// Numbers as ranges, both ends included: sorted, separate and never adjacent, so that equal sets are equal values.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ranges(Vec<(u32, u32)>);

impl Ranges {
    /// The numbers of some ranges, in any order; a range that runs backwards holds none.
    pub fn new(ranges: impl IntoIterator<Item = (u32, u32)>) -> Self {
        let mut ranges: Vec<(u32, u32)> = ranges.into_iter().filter(|(first, last)| first <= last).collect();
        ranges.sort_unstable();
        let mut joined: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for (first, last) in ranges {
            match joined.last_mut() {
                Some((_, end)) if u64::from(first) <= u64::from(*end) + 1 => *end = last.max(*end),
                _ => joined.push((first, last)),
            }
        }
        joined.shrink_to_fit();
        Self(joined)
    }

    /// One number.
    pub fn one(number: u32) -> Self {
        Self(vec![(number, number)])
    }

    /// All addresses.
    pub fn addresses() -> Self {
        Self(vec![(0, u32::MAX)])
    }

    /// All ports.
    pub fn ports() -> Self {
        Self(vec![(0, u16::MAX.into())])
    }

    /// The ranges, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (u32, u32)> + Clone + '_ {
        self.0.iter().copied()
    }

    /// The smallest number.
    pub fn first(&self) -> Option<u32> {
        self.0.first().map(|(first, _)| *first)
    }

    /// How many ranges there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it holds a number.
    pub fn contains(&self, number: u32) -> bool {
        let after = self.0.partition_point(|(first, _)| *first <= number);
        after.checked_sub(1).and_then(|at| self.0.get(at)).is_some_and(|(_, last)| number <= *last)
    }

    /// What is in either.
    pub fn union(&self, other: &Self) -> Self {
        Self::new(self.iter().chain(other.iter()))
    }

    /// What is in both.
    pub fn intersection(&self, other: &Self) -> Self {
        let (mut ours, mut theirs) = (self.iter().peekable(), other.iter().peekable());
        let mut both = Vec::new();
        while let (Some(&(a_first, a_last)), Some(&(b_first, b_last))) = (ours.peek(), theirs.peek()) {
            let (first, last) = (a_first.max(b_first), a_last.min(b_last));
            if first <= last {
                both.push((first, last));
            }
            if a_last < b_last {
                ours.next()
            } else {
                theirs.next()
            };
        }
        Self(both)
    }

    /// What is in this one only.
    pub fn difference(&self, other: &Self) -> Self {
        self.intersection(&other.complement())
    }

    /// All other numbers.
    pub fn complement(&self) -> Self {
        let mut out = Vec::with_capacity(self.0.len() + 1);
        let mut next = Some(0);
        for (first, last) in self.iter() {
            if let Some(before) = first.checked_sub(1)
                && let Some(next) = next.filter(|next| *next <= before)
            {
                out.push((next, before));
            }
            next = last.checked_add(1);
        }
        out.extend(next.map(|next| (next, u32::MAX)));
        Self(out)
    }

    /// The fewest networks that hold exactly these addresses.
    pub fn networks(&self) -> Vec<Ipv4Net> {
        self.iter().flat_map(|(first, last)| Ipv4Subnets::new(Ipv4Addr::from_bits(first), Ipv4Addr::from_bits(last), 0)).collect()
    }
}
