//! Where the lines of two texts differ.

use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput};

/// Two texts by their lines, each with its line end, and where they differ.
#[derive(Debug)]
pub struct Difference<'t> {
    /// The lines before.
    pub old: Vec<&'t str>,
    /// The lines after.
    pub new: Vec<&'t str>,
    /// The lines that are replaced, in their order; between two of them at least one line stays.
    pub changes: Vec<Change>,
}

/// Lines that are replaced: their place in the old text, and the place of what replaces them in the new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Lines before.
    pub old: Range<usize>,
    /// Lines after.
    pub new: Range<usize>,
}

/// Neighbouring changes with the lines around them.
#[derive(Debug, PartialEq, Eq)]
pub struct Group<'d> {
    /// Lines before.
    pub old: Range<usize>,
    /// Lines after.
    pub new: Range<usize>,
    /// The changes among them.
    pub changes: &'d [Change],
}

impl<'t> Difference<'t> {
    /// Compares two texts.
    pub fn new(old: &'t str, new: &'t str) -> Self {
        let (old, new): (Vec<&str>, Vec<&str>) = (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
        let mut input = InternedInput::default();
        input.update_before(old.iter().copied());
        input.update_after(new.iter().copied());
        let mut diff = Diff::compute(Algorithm::Histogram, &input);
        diff.postprocess_lines(&input);
        let lines = |range: Range<u32>| range.start as usize..range.end as usize;
        let changes = diff.hunks().map(|hunk| Change { old: lines(hunk.before), new: lines(hunk.after) }).collect();
        Self { old, new, changes }
    }

    /// The changes with up to `around` lines before and behind them; changes whose lines touch are one group.
    pub fn groups(&self, around: usize) -> impl Iterator<Item = Group<'_>> {
        let widened = move |range: Range<usize>, all: usize| range.start.saturating_sub(around)..(range.end + around).min(all);
        self.changes.chunk_by(move |one, next| next.old.start - one.old.end <= 2 * around).filter_map(move |changes| {
            let (first, last) = (changes.first()?, changes.last()?);
            let old = widened(first.old.start..last.old.end, self.old.len());
            let new = widened(first.new.start..last.new.end, self.new.len());
            Some(Group { old, new, changes })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_lead_from_one_text_to_the_other() {
        for (old, new) in
            [("a\nb\nc\n", "a\nx\nc\nd"), ("", "a\n"), ("a\n", ""), ("a", "a\n"), ("a\n", "a\n"), ("a\nb\n", "b\na\n")]
        {
            let difference = Difference::new(old, new);
            let (mut made, mut at) = (String::new(), 0);
            for change in &difference.changes {
                made += &difference.old[at..change.old.start].concat();
                made += &difference.new[change.new.clone()].concat();
                at = change.old.end;
            }
            made += &difference.old[at..].concat();
            assert_eq!(made, new, "{old:?}");
        }
    }

    #[test]
    fn changes_whose_surroundings_touch_are_one_group() {
        let old: String = (0..20).map(|line| format!("{line}\n")).collect();
        let grouped = |places: &[usize]| {
            let line = |line: usize| if places.contains(&line) { "x\n".to_owned() } else { format!("{line}\n") };
            let new: String = (0..20).map(line).collect();
            let difference = Difference::new(&old, &new);
            difference.groups(3).map(|group| (group.old.clone(), group.changes.len())).collect::<Vec<_>>()
        };
        assert_eq!(grouped(&[1, 8]), [(0..12, 2)]);
        assert_eq!(grouped(&[1, 9]), [(0..5, 1), (6..13, 1)]);
        assert_eq!(grouped(&[]), []);
    }
}
