//! The releases of the product, and the words that only some of them have.

use super::words::words;

words! {
    /// A product release. The earlier is less than the later.
    pub enum Product: Choice {
        Ocs2007 = "ocs_2007", "Office Communications Server 2007" => "Office Communications Server 2007.";
        Ocs2007R2 = "ocs_2007_r2", "Office Communications Server 2007 R2" => "Office Communications Server 2007 R2.";
    }
}

/// One word of a closed choice.
#[derive(Debug, PartialEq, Eq)]
pub struct Choice {
    /// The word.
    pub word: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// The only release that has it; `None` where all have it.
    pub only: Option<Product>,
}

impl Choice {
    /// Whether a release has it; where the release is not known, every word is good.
    pub fn is_of(&self, product: Option<Product>) -> bool {
        self.only.is_none() || product.is_none() || self.only == product
    }
}
