//! What an editor asks about files while they are written: words that fit, what a name means and where it is used, what a block
//! leads to, corrections. Input: the files of a topology, complete or not, and a place in one. Output: plain values with spans.
//! Knows no protocol, and no files on disk.

mod action;
mod complete;
mod cursor;
mod derived;
mod fold;
mod hint;
mod hover;
mod index;
mod layout;
mod names;
mod rename;
mod symbol;
mod token;

pub use action::{Action, ActionKind, actions, codes, fix_all};
pub use complete::{Proposal, ProposalKind, complete, snippet};
pub use fold::{Fold, folds};
pub use hint::{Hint, hints};
pub use hover::{Hover, hover};
pub use layout::format;
pub use names::{definition, occurrences};
pub use rename::{Refusal, rename, renamed_name};
pub use symbol::{Found, Symbol, symbols, symbols_named};
pub use token::{Token, TokenKind, tokens};

use std::sync::OnceLock;

use index::Index;

use crate::compile::{CompileOptions, Compiled, Memo, compile, compile_again};
use crate::product::Product;
use crate::text::{FileId, SourceMap};

/// A topology as an editor has it: texts that may not be saved, their trees and findings, and what they mean.
#[derive(Debug)]
pub struct Snapshot {
    /// The texts, with everything that was found in them.
    pub compiled: Compiled,
    index: OnceLock<Index>,
}

/// A place in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The byte behind the cursor.
    pub offset: u32,
}

impl Snapshot {
    /// Compiles the files of a topology.
    pub fn new(sources: SourceMap, options: &CompileOptions) -> Self {
        Self { compiled: compile(sources, options), index: OnceLock::new() }
    }

    /// Compiles the files of a topology after a change of some of them.
    pub fn again(sources: SourceMap, options: &CompileOptions, memo: &mut Memo) -> Self {
        Self { compiled: compile_again(sources, options, memo), index: OnceLock::new() }
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(&self.compiled))
    }

    /// The release of the topology; the first one where none is stated.
    fn product(&self) -> Product {
        self.compiled.resolved.as_ref().map_or(Product::ALL[0], |resolved| resolved.topology.organization.product)
    }
}

#[cfg(test)]
mod tests;
