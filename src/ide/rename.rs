//! Another name for a block, everywhere.

use std::collections::BTreeMap;

use super::{Place, Snapshot};
use crate::compile::{CompileOptions, compile};
use crate::diag::{Code, Diag, Edit, Severity};
use crate::text::{FileId, Span};

/// Why a name cannot be changed, as a sentence for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal(pub String);

/// The word at a place that a new name would replace.
pub fn renamed_name(snapshot: &Snapshot, place: Place) -> Result<Span, Refusal> {
    let index = snapshot.index();
    let used =
        index.at(place.file, place.offset).ok_or_else(|| Refusal("there is no name here that others refer to".to_owned()))?;
    let name = &index.names[used.name];
    if name.names.len() > 1 || snapshot.compiled.sources.text(name.span).contains('[') {
        let range = snapshot.compiled.sources.text(name.span);
        return Err(Refusal(format!("`{range}` is a range of names: write them one by one to give one of them another name")));
    }
    Ok(used.span)
}

/// The edits that give the block at a place another name. They are refused where the topology would have an error that it has not
/// now.
pub fn rename(snapshot: &Snapshot, place: Place, name: &str, options: &CompileOptions) -> Result<Vec<Edit>, Refusal> {
    renamed_name(snapshot, place)?;
    let index = snapshot.index();
    let Some(used) = index.at(place.file, place.offset) else { return Ok(Vec::new()) };
    let is_word = name.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if !is_word {
        let form = "a letter, then letters, digits, `_` and `-`";
        return Err(Refusal(format!("`{}` cannot be a name: a name is {form}", crate::text::printable(name))));
    }
    let spans = index.uses_of(used.name).chain([index.names[used.name].span]);
    let mut edits: Vec<Edit> = spans.map(|span| Edit { span, text: name.to_owned() }).collect();
    edits.sort();
    let before = errors(&snapshot.compiled.diags);
    let after = compile(snapshot.compiled.sources.with_texts(texts(snapshot, &edits)), options);
    let mut seen: BTreeMap<Code, usize> = BTreeMap::new();
    for diag in after.diags.iter().filter(|diag| diag.severity == Severity::Error) {
        let count = seen.entry(diag.code).or_default();
        *count += 1;
        if *count > before.get(&diag.code).copied().unwrap_or_default() {
            return Err(Refusal(format!("nothing is renamed: {}", diag.message)));
        }
    }
    Ok(edits)
}

/// How many errors there are of each code.
fn errors(diags: &[Diag]) -> BTreeMap<Code, usize> {
    let mut counts = BTreeMap::new();
    diags.iter().filter(|diag| diag.severity == Severity::Error).for_each(|diag| *counts.entry(diag.code).or_default() += 1);
    counts
}

/// The texts of the files that some edits change.
pub(super) fn texts(snapshot: &Snapshot, edits: &[Edit]) -> BTreeMap<FileId, String> {
    let mut texts: BTreeMap<FileId, String> = BTreeMap::new();
    for edit in edits.iter().rev() {
        let text =
            texts.entry(edit.span.file).or_insert_with(|| snapshot.compiled.sources.file(edit.span.file).text().to_owned());
        text.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
    }
    texts
}
