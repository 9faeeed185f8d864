//! What a build leaves behind: its files, and the manifest that names them. Plain data; knows nothing of plans and disks.

pub mod manifest;
mod sink;

use std::borrow::Cow;

pub use sink::{Kept, Sink};

pub use crate::product::Team;

/// One file of a build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Path below the output folder, `/` between folders; built from checked names only.
    pub path: String,
    /// The team that uses it.
    pub team: Team,
    /// What it was made from: paths in the topology.
    pub made_from: Vec<String>,
    /// Its content. A byte order mark in front says that the file is UTF-16, see [`Artifact::bytes`].
    pub content: String,
}

/// The mark in front of a content that is written as UTF-16.
pub const BYTE_ORDER_MARK: char = '\u{feff}';

impl Artifact {
    /// The bytes of the file.
    pub fn bytes(&self) -> Cow<'_, [u8]> {
        bytes(&self.content)
    }
}

/// The bytes of a content: UTF-8, or with a byte order mark in front UTF-16 with the low byte first, which is what old
/// tools of Windows call Unicode.
pub fn bytes(content: &str) -> Cow<'_, [u8]> {
    if content.starts_with(BYTE_ORDER_MARK) {
        Cow::Owned(content.encode_utf16().flat_map(u16::to_le_bytes).collect())
    } else {
        Cow::Borrowed(content.as_bytes())
    }
}

/// certreq, the command interpreter and the consoles of Windows Server 2003 read lines that end in CR LF.
pub fn windows_lines(text: &str) -> String {
    text.replace('\n', "\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_makes_the_file_utf_16() {
        assert_eq!(bytes("\u{feff}K\u{f6}"), [0xff, 0xfe, 0x4b, 0, 0xf6, 0].as_slice());
        assert_eq!(bytes("K\u{f6}"), [0x4b, 0xc3, 0xb6].as_slice());
    }
}
