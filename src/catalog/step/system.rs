//! Operating systems that steps differ by, as families of what `software` can state.

use serde::{Deserialize, Serialize};

/// A family of operating systems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum System {
    /// Windows Server 2003 and 2003 R2.
    #[serde(rename = "windows_2003")]
    Windows2003,
    /// Windows Server 2008 and 2008 R2.
    #[serde(rename = "windows_2008")]
    Windows2008,
}

impl System {
    /// All families.
    pub const ALL: [System; 2] = [System::Windows2003, System::Windows2008];

    /// What the words of `operating_system =` in it begin with.
    pub fn word(self) -> &'static str {
        match self {
            System::Windows2003 => "windows_2003",
            System::Windows2008 => "windows_2008",
        }
    }

    /// The name that people use.
    pub fn title(self) -> &'static str {
        match self {
            System::Windows2003 => "Windows Server 2003",
            System::Windows2008 => "Windows Server 2008",
        }
    }

    /// The family that a word of `operating_system =` belongs to.
    pub fn of(word: &str) -> Option<Self> {
        System::ALL.into_iter().find(|system| word.starts_with(system.word()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Type, blocks};

    #[test]
    fn every_operating_system_of_the_language_has_its_family() {
        let attr = blocks::of_kind("software").next().and_then(|block| block.attr("operating_system")).expect("an attribute");
        let Type::Choice(choices) = attr.ty else { panic!("`operating_system` is a choice") };
        let strays: Vec<&str> = choices.iter().map(|choice| choice.word).filter(|word| System::of(word).is_none()).collect();
        assert!(strays.is_empty(), "{strays:?}");
    }
}
