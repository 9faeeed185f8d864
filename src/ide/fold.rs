//! What can be folded away: blocks and lists of several lines, runs of comments.

use super::Snapshot;
use crate::syntax::SyntaxKind;
use crate::text::FileId;

/// Lines that can be folded, counted from 0; the first one stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fold {
    /// The first line.
    pub first: usize,
    /// The last line that goes away.
    pub last: usize,
    /// Whether it is a comment.
    pub comment: bool,
}

/// The folds of a file, by place.
pub fn folds(snapshot: &Snapshot, file: FileId) -> Vec<Fold> {
    let Some(tree) = snapshot.compiled.trees.get(file.0 as usize) else { return Vec::new() };
    let source = snapshot.compiled.sources.file(file);
    let line = |offset: u32| source.line_of(offset);
    let mut folds: Vec<Fold> = Vec::new();
    let mut comments: Option<Fold> = None;
    for node in tree.nodes() {
        let span = node.span();
        match node.kind() {
            SyntaxKind::Block | SyntaxKind::List => {
                // The line of the closing bracket stays in sight.
                let (first, last) = (line(span.start), line(span.end).saturating_sub(1));
                if last > first {
                    folds.push(Fold { first, last, comment: false });
                }
            }
            SyntaxKind::Comment => {
                let at = line(span.start);
                let alone = source.text()[source.line_range(at).start..span.start as usize].trim().is_empty();
                match comments.as_mut().filter(|open| alone && open.last + 1 == at) {
                    Some(open) => open.last = at,
                    None => {
                        folds.extend(comments.take());
                        comments = alone.then_some(Fold { first: at, last: at, comment: true });
                    }
                }
            }
            _ => {}
        }
    }
    folds.extend(comments);
    folds.retain(|fold| fold.last > fold.first);
    folds.sort_unstable();
    folds
}
