//! Short stable names for content that has none.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// The first `digits` hexadecimal digits (at most 64) of the SHA-256 of a text or of bytes.
pub fn digest(content: impl AsRef<[u8]>, digits: usize) -> String {
    let mut out = String::with_capacity(64);
    for byte in Sha256::digest(content.as_ref()) {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
    }
    out.truncate(digits);
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn is_sha256() {
        assert_eq!(super::digest("", 64), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert_eq!(super::digest("abc", 8), "ba7816bf");
    }
}
