//! A zone file as entries: the words of a line, or of several in parentheses, each with its place. Comments are gone.

use std::ops::Range;

/// More words than the longest record has: one of 65,535 bytes of data, each a word of its own.
const MOST_WORDS: usize = 70_000;

/// A word, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word<'t> {
    /// The text; a backslash in it is still before the character that it escapes.
    pub(super) text: &'t str,
    /// Whether it is in quotes, which are not in the text.
    pub(super) quoted: bool,
    /// Where it is, in bytes, with its quotes.
    pub(super) at: Range<usize>,
}

/// A record or directive.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry<'t> {
    /// Whether the line begins with a blank: the owner is the one before.
    pub(super) continues: bool,
    /// At least one.
    pub(super) words: Vec<Word<'t>>,
}

/// What is no zone file, and where.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) message: &'static str,
    pub(super) at: Range<usize>,
}

/// The entries of a file, in order, one at a time: a large file is never in memory as words. A fault is the last item.
pub(super) struct Entries<'t> {
    text: &'t str,
    at: usize,
    ended: bool,
}

impl<'t> Entries<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, at: if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }, ended: false }
    }

    /// The next entry, or none at the end of the file.
    fn entry(&mut self) -> Result<Option<Entry<'t>>, Fault> {
        let bytes = self.text.as_bytes();
        let mut words: Vec<Word<'_>> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let mut continues = matches!(bytes.get(self.at), Some(b' ' | b'\t'));
        while let Some(byte) = bytes.get(self.at) {
            let at = self.at;
            match byte {
                b'\n' => {
                    self.at += 1;
                    if open.is_empty() {
                        if !words.is_empty() {
                            return Ok(Some(Entry { continues, words }));
                        }
                        continues = matches!(bytes.get(self.at), Some(b' ' | b'\t'));
                    }
                }
                b' ' | b'\t' | b'\r' => self.at += 1,
                b';' => self.at += bytes[at..].iter().take_while(|byte| **byte != b'\n').count(),
                b'(' => {
                    open.push(at);
                    self.at += 1;
                }
                b')' => {
                    if open.pop().is_none() {
                        return Err(Fault { message: "a parenthesis closes that was not opened", at: at..at + 1 });
                    }
                    self.at += 1;
                }
                b'"' => {
                    let end = quoted(bytes, at + 1).ok_or(Fault { message: "the quote is not closed", at: at..at + 1 })?;
                    words.push(Word { text: self.text.get(at + 1..end).unwrap_or_default(), quoted: true, at: at..end + 1 });
                    self.at = end + 1;
                }
                _ => {
                    let end = plain(bytes, at);
                    words.push(Word { text: self.text.get(at..end).unwrap_or_default(), quoted: false, at: at..end });
                    self.at = end;
                }
            }
            if words.len() + open.len() > MOST_WORDS {
                return Err(Fault { message: "a record of more words than any has", at: at..at + 1 });
            }
        }
        if let Some(open) = open.pop() {
            return Err(Fault { message: "the parenthesis is not closed", at: open..open + 1 });
        }
        Ok((!words.is_empty()).then_some(Entry { continues, words }))
    }
}

impl<'t> Iterator for Entries<'t> {
    type Item = Result<Entry<'t>, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let entry = self.entry().transpose();
        self.ended = !matches!(entry, Some(Ok(_)));
        entry
    }
}

/// The closing quote; a string ends on its line.
fn quoted(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at),
            b'\n' => return None,
            b'\\' if bytes.get(at + 1).is_some_and(|next| *next != b'\n') => at += 2,
            _ => at += 1,
        }
    }
}

/// The end of a word.
fn plain(bytes: &[u8], mut at: usize) -> usize {
    while let Some(byte) = bytes.get(at) {
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' | b';' | b'(' | b')' | b'"' => break,
            b'\\' if bytes.get(at + 1).is_some_and(|next| !matches!(next, b'\n' | b'\r')) => at += 2,
            _ => at += 1,
        }
    }
    at.min(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let word = |word: &Word<'_>| if word.quoted { format!("\"{}\"", word.text) } else { word.text.to_owned() };
        let entry = |entry: &Entry<'_>| {
            let words: Vec<String> = entry.words.iter().map(word).collect();
            format!("{}{}", if entry.continues { "+ " } else { "" }, words.join("|"))
        };
        match Entries::of(text).collect::<Result<Vec<_>, _>>() {
            Ok(entries) => entries.iter().map(entry).collect::<Vec<_>>().join("\n"),
            Err(fault) => format!("{} at {}", fault.message, fault.at.start),
        }
    }

    #[test]
    fn entries_of_all_kinds() {
        insta::assert_snapshot!(shown("\u{feff}$ORIGIN a.\r\n@ IN SOA ns h ( 1 ; one\n  2\n3 )4\n\n  NS ns ; x\nx\\;y TXT \"a;(\\\"\" b\"c\"\n;c\nlast A 1.2.3.4"), @r#"
        $ORIGIN|a.
        @|IN|SOA|ns|h|1|2|3|4
        + NS|ns
        x\;y|TXT|"a;(\""|b|"c"
        last|A|1.2.3.4
        "#);
    }

    #[test]
    fn faults_have_places() {
        insta::assert_snapshot!(shown("a A 1 )"), @"a parenthesis closes that was not opened at 6");
        insta::assert_snapshot!(shown("a ( A\n1"), @"the parenthesis is not closed at 2");
        insta::assert_snapshot!(shown("a TXT \"x\ny\""), @"the quote is not closed at 6");
    }

    #[test]
    fn memory_of_one_record_is_bounded() {
        let words = format!("a TXT ({})", " x".repeat(MOST_WORDS));
        insta::assert_snapshot!(shown(&words), @"a record of more words than any has at 140002");
        assert!(shown(&"(".repeat(MOST_WORDS + 1)).starts_with("a record of more words"));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "([ \\t\\n\"();\\\\a.é]|\\PC){0,40}") {
            for word in Entries::of(&text).flatten().flat_map(|entry| entry.words) {
                proptest::prop_assert!(text.get(word.at).is_some());
            }
        }
    }
}
