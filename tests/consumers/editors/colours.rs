//! The colours of a text, by a grammar of an editor and by the language server.

use std::collections::BTreeSet;
use std::ops::Range;

use ocstopo::compile::CompileOptions;
use ocstopo::ide::{Snapshot, TokenKind, folds, tokens};
use ocstopo::text::FileId;

use super::texts::Text;
use crate::support::topologies::one_file;

/// What a byte belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coloured {
    Token(TokenKind),
    Sign,
    Nothing,
}

/// The colours of a text by a grammar, byte by byte.
pub struct Colours<'t> {
    text: &'t Text,
    snapshot: Snapshot,
    painted: Vec<Coloured>,
}

impl<'t> Colours<'t> {
    pub fn new(text: &'t Text) -> Self {
        let snapshot = Snapshot::new(one_file(text.text.as_str()), &CompileOptions::default());
        Self { text, snapshot, painted: vec![Coloured::Nothing; text.text.len()] }
    }

    pub fn paint(&mut self, bytes: Range<usize>, colour: Coloured) {
        self.painted[bytes].fill(colour);
    }

    /// Every word has the colour that the language server gives it, and nothing else has the colour of a word. A value that is a name
    /// is known to the server alone: for a grammar it is a word or a number.
    pub fn compare(&self) {
        let mut rest = self.painted.clone();
        for token in tokens(&self.snapshot, FileId(0)) {
            let bytes = token.span.start as usize..token.span.end as usize;
            let fits = |colour: &Coloured| match colour {
                Coloured::Token(TokenKind::Text) if token.kind == TokenKind::Name && token.declares => true,
                Coloured::Token(TokenKind::Word | TokenKind::Number) if token.kind == TokenKind::Name && !token.declares => true,
                _ => *colour == Coloured::Token(token.kind),
            };
            let word = &self.text.text[bytes.clone()];
            let own = &self.painted[bytes.clone()];
            assert!(own.iter().all(fits), "{}: `{word}` is {:?} and not {:?}", self.text.name, own, token.kind);
            rest[bytes].fill(Coloured::Nothing);
        }
        let left = rest.iter().position(|colour| !matches!(colour, Coloured::Nothing | Coloured::Sign));
        if let Some(at) = left {
            let line = self.text.text[..at].lines().count();
            panic!("{}:{line}: there is no word and the grammar has {:?}", self.text.name, rest[at]);
        }
    }

    /// The lines of blocks and lists that the language server folds, with the line of the last bracket.
    pub fn folds(&self) -> BTreeSet<(usize, usize)> {
        let folds = folds(&self.snapshot, FileId(0));
        folds.iter().filter(|fold| !fold.comment).map(|fold| (fold.first, fold.last + 1)).collect()
    }
}
