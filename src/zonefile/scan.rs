//! A zone file as entries: the words of a line, or of several in parentheses, each with its place. Comments are gone.

use std::ops::Range;

/// A word, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word<'t> {
    /// The text; a backslash in it still stands before what it escapes.
    pub(super) text: &'t str,
    /// Whether it stands in quotes, which are not in the text.
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

/// All entries of a file, in order; a fault ends the reading.
pub(super) fn scan(text: &str) -> Result<Vec<Entry<'_>>, Fault> {
    let bytes = text.as_bytes();
    let mut entries = Vec::new();
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut continues = matches!(bytes.get(at), Some(b' ' | b'\t'));
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\n' => {
                at += 1;
                if open.is_empty() {
                    if !words.is_empty() {
                        entries.push(Entry { continues, words: std::mem::take(&mut words) });
                    }
                    continues = matches!(bytes.get(at), Some(b' ' | b'\t'));
                }
            }
            b' ' | b'\t' | b'\r' => at += 1,
            b';' => at += bytes[at..].iter().take_while(|byte| **byte != b'\n').count(),
            b'(' => {
                open.push(at);
                at += 1;
            }
            b')' => {
                if open.pop().is_none() {
                    return Err(Fault { message: "a parenthesis closes that was not opened", at: at..at + 1 });
                }
                at += 1;
            }
            b'"' => {
                let end = quoted(bytes, at + 1).ok_or(Fault { message: "the quote is not closed", at: at..at + 1 })?;
                words.push(Word { text: text.get(at + 1..end).unwrap_or_default(), quoted: true, at: at..end + 1 });
                at = end + 1;
            }
            _ => {
                let end = plain(bytes, at);
                words.push(Word { text: text.get(at..end).unwrap_or_default(), quoted: false, at: at..end });
                at = end;
            }
        }
    }
    if let Some(open) = open.pop() {
        return Err(Fault { message: "the parenthesis is not closed", at: open..open + 1 });
    }
    if !words.is_empty() {
        entries.push(Entry { continues, words });
    }
    Ok(entries)
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
        match scan(text) {
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

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "([ \\t\\n\"();\\\\a.é]|\\PC){0,40}") {
            for word in scan(&text).into_iter().flatten().flat_map(|entry| entry.words) {
                proptest::prop_assert!(text.get(word.at).is_some());
            }
        }
    }
}
