//! How much is done to guess what was meant.

use std::cell::Cell;

/// So many names are compared with misspelt ones in one run. Whoever has more mistakes corrects the first ones first.
const NAMES: usize = 2_000_000;

/// What is left of the effort. A thousand wrong names beside a thousand right ones are looked at, a hundred thousand beside as many
/// are not: that would take hours.
#[derive(Debug)]
pub struct Effort(Cell<usize>);

impl Default for Effort {
    fn default() -> Self {
        Self(Cell::new(NAMES))
    }
}

impl Effort {
    /// Whether one more word is compared with so many names.
    pub fn allows(&self, names: usize) -> bool {
        let left = self.0.get().checked_sub(names);
        self.0.set(left.unwrap_or(0));
        left.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_effort_ends() {
        let effort = Effort::default();
        assert!(effort.allows(NAMES - 1) && effort.allows(1));
        assert!(!effort.allows(1) && effort.allows(0));
    }
}
