//! One pass over the findings: the corrections that do not touch each other are made, the others wait for the next pass.

use std::collections::BTreeMap;

use crate::diag::{Code, Diag, Edit, Fix};
use crate::text::{FileId, SourceMap, Span};

/// A correction that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Where its finding was, in the text before the pass.
    pub span: Span,
    /// The finding's code.
    pub code: Code,
    /// `file:line` of the finding, in the text before the pass.
    pub place: String,
    /// What was done, as an imperative.
    pub title: String,
}

/// What a pass leaves.
#[derive(Debug)]
pub struct Pass {
    /// The files, with the corrections made.
    pub sources: SourceMap,
    /// The files that are not as they were.
    pub changed: Vec<FileId>,
    /// The corrections, in the order of the findings.
    pub made: Vec<Made>,
    /// The text that this pass and those before it wrote, as it is now.
    pub written: Vec<Span>,
}

/// Makes the corrections of all findings. Of two that touch each other the first by place is made; a correction is made with
/// all its edits or not at all. What passes before this one have `written` is right: a finding about it would correct a
/// correction, and waits for its author. `None` where there is none to make.
pub fn apply(sources: &SourceMap, diags: &[Diag], written: &[Span]) -> Option<Pass> {
    let about_written = |diag: &Diag, fix: &Fix| {
        let labels = diag.related.iter().chain([&diag.primary]).map(|label| label.span);
        let mut places = labels.chain(fix.edits.iter().map(|edit| edit.span));
        places.any(|place| written.iter().any(|text| touch(*text, place)))
    };
    let offered = diags.iter().filter_map(|diag| Some((diag, diag.fix.as_ref()?)));
    let mut order: Vec<(&Diag, &Fix)> = offered.filter(|(diag, fix)| !about_written(diag, fix)).collect();
    order.sort_by_key(|(diag, fix)| (fix.edits.iter().map(|edit| edit.span).min(), diag.primary.span));
    let mut chosen = Chosen::default();
    let mut made = Vec::new();
    for (diag, fix) in order {
        if chosen.take(sources, &fix.edits) {
            let (file, at) = (sources.file(diag.primary.span.file), sources.line_column(diag.primary.span));
            let place = format!("{}:{}", file.name(), at.line);
            made.push(Made { span: diag.primary.span, code: diag.code, place, title: fix.title.clone() });
        }
    }
    if made.is_empty() {
        return None;
    }
    made.sort_by_key(|made| made.span);
    made.dedup();
    let mut texts: BTreeMap<FileId, String> = BTreeMap::new();
    for ((file, start), (end, text)) in chosen.edits.iter().rev() {
        let whole = texts.entry(*file).or_insert_with(|| sources.file(*file).text().to_owned());
        whole.replace_range(*start as usize..*end as usize, text);
    }
    let changed = texts.keys().copied().collect();
    let written = chosen.written(sources, written);
    Some(Pass { sources: sources.with_texts(texts), changed, made, written })
}

/// Whether two places have a byte in common, or one is empty and in the other.
fn touch(a: Span, b: Span) -> bool {
    a.file == b.file && a.start < b.end.max(b.start + 1) && b.start < a.end.max(a.start + 1)
}

/// Edits that do not touch each other: by file and first byte, the byte behind the last and the new text.
#[derive(Debug, Default)]
struct Chosen<'d> {
    edits: BTreeMap<(FileId, u32), (u32, &'d str)>,
}

impl<'d> Chosen<'d> {
    /// Takes all edits of a correction, if each has room and they change anything.
    fn take(&mut self, sources: &SourceMap, edits: &'d [Edit]) -> bool {
        let old = |edit: &Edit| {
            let range = edit.span.start as usize..edit.span.end as usize;
            sources.file(edit.span.file).text().get(range)
        };
        // Several findings may share one correction.
        let is_taken = |edit: &Edit| {
            let taken = self.edits.get(&(edit.span.file, edit.span.start));
            taken.is_some_and(|(end, text)| (*end, *text) == (edit.span.end, edit.text.as_str()))
        };
        if !edits.is_empty() && edits.iter().all(is_taken) {
            return true;
        }
        let sound = edits.iter().all(|edit| old(edit).is_some());
        let changes = edits.iter().any(|edit| old(edit) != Some(edit.text.as_str()));
        if !sound || !changes || !edits.iter().all(|edit| self.has_room(edit.span)) {
            return false;
        }
        self.edits.extend(edits.iter().map(|edit| ((edit.span.file, edit.span.start), (edit.span.end, edit.text.as_str()))));
        true
    }

    /// The places of the new text of all edits, and of the text written `before`. An edit that only removes writes nothing.
    fn written(&self, sources: &SourceMap, before: &[Span]) -> Vec<Span> {
        // The edits of a file in their order, each with what it moves the text behind it by.
        let moved = |file: FileId, offset: u32| {
            let edits = self.edits.range((file, 0)..(file, offset));
            let by: i64 = edits.map(|((_, start), (end, text))| text.len() as i64 - i64::from(end - start)).sum();
            (i64::from(offset) + by) as u32
        };
        let old = |file: FileId, start: u32, end: u32| &sources.file(file).text()[start as usize..end as usize];
        let new = self.edits.iter().filter(|((file, start), (end, text))| !old(*file, *start, *end).contains(text));
        let new = new.map(|((file, start), (_, text))| {
            let start = moved(*file, *start);
            Span::new(*file, start, start + text.len() as u32)
        });
        let kept = before.iter().map(|span| Span::new(span.file, moved(span.file, span.start), moved(span.file, span.end)));
        new.chain(kept).collect()
    }

    /// Whether no chosen edit is in a span. An insertion at an end of another edit touches it: their order is unclear.
    fn has_room(&self, span: Span) -> bool {
        let empty = span.start == span.end;
        let before = self.edits.range(..=(span.file, span.start)).next_back();
        let after = self.edits.range((span.file, span.start)..).next();
        let free_before = before.is_none_or(|((file, start), (end, _))| {
            *file != span.file || *end < span.start || (*end == span.start && !empty && start != end)
        });
        let free_after = after.is_none_or(|((file, start), (end, _))| {
            *file != span.file || *start > span.end || (*start == span.end && !empty && start != end)
        });
        free_before && free_after
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diag(edits: &[(u32, u32, &str)]) -> Diag {
        let span = |start, end| Span::new(FileId(0), start, end);
        let edits: Vec<_> =
            edits.iter().map(|(start, end, text)| Edit { span: span(*start, *end), text: (*text).to_owned() }).collect();
        Diag::error(Code("OCS0001"), "m", edits[0].span, "").fix(Fix { title: "do".into(), edits })
    }

    fn applied(text: &str, diags: &[Diag]) -> Option<(String, usize)> {
        let sources = SourceMap::new(vec![("a".into(), text.into())]);
        let pass = apply(&sources, diags, &[])?;
        Some((pass.sources.file(FileId(0)).text().to_owned(), pass.made.len()))
    }

    #[test]
    fn the_first_by_place_wins_and_the_others_wait() {
        let diags = [diag(&[(2, 5, "X")]), diag(&[(0, 3, "Y")]), diag(&[(5, 6, "Z")])];
        assert_eq!(applied("abcdefg", &diags), Some(("YdeZg".into(), 2)));
    }

    #[test]
    fn neighbours_do_not_touch_and_insertions_do() {
        assert_eq!(applied("abcd", &[diag(&[(0, 2, "X")]), diag(&[(2, 4, "Y")])]), Some(("XY".into(), 2)));
        assert_eq!(applied("abcd", &[diag(&[(0, 2, "X")]), diag(&[(2, 2, "Y")])]), Some(("Xcd".into(), 1)));
        assert_eq!(applied("abcd", &[diag(&[(2, 2, "Y")]), diag(&[(2, 4, "X")])]), Some(("abYcd".into(), 1)));
        assert_eq!(applied("abcd", &[diag(&[(2, 2, "Y")]), diag(&[(2, 2, "X")])]), Some(("abYcd".into(), 1)));
    }

    #[test]
    fn a_correction_is_made_whole_or_not_at_all() {
        let diags = [diag(&[(0, 1, "X")]), diag(&[(3, 4, "!"), (0, 2, "Y")])];
        assert_eq!(applied("abcd", &diags), Some(("Xbcd".into(), 1)));
    }

    #[test]
    fn findings_may_share_a_correction() {
        let mut second = diag(&[(0, 1, "X")]);
        second.message = "n".into();
        assert_eq!(applied("abcd", &[diag(&[(0, 1, "X")]), second]), Some(("Xbcd".into(), 1)));
    }

    #[test]
    fn written_text_is_not_corrected_again() {
        let first = SourceMap::new(vec![("a".into(), "ab cd ef".into())]);
        let pass = apply(&first, &[diag(&[(0, 2, "xyz")]), diag(&[(3, 5, "c")])], &[]).unwrap();
        assert_eq!(pass.sources.file(FileId(0)).text(), "xyz c ef");
        assert_eq!(pass.written, [Span::new(FileId(0), 0, 3)], "what only loses letters was not written");
        assert!(apply(&pass.sources, &[diag(&[(1, 2, "")])], &pass.written).is_none());
        let about = diag(&[(6, 8, "")]).related(Span::new(FileId(0), 0, 3), "the first time");
        assert!(apply(&pass.sources, &[about], &pass.written).is_none(), "it is a finding about what was written");
        let pass = apply(&pass.sources, &[diag(&[(0, 0, "--"), (6, 8, "")])], &[Span::new(FileId(0), 4, 5)]).unwrap();
        assert_eq!(pass.written, [Span::new(FileId(0), 0, 2), Span::new(FileId(0), 6, 7)]);
    }

    #[test]
    fn empty_corrections_are_skipped() {
        assert_eq!(applied("abcd", &[diag(&[(0, 1, "a")])]), None);
        assert_eq!(applied("é", &[diag(&[(1, 2, "a")])]), None, "inside a character");
        assert_eq!(applied("a", &[diag(&[(1, 9, "b")])]), None, "outside the text");
    }
}
