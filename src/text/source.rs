//! The files of one topology, each with a line table.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{FileId, Span};

/// One file: the name that messages show, its text, and where its lines begin.
#[derive(Debug, Clone)]
pub struct SourceFile {
    name: String,
    text: Arc<str>,
    line_starts: Vec<u32>,
}

/// A place as people count: both from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl SourceFile {
    fn new(name: String, text: Arc<str>) -> Self {
        let line_starts =
            std::iter::once(0).chain(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i as u32 + 1)).collect();
        Self { name, text, line_starts }
    }

    /// The name that messages show, with `/` between folders.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name at the beginning of a line, where one such as `::add-mask::x` would be a command to a build server.
    pub fn name_in_front(&self) -> std::borrow::Cow<'_, str> {
        if self.name.trim_start().starts_with("::") { format!("./{}", self.name).into() } else { self.name.as_str().into() }
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The whole text, shared instead of copied.
    pub fn shared_text(&self) -> Arc<str> {
        self.text.clone()
    }

    /// The number of lines; a text that ends in a newline has an empty last line.
    pub fn line_count(&self) -> usize {
        self.line_starts.len()
    }

    /// The zero-based line that holds the byte `offset`.
    pub fn line_of(&self, offset: u32) -> usize {
        self.line_starts.partition_point(|start| *start <= offset) - 1
    }

    /// The byte range of a zero-based line, with its newline.
    pub fn line_range(&self, line: usize) -> std::ops::Range<usize> {
        let start = self.line_starts[line] as usize;
        let end = self.line_starts.get(line + 1).map_or(self.text.len(), |next| *next as usize);
        start..end
    }

    /// The length of the byte order mark at the start, which editors do not show.
    pub fn mark_length(&self) -> usize {
        if self.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
    }

    /// Line and column of the byte `offset`.
    pub fn line_column(&self, offset: u32) -> LineColumn {
        let line = self.line_of(offset);
        let start = (self.line_starts[line] as usize).max(self.mark_length());
        let before = self.text.get(start..offset as usize).unwrap_or_default();
        LineColumn { line: line as u32 + 1, column: before.chars().count() as u32 + 1 }
    }
}

/// All files of one topology, sorted by name, so that reading order never shows; after them files that it is held against.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
    /// What the names of files begin with before the topology's own folder.
    root: String,
}

impl SourceMap {
    /// A map over `(name, text)` pairs; they are sorted by name.
    pub fn new(mut files: Vec<(String, String)>) -> Self {
        files.sort();
        Self { files: files.into_iter().map(|(name, text)| SourceFile::new(name, text.into())).collect(), root: String::new() }
    }

    /// The same files, whose names begin with `root`: artifacts name files without it, so that they do not reveal from where a
    /// topology was built.
    #[must_use]
    pub fn below(mut self, root: impl Into<String>) -> Self {
        self.root = root.into();
        self
    }

    /// The same files, some with another text.
    #[must_use]
    pub fn with_texts(&self, texts: BTreeMap<FileId, String>) -> Self {
        let mut map = self.clone();
        for (id, text) in texts {
            let file = &mut map.files[id.0 as usize];
            *file = SourceFile::new(std::mem::take(&mut file.name), text.into());
        }
        map
    }

    /// The same files and after them others that are no part of the topology, with the numbers of these in their order.
    #[must_use]
    pub fn joined(&self, files: Vec<(String, String)>) -> (Self, Vec<FileId>) {
        let mut map = self.clone();
        let first = map.files.len();
        map.files.extend(files.into_iter().map(|(name, text)| SourceFile::new(name, text.into())));
        let ids = (first..map.files.len()).map(|at| FileId(at as u32)).collect();
        (map, ids)
    }

    /// The file with this number.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// All files with their numbers, by name.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(i, file)| (FileId(i as u32), file))
    }

    /// The text under a span.
    pub fn text(&self, span: Span) -> &str {
        self.file(span.file).text().get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// Where a span begins.
    pub fn line_column(&self, span: Span) -> LineColumn {
        self.file(span.file).line_column(span.start)
    }

    /// `file:line` of a span as reasons print it, the file as it is called within the topology's folder.
    pub fn place(&self, span: Span) -> String {
        let name = self.file(span.file).name();
        format!("{}:{}", name.strip_prefix(&self.root).unwrap_or(name), self.line_column(span).line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_characters() {
        let map = SourceMap::new(vec![("a".into(), "é = 1\r\nb = 2".into())]);
        let file = map.file(FileId(0));
        assert_eq!(file.line_column(3), LineColumn { line: 1, column: 3 });
        assert_eq!(file.line_column(8), LineColumn { line: 2, column: 1 });
        assert_eq!(file.line_column(13), LineColumn { line: 2, column: 6 });
        assert_eq!(file.line_range(1), 8..13);
    }

    #[test]
    fn places_are_named_within_the_topology() {
        let map = SourceMap::new(vec![("lab/site/a".into(), "x\ny".into())]).below("lab/");
        assert_eq!(map.place(Span::new(FileId(0), 2, 3)), "site/a:2");
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        let map = SourceMap::new(vec![("a".into(), "\u{feff}xy\nz".into())]);
        let file = map.file(FileId(0));
        assert_eq!(file.line_column(0), LineColumn { line: 1, column: 1 });
        assert_eq!(file.line_column(4), LineColumn { line: 1, column: 2 });
        assert_eq!(file.line_column(6), LineColumn { line: 2, column: 1 });
    }

    #[test]
    fn joined_files_come_after_and_move_no_other() {
        let map = SourceMap::new(vec![("b".into(), "x".into())]);
        let (joined, ids) = map.joined(vec![("a".into(), "y".into()), ("a".into(), "z".into())]);
        assert_eq!(ids, [FileId(1), FileId(2)]);
        assert_eq!((joined.file(FileId(0)).name(), joined.file(FileId(2)).text()), ("b", "z"));
    }

    #[test]
    fn files_are_numbered_by_name() {
        let map = SourceMap::new(vec![("b".into(), "x".into()), ("a".into(), "y".into())]);
        assert_eq!(map.file(FileId(0)).name(), "a");
    }
}
