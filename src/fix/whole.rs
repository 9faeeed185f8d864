//! Removing an item removes its line too, or the blanks around it, so that no empty line is left.

use rustc_hash::FxHashSet;

use crate::diag::{Diag, Edit};
use crate::syntax::{SyntaxKind, SyntaxTree};
use crate::text::{SourceMap, Span};

/// Widens the edits that remove a whole block, attribute or assertion. Other text of the line, and every comment, stays.
pub fn take_whole(sources: &SourceMap, trees: &[SyntaxTree], diags: &mut [Diag]) {
    let takes_out = |edit: &&mut Edit| edit.text.is_empty() && edit.span.start < edit.span.end;
    let wanted: FxHashSet<Span> = edits_of(diags).filter(takes_out).map(|edit| edit.span).collect();
    if wanted.is_empty() {
        return;
    }
    let is_item = |kind| matches!(kind, SyntaxKind::Block | SyntaxKind::Attr | SyntaxKind::Assertion);
    let items = trees.iter().flat_map(SyntaxTree::nodes).filter(|node| is_item(node.kind())).map(|node| node.span());
    let items: FxHashSet<Span> = items.filter(|span| wanted.contains(span)).collect();
    for edit in edits_of(diags).filter(takes_out).filter(|edit| items.contains(&edit.span)) {
        edit.span = widened(sources.file(edit.span.file).text(), edit.span);
    }
}

fn edits_of(diags: &mut [Diag]) -> impl Iterator<Item = &mut Edit> {
    diags.iter_mut().filter_map(|diag| diag.fix.as_mut()).flat_map(|fix| &mut fix.edits)
}

fn widened(text: &str, span: Span) -> Span {
    let (start, end) = (span.start as usize, span.end as usize);
    let (Some(front), Some(back)) = (text.get(..start), text.get(end..)) else { return span };
    // A byte order mark is in front of the first line.
    let indent = front.rsplit(['\n', '\u{feff}']).next().unwrap_or_default();
    let rest = back.split_inclusive('\n').next().unwrap_or_default();
    let (start, end) = match (is_blank(indent), is_blank(rest)) {
        (true, true) => lines(text, start - indent.len(), end + rest.len()),
        (true, false) => (start, end + blanks(rest)),
        (false, _) if rest.trim_end_matches(['\r', '\n']).is_empty() || rest.starts_with([' ', '\t', '}']) => {
            (front.trim_end_matches([' ', '\t']).len(), end)
        }
        (false, _) => (start, end),
    };
    Span::new(span.file, start as u32, end as u32)
}

/// Whole lines; of empty lines on both sides one is removed too, and so is one that would be before a `}` or at the end.
fn lines(text: &str, start: usize, end: usize) -> (usize, usize) {
    let above = text[..start].split_inclusive('\n').next_back();
    let Some(above) = above.filter(|line| is_blank(line)) else { return (start, end) };
    let below = text[end..].split_inclusive('\n').next().unwrap_or_default();
    if is_blank(below) || below.trim_start().starts_with('}') { (start - above.len(), end) } else { (start, end) }
}

fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t']).len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Fix};
    use crate::syntax::parse;
    use crate::text::FileId;

    /// The text without the first `waive` block.
    fn without(text: &str) -> String {
        let sources = SourceMap::new(vec![("a".into(), text.into())]);
        let tree = parse(FileId(0), sources.file(FileId(0)).shared_text()).tree;
        let block = tree.nodes().find(|node| node.kind() == SyntaxKind::Block && node.text().starts_with("waive")).unwrap();
        let span = block.span();
        let mut diags = [Diag::error(Code("OCS0001"), "m", span, "").fix(Fix::remove("remove it", span))];
        take_whole(&sources, &[tree], &mut diags);
        let span = diags[0].fix.as_ref().unwrap().edits[0].span;
        format!("{}{}", &text[..span.start as usize], &text[span.end as usize..])
    }

    #[test]
    fn a_block_takes_its_lines_along() {
        assert_eq!(
            without("site a {\n  users = 1\n  waive X {\n    reason = \"r\"\n  }\n  b = 2\n}\n"),
            "site a {\n  users = 1\n  b = 2\n}\n"
        );
        assert_eq!(without("\u{feff}waive X { }\r\nsite a { }\r\n"), "\u{feff}site a { }\r\n");
        assert_eq!(without("site a { }\nwaive X { }"), "site a { }\n");
    }

    #[test]
    fn no_double_empty_line_is_left() {
        assert_eq!(without("site a {\n  b = 1\n\n  waive X { }\n\n  c = 2\n}\n"), "site a {\n  b = 1\n\n  c = 2\n}\n");
        assert_eq!(without("site a {\n  b = 1\n\n  waive X { }\n}\n"), "site a {\n  b = 1\n}\n");
        assert_eq!(without("site a { }\n\nwaive X { }\n"), "site a { }\n");
        assert_eq!(without("site a {\n  b = 1\n\n  waive X { }\n  c = 2\n}\n"), "site a {\n  b = 1\n\n  c = 2\n}\n");
    }

    #[test]
    fn other_text_of_the_line_stays() {
        assert_eq!(without("site a { b = 1  waive X { }  c = 2 }\n"), "site a { b = 1  c = 2 }\n");
        assert_eq!(without("site a { waive X { } }\n"), "site a { }\n");
        assert_eq!(without("site a {waive X { }b = 1}\n"), "site a {b = 1}\n");
        assert_eq!(without("  waive X { }  # why\nsite a { }\n"), "  # why\nsite a { }\n");
        assert_eq!(without("site a { b = 1  waive X { }\n}\n"), "site a { b = 1\n}\n");
    }
}
