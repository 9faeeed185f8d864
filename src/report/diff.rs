//! What a file would become, as a unified diff.

use std::ops::Range;

use crate::text::{Difference, SourceFile, printable};

/// A unified diff for people: unprintable characters are written out.
pub fn diff(file: &SourceFile, text: &str, color: bool) -> String {
    let difference = Difference::new(file.text(), text);
    let mut lines = vec![(Tag::Old, format!("--- {}", file.name())), (Tag::New, format!("+++ {}", file.name()))];
    for group in difference.groups(AROUND) {
        lines.push((Tag::Both, format!("@@ -{} +{} @@", place(&group.old), place(&group.new))));
        let mut at = group.old.start;
        for change in group.changes {
            write(&mut lines, Tag::Both, &difference.old[at..change.old.start]);
            write(&mut lines, Tag::Old, &difference.old[change.old.clone()]);
            write(&mut lines, Tag::New, &difference.new[change.new.clone()]);
            at = change.old.end;
        }
        write(&mut lines, Tag::Both, &difference.old[at..group.old.end]);
    }
    let paint = |(tag, line): (Tag, String)| match (color, tag) {
        (true, Tag::Old) => format!("\u{1b}[31m{line}\u{1b}[0m\n"),
        (true, Tag::New) => format!("\u{1b}[32m{line}\u{1b}[0m\n"),
        _ => line + "\n",
    };
    lines.into_iter().map(paint).collect()
}

/// How many lines are shown around a change.
const AROUND: usize = 3;

/// In which text a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tag {
    Old,
    New,
    Both,
}

/// Lines as `diff` numbers them: the first one and how many; of no lines, the one before.
fn place(lines: &Range<usize>) -> String {
    match lines.len() {
        0 => format!("{},0", lines.start),
        1 => (lines.start + 1).to_string(),
        count => format!("{},{count}", lines.start + 1),
    }
}

fn write(lines: &mut Vec<(Tag, String)>, tag: Tag, text: &[&str]) {
    let sign = match tag {
        Tag::Old => '-',
        Tag::New => '+',
        Tag::Both => ' ',
    };
    for line in text {
        let shown: Vec<_> = line.strip_suffix('\n').unwrap_or(line).split('\t').map(printable).collect();
        lines.push((tag, format!("{sign}{}", shown.join("\t"))));
        if !line.ends_with('\n') {
            lines.push((Tag::Both, "\\ No newline at end of file".to_owned()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceMap;

    #[test]
    fn a_diff_for_people() {
        let sources = SourceMap::new(vec![("a.ocstopo".into(), "x=1\r\n\ty = \u{1b}2".into())]);
        let (_, file) = sources.files().next().unwrap();
        insta::assert_snapshot!(diff(file, "x = 1\ny = 2\n", false), @r"
        --- a.ocstopo
        +++ a.ocstopo
        @@ -1,2 +1,2 @@
        -x=1\r
        -	y = \u{1b}2
        \ No newline at end of file
        +x = 1
        +y = 2
        ");
        assert!(diff(file, "x = 1\n", true).contains("\u{1b}[32m+x = 1\u{1b}[0m\n"));
    }
}
