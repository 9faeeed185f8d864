//! A first topology from a few answers: shapes and counts from the figures of the catalogue, addresses from ranges, names by a
//! pattern. What the answers leave open is proposed with `?=`.
//! Input: a [`Question`]. Output: the text of a topology as `fmt` writes it, and the files of a repository around it.

mod addresses;
mod central;
mod directors;
mod edge;
mod names;
mod organization;
mod page;
mod question;
mod shapes;
mod site;
mod starter;
mod telephony;
#[cfg(test)]
mod tests;

pub use names::is_pattern;
pub use question::{Conferencing, Question, Stated};
pub use starter::{StarterFile, starter};

use crate::syntax::parse;
use crate::text::{FileId, SourceMap};

/// The topology.
///
/// # Errors
/// What cannot be: ranges that are too small, more servers than one design has.
pub fn design(question: &Question) -> Result<String, String> {
    let shapes = shapes::Shapes::of(question)?;
    let plan = addresses::AddressPlan::of(question, shapes.pool.pools)?;
    let mut page = page::Page::default();
    organization::write(&mut page, question, &shapes);
    let central = central::Central::new(question, &shapes, plan)?;
    central.write(&mut page);
    let sources = SourceMap::new(vec![(String::new(), page.into_text())]);
    Ok(crate::fmt::format(&parse(FileId(0), sources.file(FileId(0)).shared_text())))
}
