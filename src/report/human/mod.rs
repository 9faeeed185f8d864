//! Findings with the source around them, drawn by miette; the only module that names it.
//!
//! miette has one source for each diagnostic, so labels in other files are drawn as notes of their own, and what
//! it does not have (the rule's source, a cap) is written here. Its global hook is never used.

mod clip;
mod source;

use std::collections::BTreeMap;
use std::fmt;

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode, SourceSpan, ThemeStyles};

use super::{Style, count, text::wrap};
use crate::diag::{Diag, Label, Severity};
use crate::text::{FileId, SourceMap, Span, printable};
use source::{Screen, is_long};

/// More findings than this are counted, not drawn.
const DRAWN: usize = 200;

/// Labels at most so many lines from the primary one are drawn in one picture with it, the others in their own.
const NEAR: usize = 3;

/// All findings, each with its source, a blank line after each.
pub fn human(sources: &SourceMap, diags: &[Diag], style: Style) -> String {
    let mut screens = Screens { sources, screens: BTreeMap::new() };
    let mut out = String::new();
    let mut drawn = String::new();
    for diag in diags.iter().take(DRAWN) {
        drawn.clear();
        // Writing to a string cannot fail.
        let _ = draw(&mut drawn, &mut screens, diag, style);
        for line in clip::clip(&drawn, style.width).lines().chain([""]) {
            out += line.trim_end();
            out.push('\n');
        }
    }
    if diags.len() > DRAWN {
        out += &format!("… and {}: `--format short` lists all\n\n", count(diags.len() - DRAWN, "more finding"));
    }
    out
}

struct Screens<'a> {
    sources: &'a SourceMap,
    screens: BTreeMap<FileId, Screen>,
}

impl Screens<'_> {
    fn get(&mut self, file: FileId) -> &Screen {
        let sources = self.sources;
        self.screens.entry(file).or_insert_with(|| Screen::new(sources.file(file)))
    }
}

fn draw(out: &mut String, screens: &mut Screens, diag: &Diag, style: Style) -> fmt::Result {
    let home = diag.primary.span.file;
    let screen = screens.get(home);
    let line = |span: Span| screen.file().line_of(span.start);
    let main = line(diag.primary.span);
    let together = |label: &&Label| {
        let near = |line: usize| line.abs_diff(main) <= NEAR && !is_long(screen.file(), line);
        let beside = || label_text(screen, first_line(screen, label.span), &label.text, style).is_some();
        label.span.file == home && near(line(label.span)) && near(main) && beside()
    };
    let (here, elsewhere): (Vec<_>, Vec<_>) = diag.related.iter().partition(together);
    let labels = std::iter::once(&diag.primary).chain(here);
    let title = format!("{}[{}]:", diag.severity.word(), diag.code);
    Drawing::new(screen, diag.severity, printable(&diag.message).into_owned(), labels, style).render(out, &title, style)?;
    if label_text(screen, first_line(screen, diag.primary.span), &diag.primary.text, style).is_none() {
        footer(out, "here", Some(&diag.primary.text), style);
    }
    for label in elsewhere {
        let message = if label.text.is_empty() { "see also".to_owned() } else { printable(&label.text).into_owned() };
        let bare = Label { span: label.span, text: String::new() };
        Drawing::new(screens.get(label.span.file), Severity::Note, message, [&bare].into_iter(), style)
            .render(out, "note:", style)?;
    }
    footer(out, "help", diag.help.as_deref(), style);
    footer(out, "fix", diag.fix.as_ref().map(|fix| fix.title.as_str()), style);
    footer(out, "source", diag.source.as_deref(), style);
    Ok(())
}

/// A last line such as `  help: write …`, wrapped below its text.
fn footer(out: &mut String, word: &str, text: Option<&str>, style: Style) {
    let Some(text) = text else { return };
    let indent = word.len() + 4;
    for (i, line) in wrap(&printable(text), style.width.saturating_sub(indent)).iter().enumerate() {
        match (i, style.color) {
            (0, true) => *out += &format!("  \u{1b}[36m{word}:\u{1b}[0m {line}\n"),
            (0, false) => *out += &format!("  {word}: {line}\n"),
            _ if line.is_empty() => out.push('\n'),
            _ => *out += &format!("{:indent$}{line}\n", ""),
        }
    }
}

/// One message with labels in one file, in the form that miette takes.
#[derive(Debug)]
struct Drawing<'a> {
    screen: &'a Screen,
    severity: Severity,
    message: String,
    /// Sorted by place, as miette colours them; the primary label has `true`.
    labels: Vec<(SourceSpan, String, bool)>,
}

impl<'a> Drawing<'a> {
    /// The first of `labels` is the primary one.
    fn new<'l>(
        screen: &'a Screen,
        severity: Severity,
        message: String,
        labels: impl Iterator<Item = &'l Label>,
        style: Style,
    ) -> Self {
        let label = |(i, label): (usize, &Label)| {
            let span = first_line(screen, label.span);
            (span, label_text(screen, span, &label.text, style).unwrap_or_default(), i == 0)
        };
        let mut labels: Vec<_> = labels.enumerate().map(label).collect();
        labels.sort_by_key(|(span, ..)| span.offset());
        Self { screen, severity, message, labels }
    }

    fn render(mut self, out: &mut String, title: &str, style: Style) -> fmt::Result {
        // miette would break names at their hyphens, so the message comes wrapped.
        let lines = wrap(&format!("{title} {}", self.message), style.width.saturating_sub(4)).join("\n");
        self.message = lines.strip_prefix(title).unwrap_or(&lines).trim_start().to_owned();
        let mut theme = if style.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
        let ThemeStyles { error, warning, advice, .. } = theme.styles;
        let own = match self.severity {
            Severity::Error => error,
            Severity::Warning => warning,
            Severity::Note => advice,
        };
        theme.styles.highlights = self.labels.iter().map(|(.., primary)| if *primary { own } else { advice }).collect();
        // The word replaces miette's symbol, so that nothing is said by colour or shape alone.
        for symbol in [&mut theme.characters.error, &mut theme.characters.warning, &mut theme.characters.advice] {
            title.clone_into(symbol);
        }
        GraphicalReportHandler::new_themed(theme)
            .with_width(style.width)
            .with_urls(false)
            .with_wrap_lines(false)
            .without_syntax_highlighting()
            .render_report(out, &self)
    }
}

/// The most bytes that are marked in a long line; more would not fit into the shown part.
const MARK: usize = 60;

/// A label marks one line: the first of a block marks the block, and the beginning of a long text the text.
fn first_line(screen: &Screen, span: Span) -> SourceSpan {
    let file = screen.file();
    let start = (span.start as usize).max(file.mark_length());
    let number = file.line_of(span.start);
    let line = file.line_range(number);
    let text = file.text()[line.clone()].trim_end();
    let mut end = (span.end as usize).min(line.start + text.len()).max(start);
    if is_long(file, number) {
        end = end.min(file.text().ceil_char_boundary(start + MARK));
    }
    (start, end - start).into()
}

/// Labels of several lines are at least so wide, those of two lines may be narrower: others are hard to read.
const LABEL: usize = 24;
/// The narrowest label of two lines.
const NARROW: usize = 16;

/// miette wraps no labels, so they are wrapped here to what is left of the width below the middle of the mark; `None` where that
/// is too little.
fn label_text(screen: &Screen, span: SourceSpan, text: &str, style: Style) -> Option<String> {
    let file = screen.file();
    let column = file.line_column(span.offset() as u32).column as usize;
    let marked = file.text()[span.offset()..span.offset() + span.len()].chars().count();
    // A space, the line number, a space, the bar and a space are before the line; the corner and its arm before the text.
    let gutter = (file.line_of(span.offset() as u32) + 2).to_string().len().max(1) + 4;
    let left = style.width.saturating_sub(gutter + column - 1 + marked / 2 + 4);
    let text = printable(text);
    if text.chars().count() <= left {
        return Some(text.into_owned());
    }
    let lines = wrap(&text, left.saturating_sub(1));
    let wide = left >= LABEL || (left >= NARROW && lines.len() <= 2);
    let fits = wide && lines.iter().all(|line| line.chars().count() < left);
    fits.then(|| lines.join("\n"))
}

impl fmt::Display for Drawing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Drawing<'_> {}

impl miette::Diagnostic for Drawing<'_> {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self.screen)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().map(|(span, text, primary)| {
            let text = Some(text.clone()).filter(|text| !text.is_empty());
            if *primary { LabeledSpan::new_primary_with_span(text, *span) } else { LabeledSpan::new_with_span(text, *span) }
        })))
    }
}

#[cfg(test)]
mod tests;
