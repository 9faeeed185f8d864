//! JSON with a row a line, so that versions can be compared.

use serde::Serialize;

/// A JSON text that is being written. All rows go into one buffer, so none is copied.
#[derive(Debug, Default)]
pub struct JsonText(Vec<u8>);

impl JsonText {
    /// Punctuation and blanks as they are, or a key that is an identifier.
    pub fn mark(&mut self, text: &str) {
        self.0.extend_from_slice(text.as_bytes());
    }

    /// A value on one line.
    pub fn value(&mut self, value: &(impl Serialize + ?Sized)) {
        let written = serde_json::to_writer(&mut self.0, value).is_ok();
        debug_assert!(written, "memory takes every byte, and structs, texts and numbers can be written");
    }

    /// An object without its closing brace, for rows that follow in it.
    pub fn open(&mut self, object: &impl Serialize) {
        self.value(object);
        let brace = self.0.pop();
        debug_assert_eq!(brace, Some(b'}'), "an object");
    }

    /// Rows with a comma and a line end between them.
    pub fn rows<T>(&mut self, rows: impl IntoIterator<Item = T>, mut write: impl FnMut(&mut Self, T)) {
        for (at, row) in rows.into_iter().enumerate() {
            if at > 0 {
                self.mark(",\n");
            }
            write(self, row);
        }
    }

    /// The whole text.
    pub fn finish(self) -> String {
        // Text went in, so text comes out.
        String::from_utf8(self.0).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn a_row_is_a_line() {
        let mut text = JsonText::default();
        text.open(&BTreeMap::from([("name", "a\"\nb")]));
        text.mark(",\"rows\":[\n");
        text.rows([1, 2], |text, row| {
            text.mark("  ");
            text.value(&[row]);
        });
        text.mark("\n]}\n");
        let text = text.finish();
        assert_eq!(text, "{\"name\":\"a\\\"\\nb\",\"rows\":[\n  [1],\n  [2]\n]}\n");
        assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
    }
}
