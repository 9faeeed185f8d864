//! How much is done to guess what was meant.

use std::cell::Cell;

/// The most names that are compared with misspelt ones in one run. With more mistakes, the first ones are corrected first.
const NAMES: usize = 2_000_000;

/// The remaining effort. A thousand wrong names are compared with a thousand right ones, a hundred thousand with as many
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
