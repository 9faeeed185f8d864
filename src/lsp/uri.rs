//! Files as URIs.

use std::path::{Path, PathBuf};

use gen_lsp_types::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What is written as it is in the path of a URI.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The path of a `file` URI; `None` for another scheme, another host, and what is no text.
pub(super) fn path(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.0.strip_prefix("file://")?;
    let path = rest.strip_prefix("localhost").unwrap_or(rest);
    let path = percent_decode_str(path).decode_utf8().ok()?;
    if !path.starts_with('/') || path.contains('\0') {
        return None;
    }
    // `/c:/folder` is a path of Windows.
    let drive = matches!(path.as_bytes(), [b'/', letter, b':'] | [b'/', letter, b':', b'/', ..] if letter.is_ascii_alphabetic());
    Some(PathBuf::from(if drive { &path[1..] } else { &path }))
}

/// The URI of a file.
pub(super) fn uri(path: &Path) -> Uri {
    let text = path.to_string_lossy().replace('\\', "/");
    let slash = if text.starts_with('/') { "" } else { "/" };
    Uri(format!("file://{slash}{}", utf8_percent_encode(&text, PATH)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris_and_come_back() {
        for text in ["/a/b.ocstopo", "/with blank/é#?%25.ocstopo", "/x:y/[1]"] {
            assert_eq!(path(&uri(Path::new(text))).as_deref(), Some(Path::new(text)), "{text}");
        }
        assert_eq!(path(&Uri("file:///c%3A/a".to_owned())).as_deref(), Some(Path::new("c:/a")));
        assert_eq!(uri(Path::new("/a b")).0, "file:///a%20b");
    }

    #[test]
    fn other_uris_are_no_files() {
        for text in ["untitled:Untitled-1", "http://example.com/a", "file://server/share/a", "file:///%ff", "file:///a%00b"] {
            assert_eq!(path(&Uri(text.to_owned())), None, "{text}");
        }
        assert_eq!(path(&Uri("file://localhost/a".to_owned())).as_deref(), Some(Path::new("/a")));
    }
}
