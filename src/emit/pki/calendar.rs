//! Calendars in the form of RFC 5545: content lines, texts and days.
//!
//! Written here and not by a crate: `ics` folds a line after 75 octets and then adds a space, which is one too many; `icalendar`
//! takes the time from a clock and ids from chance where none are given, and brings chrono and uuid for that.

use crate::plan::renewal::Date;
use crate::text::one_line;

/// The longest line, in octets, without its end.
const LONGEST: usize = 75;

/// A calendar that is being written.
#[derive(Debug, Default)]
pub(super) struct Calendar {
    text: String,
}

impl Calendar {
    /// A property whose value is of the program's own making.
    pub(super) fn line(&mut self, name: &str, value: &str) {
        let line = format!("{name}:{value}");
        let mut room = LONGEST;
        let mut begin = 0;
        while line.len() - begin > room {
            // A character stays whole.
            let end = (begin + 1..=begin + room).rev().find(|at| line.is_char_boundary(*at)).unwrap_or(line.len());
            self.text.push_str(&line[begin..end]);
            self.text.push_str("\r\n ");
            begin = end;
            // The space is the first octet of the next line.
            room = LONGEST - 1;
        }
        self.text.push_str(&line[begin..]);
        self.text.push_str("\r\n");
    }

    /// A property whose value is text, of several lines where there are several.
    pub(super) fn text<S: AsRef<str>>(&mut self, name: &str, lines: impl IntoIterator<Item = S>) {
        let lines: Vec<String> = lines.into_iter().map(|line| escaped(line.as_ref())).collect();
        self.line(name, &lines.join("\\n"));
    }

    /// The whole.
    pub(super) fn finish(self) -> String {
        self.text
    }
}

/// A day, `20270401`.
pub(super) fn day(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year, date.month, date.day)
}

/// One line of text.
fn escaped(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for c in one_line(line).chars() {
        if matches!(c, '\\' | ';' | ',') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn unfolded(text: &str) -> String {
        text.replace("\r\n ", "")
    }

    #[test]
    fn a_line_is_folded_before_it_is_too_long() {
        let mut calendar = Calendar::default();
        calendar.line("A", &"x".repeat(150));
        let lines: Vec<String> = calendar.finish().split("\r\n").map(str::to_owned).collect();
        assert_eq!(lines.iter().map(String::len).collect::<Vec<_>>(), [75, 75, 4, 0]);
        assert!(lines[1].starts_with(' ') && lines[2].starts_with(' '));
    }

    #[test]
    fn text_ends_no_line_and_begins_no_property() {
        let mut calendar = Calendar::default();
        calendar.text("SUMMARY", ["a,b;c\\d\r\nEND:VEVENT\u{202e}", "second"]);
        assert_eq!(calendar.finish(), "SUMMARY:a\\,b\\;c\\\\d  END:VEVENT\\nsecond\r\n");
    }

    proptest! {
        #[test]
        fn any_text_is_one_property_in_short_lines(text in "(\\PC|[\r\n\t;,\\\\]|é|字|🔑){0,200}") {
            let mut calendar = Calendar::default();
            calendar.text("SUMMARY", [&text]);
            let written = calendar.finish();
            prop_assert!(written.ends_with("\r\n"));
            prop_assert!(written.trim_end_matches("\r\n").split("\r\n").all(|line| line.len() <= LONGEST));
            let whole = unfolded(written.trim_end_matches("\r\n"));
            prop_assert!(!whole.contains(['\r', '\n']));
            prop_assert_eq!(whole, format!("SUMMARY:{}", escaped(&text)));
        }
    }
}
