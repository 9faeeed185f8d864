//! A catalogue as a Markdown page: a table for each section, then what sources contradict each other about.

use std::fmt::Write;

use super::{Row, Section};
use crate::product::Product;

/// The page: all sections of a product, or some of them.
pub fn markdown(product: Product, sections: &[Section]) -> String {
    let word = product.word();
    let mut text = format!("# Catalogue of {}\n\n", product.title());
    let _ = writeln!(
        text,
        "Every fact about the product that ocstopo knows is a row of its catalogue. `ocstopo catalog show ID` prints one row with all of its\n\
         fields, `ocstopo catalog show --product {word}` the whole catalogue; `--format json` and `--format csv` give it to programs.\n\n\
         Each row has the step of the Planning Guide that needs it, its sources, and its confidence: `high` means Microsoft's own page or two independent\n\
         sources, `medium` one source, `low` a recalled fact or one weak source. A row of low confidence opens no port and gives at most a note.\n\
         An empty \"when\" means always. \"outside\" behind a role means its leg to the internet; without it, the inner or only leg is meant.\n\n\
         | section | rows | low confidence | sources differ |\n|---|---|---|---|"
    );
    for section in sections {
        let low = section.rows.iter().filter(|row| row.field("confidence") == "low").count();
        let differ = section.rows.iter().filter(|row| !row.conflicts.is_empty()).count();
        let anchor = section.title.to_lowercase().replace(' ', "-");
        let _ = writeln!(text, "| [{}](#{anchor}) | {} | {low} | {differ} |", section.title, section.rows.len());
    }
    for section in sections {
        write_section(&mut text, section);
    }
    text
}

fn write_section(text: &mut String, section: &Section) {
    let titles: Vec<&str> = section.columns.iter().map(|column| column.title).collect();
    let _ = writeln!(text, "\n## {}\n\n{} (`ocstopo catalog show {}`)\n", section.title, section.about, section.name);
    let _ = writeln!(text, "| {} |\n|{}", titles.join(" | "), "---|".repeat(titles.len()));
    for row in &section.rows {
        let cells: Vec<String> = section.columns.iter().map(|column| span(&row.cell(column.fields))).collect();
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
    let contested: Vec<&Row> = section.rows.iter().filter(|row| !row.conflicts.is_empty()).collect();
    if !contested.is_empty() {
        let _ = writeln!(text, "\n### {}: conflicting sources\n", section.title);
        for row in contested {
            let _ = writeln!(text, "- {}", span(&row.id));
            conflicts(text, row);
        }
    }
}

/// One row with all of its fields.
pub fn row_markdown(section: &Section, row: &Row) -> String {
    let mut text = format!("### {} ({})\n\n", span(&row.id), section.title.to_lowercase());
    for (name, value) in row.fields(section).into_iter().filter(|(name, _)| *name != "id") {
        let _ = writeln!(text, "- {}: {}", span(name), span(&value));
    }
    if !row.conflicts.is_empty() {
        text.push_str("- sources differ\n");
        conflicts(&mut text, row);
    }
    text
}

fn conflicts(text: &mut String, row: &Row) {
    for conflict in &row.conflicts {
        for (says, titles) in &conflict.claims {
            let _ = writeln!(text, "  - claim: {} ({})", span(says), span(&titles.join("; ")));
        }
        let _ = writeln!(text, "  - choice: {}", span(&conflict.choice));
    }
}

/// Text that means nothing to Markdown, in a table or elsewhere; text between backticks stays code.
pub(super) fn span(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return escaped(text);
    }
    let part = |(at, part): (usize, &&str)| match at % 2 {
        0 => escaped(part),
        _ => format!("`{}`", part.replace('|', "\\|")),
    };
    parts.iter().enumerate().map(part).collect()
}

/// An underscore within a word means nothing and stays, so that words can be searched for.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    let mut before = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let within_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        match c {
            '_' if within_word(before) && within_word(rest.peek().copied()) => out.push(c),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '&' | '~' | '#' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
        before = Some(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_no_markup() {
        assert_eq!(
            span("a|b <c> web_conferencing _sip._tls.{sip_domain} *x*"),
            r"a\|b \<c\> web_conferencing \_sip.\_tls.{sip_domain} \*x\*"
        );
        assert_eq!(span("ask `sip.<d>|_x` & go"), r"ask `sip.<d>\|_x` \& go");
        assert_eq!(span("one ` only"), r"one \` only");
        assert_eq!(span("[x](y)\n# z"), r"\[x\](y) \# z");
    }
}
