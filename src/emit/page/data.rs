//! The data of a page as JSON: tables whose cells are numbers of words. A word is written once, however many rows have it.

use std::borrow::Cow;
use std::rc::Rc;

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::text::one_line;

/// What a cell of a column holds, and how it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    /// Text for people.
    Text,
    /// A name, an address, a path.
    Code,
    /// One of few words, which is marked by its colour too.
    Mark,
    /// A number.
    Number,
    /// A day.
    Day,
    /// Several texts.
    Texts,
    /// Several names.
    Codes,
    /// Several keys of sources.
    Sources,
}

/// The value of a cell.
#[derive(Debug)]
pub(super) enum Cell<'a> {
    /// One text; empty for none.
    Text(Cow<'a, str>),
    /// Several texts.
    List(Vec<Cow<'a, str>>),
    /// A number.
    Number(u64),
}

impl<'a> Cell<'a> {
    pub(super) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Cell::Text(text.into())
    }

    pub(super) fn opt(text: Option<impl Into<Cow<'a, str>>>) -> Self {
        Cell::Text(text.map(Into::into).unwrap_or_default())
    }

    pub(super) fn list<T: Into<Cow<'a, str>>>(texts: impl IntoIterator<Item = T>) -> Self {
        Cell::List(texts.into_iter().map(Into::into).collect())
    }

    /// Several values as people read them.
    pub(super) fn shown<T: ToString>(values: impl IntoIterator<Item = T>) -> Self {
        Cell::List(values.into_iter().map(|value| Cow::Owned(value.to_string())).collect())
    }
}

/// A column of a table over rows of a type.
pub(super) struct Column<R> {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) kind: Kind,
    /// Its share of the width; 0 for one that is shown in the details of a row only.
    pub(super) width: u8,
    /// Whether the page offers its values as a choice.
    pub(super) choice: bool,
    pub(super) cell: for<'r> fn(&'r R) -> Cell<'r>,
}

impl<R> Column<R> {
    pub(super) const fn new(id: &'static str, title: &'static str, kind: Kind, cell: for<'r> fn(&'r R) -> Cell<'r>) -> Self {
        Self { id, title, kind, width: 0, choice: false, cell }
    }

    /// Shows it in the table.
    pub(super) const fn wide(self, width: u8) -> Self {
        Self { width, ..self }
    }

    /// Offers its values as a choice.
    pub(super) const fn choice(self) -> Self {
        Self { choice: true, ..self }
    }
}

/// A table as a page reads it.
#[derive(Debug, Serialize)]
pub(super) struct Table {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) about: &'static str,
    /// The columns whose values together name a row.
    key: &'static [&'static str],
    pub(super) rows: usize,
    columns: Vec<Filled>,
}

/// A column with its cells: numbers of words, of lists, or what they say.
#[derive(Debug, Serialize)]
struct Filled {
    id: &'static str,
    title: &'static str,
    kind: Kind,
    width: u8,
    choice: bool,
    cells: Vec<u64>,
}

/// What a table is, beside its columns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) about: &'static str,
    pub(super) key: &'static [&'static str],
}

/// The words and lists of a page, each once. The first of both is empty.
pub(super) struct Dictionary {
    words: Vec<Rc<str>>,
    numbers: FxHashMap<Rc<str>, u32>,
    lists: Vec<Rc<[u32]>>,
    list_numbers: FxHashMap<Rc<[u32]>, u32>,
}

impl Dictionary {
    pub(super) fn new() -> Self {
        let mut dictionary =
            Self { words: Vec::new(), numbers: FxHashMap::default(), lists: Vec::new(), list_numbers: FxHashMap::default() };
        dictionary.word("");
        dictionary.list(&[]);
        dictionary
    }

    /// The table of some rows.
    pub(super) fn table<R>(&mut self, head: Head, columns: &[Column<R>], rows: &[R]) -> Table {
        let columns = columns.iter().map(|column| Filled {
            id: column.id,
            title: column.title,
            kind: column.kind,
            width: column.width,
            choice: column.choice,
            cells: rows.iter().map(|row| self.cell(&(column.cell)(row))).collect(),
        });
        let columns = columns.collect();
        Table { id: head.id, title: head.title, about: head.about, key: head.key, rows: rows.len(), columns }
    }

    fn cell(&mut self, cell: &Cell<'_>) -> u64 {
        match cell {
            Cell::Text(text) => u64::from(self.word(text)),
            Cell::List(texts) => {
                let list: Vec<u32> = texts.iter().map(|text| self.word(text)).collect();
                u64::from(self.list(&list))
            }
            Cell::Number(number) => *number,
        }
    }

    /// The number of a word, which is on one line and turns no reading direction.
    fn word(&mut self, text: &str) -> u32 {
        let text = one_line(text);
        if let Some(number) = self.numbers.get(&*text) {
            return *number;
        }
        let word: Rc<str> = text.into();
        let number = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.words.push(word.clone());
        self.numbers.insert(word, number);
        number
    }

    fn list(&mut self, list: &[u32]) -> u32 {
        if let Some(number) = self.list_numbers.get(list) {
            return *number;
        }
        let list: Rc<[u32]> = list.into();
        let number = u32::try_from(self.lists.len()).unwrap_or(u32::MAX);
        self.lists.push(list.clone());
        self.list_numbers.insert(list, number);
        number
    }

    /// All words, by number.
    pub(super) fn words(&self) -> Vec<&str> {
        self.words.iter().map(|word| &**word).collect()
    }

    /// All lists, by number.
    pub(super) fn lists(&self) -> Vec<&[u32]> {
        self.lists.iter().map(|list| &**list).collect()
    }
}

/// A value as JSON that a `script` element may hold: no tag and no comment can begin in it.
pub(super) fn json(value: &impl Serialize) -> String {
    // Strings, numbers and lists always can be written as JSON.
    serde_json::to_string(value).unwrap_or_default().replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: Head = Head { id: "t", title: "T", about: "", key: &["name"] };

    #[test]
    fn a_word_stands_once() {
        let mut dictionary = Dictionary::new();
        let columns: [Column<(&str, u64)>; 3] = [
            Column::new("name", "Name", Kind::Code, |row: &(&str, u64)| Cell::text(row.0)).wide(10).choice(),
            Column::new("both", "Both", Kind::Texts, |row: &(&str, u64)| Cell::list([row.0, "x"])),
            Column::new("number", "Number", Kind::Number, |row: &(&str, u64)| Cell::Number(row.1)),
        ];
        let table = dictionary.table(HEAD, &columns, &[("x", 5), ("y", 7), ("x", 5)]);
        assert_eq!(dictionary.words(), ["", "x", "y"]);
        assert_eq!(dictionary.lists(), [&[] as &[u32], &[1, 1], &[2, 1]]);
        let cells: Vec<_> = table.columns.iter().map(|column| column.cells.clone()).collect();
        assert_eq!(cells, [vec![1, 2, 1], vec![1, 2, 1], vec![5, 7, 5]]);
    }

    #[test]
    fn no_text_ends_its_element() {
        let mut dictionary = Dictionary::new();
        dictionary.word("</script><script>\u{202e}a\nb");
        let text = json(&dictionary.words());
        assert_eq!(text, r#"["","\u003c/script>\u003cscript>a b"]"#);
    }
}
