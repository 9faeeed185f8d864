//! What a file would become, as a unified diff.

use similar::{ChangeTag, TextDiff};

use crate::text::{SourceFile, printable};

/// A unified diff for people: unprintable characters are written out.
pub fn diff(file: &SourceFile, text: &str, color: bool) -> String {
    let diff = TextDiff::from_lines(file.text(), text);
    let mut lines =
        vec![(ChangeTag::Delete, format!("--- {}", file.name())), (ChangeTag::Insert, format!("+++ {}", file.name()))];
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        lines.push((ChangeTag::Equal, hunk.header().to_string()));
        for change in hunk.iter_changes() {
            let line = change.value().strip_suffix('\n').unwrap_or(change.value());
            let line: Vec<_> = line.split('\t').map(printable).collect();
            lines.push((change.tag(), format!("{}{}", change.tag(), line.join("\t"))));
            if change.missing_newline() {
                lines.push((ChangeTag::Equal, "\\ No newline at end of file".to_owned()));
            }
        }
    }
    let paint = |(tag, line): (ChangeTag, String)| match (color, tag) {
        (true, ChangeTag::Delete) => format!("\u{1b}[31m{line}\u{1b}[0m\n"),
        (true, ChangeTag::Insert) => format!("\u{1b}[32m{line}\u{1b}[0m\n"),
        _ => line + "\n",
    };
    lines.into_iter().map(paint).collect()
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
