//! A new folder replaces the output folder in one step.
//!
//! It is the folder of the drafts, beside the old one. Files that stay get a second name in it, so they keep number, mode and times, and a program
//! that has one open continues to write it. A reason against the exchange is an answer, not an error: the files are then replaced
//! in place.

#[cfg(target_os = "linux")]
mod linux;

#[cfg(target_os = "linux")]
pub(super) use linux::commit;

/// Elsewhere no folder is exchanged.
#[cfg(not(target_os = "linux"))]
pub(super) fn commit(
    _: &std::path::Path,
    _: &super::tree::Tree,
    _: &[super::Change<'_>],
    _: &mut super::drafts::Drafts,
    _: &crate::io::signals::Section,
) -> Result<bool, crate::io::FileError> {
    Ok(false)
}
