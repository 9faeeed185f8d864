//! What is known while one block after the other is lowered.

use std::collections::BTreeSet;

use super::unparsed::Broken;
use crate::diag::Diag;
use crate::product::Product;
use crate::text::Span;

/// What is known while blocks are lowered, and what was found.
#[derive(Debug, Default)]
pub(super) struct Context {
    /// The organization's product, once for all files; unknown where it is not written.
    pub(super) product: Option<Product>,
    /// Where the parser has found something.
    pub(super) broken: Broken,
    /// The findings.
    pub(super) diags: Vec<Diag>,
    /// How many blocks the ranges so far have.
    pub(super) expanded: usize,
    /// Whether the bound on that was reported.
    pub(super) bound_reported: bool,
    /// Attributes in a block that does not have them.
    pub(super) strays: Vec<(String, Span)>,
    /// Attributes outside every block.
    pub(super) outside: Vec<String>,
    /// Attributes that blocks cannot do without.
    pub(super) missing: Vec<Missing>,
    /// Names of blocks that were dropped.
    pub(super) unread: BTreeSet<String>,
    /// The first place that is no longer read.
    pub(super) first_unread: Option<Span>,
    /// How many blocks without their name were met; they get names of their own, so that they are not taken for duplicates.
    pub(super) unnamed: usize,
    /// The name of the site that is being read.
    pub(super) site: Option<Span>,
}

/// An attribute that a block cannot do without.
#[derive(Debug)]
pub(super) struct Missing {
    /// Its name.
    pub(super) attr: &'static str,
    /// The whole block.
    pub(super) block: Span,
    /// The finding, unless the attribute turns up in the wrong block.
    pub(super) diag: Diag,
}
