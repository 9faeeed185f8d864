//! The releases of the product, and what only some of them have.
//! A release is a line here and a folder of the catalogue: `src/catalog/<word>/`, whose `layer.toml` names the release before it.

use super::words::words;

words! {
    /// A product release. The earlier is less than the later.
    pub enum Product: Choice {
        Ocs2007 = "ocs_2007", "Office Communications Server 2007" => "Office Communications Server 2007.";
        Ocs2007R2 = "ocs_2007_r2", "Office Communications Server 2007 R2" => "Office Communications Server 2007 R2.";
        Toy = "toy", "Toy Communications Server" => "A release that shows that a folder and this line are enough." if test;
    }
}

/// The releases that something holds for: those from one to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Releases {
    first: Product,
    last: Product,
}

impl Releases {
    /// Every release.
    pub const ALL: Self = Self { first: Product::ALL[0], last: Product::ALL[Product::ALL.len() - 1] };

    /// Those of them that are not earlier than a release.
    pub const fn since(self, first: Product) -> Self {
        Self { first, ..self }
    }

    /// Those of them that are not later than a release.
    pub const fn until(self, last: Product) -> Self {
        Self { last, ..self }
    }

    /// Whether a release is one of them.
    pub fn contain(self, product: Product) -> bool {
        self.first <= product && product <= self.last
    }

    /// Each of them, the earliest first.
    pub fn iter(self) -> impl Iterator<Item = Product> {
        Product::ALL.into_iter().filter(move |product| self.contain(*product))
    }

    /// The first of them, where there is an earlier release.
    pub fn first(self) -> Option<Product> {
        (self.first != Self::ALL.first).then_some(self.first)
    }

    /// The last of them, where there is a later release.
    pub fn last(self) -> Option<Product> {
        (self.last != Self::ALL.last).then_some(self.last)
    }

    /// The release, where there is only one.
    pub fn only(self) -> Option<Product> {
        (self.first == self.last).then_some(self.first)
    }
}

/// One word of a closed choice.
#[derive(Debug, PartialEq, Eq)]
pub struct Choice {
    /// The word.
    pub word: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// The releases that have it.
    pub releases: Releases,
}

impl Choice {
    /// Whether a release has it; where the release is not known, every word is good.
    pub fn is_of(&self, product: Option<Product>) -> bool {
        product.is_none_or(|product| self.releases.contain(product))
    }
}
