//! The syntax as a whole: what users see, and what holds for any text.

mod braces;
mod items;
mod total;
mod values;

use super::{Parse, parse};
use crate::text::{FileId, SourceMap, Span};

fn parsed(text: &str) -> Parse {
    parse(FileId(0), text.into())
}

/// Each finding as a user would read it: place, text at the place, message, label, other places, help, and the text after the fix.
fn messages(text: &str) -> String {
    let map = SourceMap::new(vec![("a.ocstopo".into(), text.into())]);
    let place = |span: Span| {
        let at = map.line_column(span);
        let under = visible(map.text(span));
        let under = if under.is_empty() { String::from("‸") } else { format!("`{under}`") };
        format!("{}:{} {under}", at.line, at.column)
    };
    let mut out = String::new();
    for diag in parsed(text).diags {
        out.push_str(&format!("{} {}: {}\n  {}\n", diag.code, place(diag.primary.span), diag.message, diag.primary.text));
        for label in &diag.related {
            out.push_str(&format!("  {}: {}\n", place(label.span), label.text));
        }
        out.push_str(&format!("  help: {}\n", diag.help.unwrap_or_default()));
        if let Some(fix) = diag.fix {
            let mut fixed = text.to_owned();
            for edit in fix.edits.iter().rev() {
                fixed.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
            }
            let line = map.line_column(diag.primary.span).line as usize - 1;
            out.push_str(&format!("  fixed: {}\n", visible(fixed.lines().nth(line).unwrap_or_default().trim())));
        }
    }
    out
}

fn visible(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_ascii_graphic() || c == ' ' || c.is_alphanumeric() || "“”–→".contains(c) {
                c.to_string()
            } else {
                c.escape_unicode().to_string()
            }
        })
        .collect()
}
