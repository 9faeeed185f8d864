//! A file that is open in the editor: its text counts, saved or not.

use gen_lsp_types::TextDocumentContentChangeEvent as Change;

use super::position::{Encoding, bytes};
use crate::text::{FileId, SourceMap};

/// An open file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Document {
    /// The editor's number of this text.
    pub(super) version: i32,
    /// The text.
    pub(super) text: String,
}

impl Document {
    /// Makes some changes, each in the text that the one before leaves.
    pub(super) fn change(&mut self, version: i32, changes: Vec<Change>, encoding: Encoding) {
        self.version = version;
        for change in changes {
            match change {
                Change::TextDocumentContentChangeWholeDocument(whole) => self.text = whole.text,
                Change::TextDocumentContentChangePartial(part) => {
                    let text = std::mem::take(&mut self.text);
                    let map = SourceMap::new(vec![(String::new(), text)]);
                    let file = map.file(FileId(0));
                    let range = bytes(file, part.range, encoding);
                    let (start, end) = (range.start as usize, range.end as usize);
                    self.text = [&file.text()[..start], &part.text, &file.text()[end..]].concat();
                }
            }
        }
    }
}
