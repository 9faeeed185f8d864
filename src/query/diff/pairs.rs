//! What is in both versions under one key, and what is in one of them only.

use std::collections::BTreeMap;

/// The items of both versions by key, in the order of the keys. Where a version has two of one key, the later counts.
pub(super) fn pairs<K: Ord, T>(
    old: impl IntoIterator<Item = (K, T)>,
    new: impl IntoIterator<Item = (K, T)>,
) -> BTreeMap<K, (Option<T>, Option<T>)> {
    let mut pairs: BTreeMap<K, (Option<T>, Option<T>)> = BTreeMap::new();
    for (key, item) in old {
        pairs.entry(key).or_insert((None, None)).0 = Some(item);
    }
    for (key, item) in new {
        pairs.entry(key).or_insert((None, None)).1 = Some(item);
    }
    pairs
}

/// What is only in the first list, and what is only in the second, each sorted.
pub(super) fn apart<T: Ord + Clone>(old: &[T], new: &[T]) -> (Vec<T>, Vec<T>) {
    let only = |these: &[T], those: &[T]| {
        let mut only: Vec<T> = these.iter().filter(|item| !those.contains(item)).cloned().collect();
        only.sort();
        only.dedup();
        only
    };
    (only(old, new), only(new, old))
}

/// The settings that differ.
pub(super) fn settings<const N: usize>(pairs: [(&'static str, Option<String>, Option<String>); N]) -> Vec<super::Setting> {
    let differ = pairs.into_iter().filter(|(_, old, new)| old != new);
    differ.map(|(setting, old, new)| super::Setting { setting, old, new }).collect()
}
