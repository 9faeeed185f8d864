//! The names under which messages show files.

use std::path::{Component, Path};

use super::FileError;
use crate::text::is_unprintable;

/// The name that messages show: relative to the working folder where the file is in it, with `/` between folders.
pub(super) fn display_name(path: &Path) -> String {
    #[expect(clippy::disallowed_methods, reason = "names are shown relative to the working folder")]
    let here = std::env::current_dir().ok();
    let path = here.as_deref().and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path);
    let mut name = String::new();
    for component in path.components().filter(|component| *component != Component::CurDir) {
        if !name.is_empty() && !name.ends_with('/') {
            name.push('/');
        }
        match component {
            Component::RootDir => name.push('/'),
            other => name += &other.as_os_str().to_string_lossy(),
        }
    }
    if name.is_empty() { ".".to_owned() } else { name }
}

/// File names are part of messages and of comments in artifacts: none may begin a new line there or hide the text after it.
pub(super) fn checked_name(name: String) -> Result<String, FileError> {
    if name.chars().any(is_unprintable) {
        return Err(FileError::new(name.escape_debug().to_string(), "control characters in the file's name; rename it"));
    }
    Ok(name)
}
