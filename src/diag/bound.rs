//! No text makes findings without end: their number is bounded, and so is what each of them quotes.

use super::codes::bounds::TOO_MANY;
use super::{Diag, Severity};

/// The most findings of one run. More are of no use: the first ones explain the others.
pub const MOST: usize = 10_000;

/// Adds a finding to those of a stage, unless there are too many already; [`bound`] says that some are missing.
pub fn push(diags: &mut Vec<Diag>, diag: Diag) {
    if diags.len() <= 2 * MOST {
        diags.push(diag);
    }
}

/// Keeps the worst findings, the first of each kind, and has a finding say how many are left out; cuts long words that are
/// quoted. The findings are sorted, and stay so.
pub fn bound(diags: &mut Vec<Diag>) {
    let counts = |diag: &&Diag| diag.code != TOO_MANY.code;
    if diags.iter().filter(counts).count() > MOST {
        let counted = diags.iter().enumerate().filter(|(_, diag)| counts(diag));
        let mut by_severity: Vec<(Severity, usize)> = counted.map(|(at, diag)| (diag.severity, at)).collect();
        by_severity.sort_unstable();
        let left_out: Vec<usize> = by_severity.drain(MOST..).map(|(_, at)| at).collect();
        let first = left_out.iter().min().and_then(|at| diags.get(*at));
        let rest = first.map(|first| {
            let worst = left_out.iter().map(|at| diags[*at].severity).min().unwrap_or(Severity::Note);
            let message = format!("and at least {} more, which are left out", left_out.len());
            Diag::new(worst, TOO_MANY.code, message, first.primary.span, "the first of them")
                .help(format!("correct those that are shown; of all findings {MOST} are, the worst first"))
        });
        let mut keep = vec![true; diags.len()];
        left_out.iter().for_each(|at| keep[*at] = false);
        let mut keep = keep.into_iter();
        diags.retain(|_| keep.next().unwrap_or(false));
        diags.extend(rest);
        super::sort(diags);
    }
    for diag in diags {
        let labels = diag.related.iter_mut().map(|label| &mut label.text);
        let texts = [&mut diag.message, &mut diag.primary.text].into_iter().chain(labels).chain(&mut diag.help);
        texts.chain(diag.fix.as_mut().map(|fix| &mut fix.title)).for_each(cut);
    }
}

/// Words of the language are shorter; a longer one is a mistake, and its beginning is enough to recognize it.
const LONGEST_WORD: usize = 1_100;

/// The bytes of a longer one that are quoted.
const QUOTED: usize = 120;

/// Cuts long words.
fn cut(text: &mut String) {
    if text.len() <= LONGEST_WORD {
        return;
    }
    let mut short = String::new();
    for word in text.split_inclusive(char::is_whitespace) {
        if word.len() <= LONGEST_WORD {
            short += word;
        } else {
            short += &word[..word.floor_char_boundary(QUOTED)];
            short.push('…');
            let rest = word.trim_end();
            let end = rest.ceil_char_boundary(rest.len() - QUOTED / 4);
            short += &word[end..];
        }
    }
    *text = short;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;
    use crate::text::{FileId, Span};

    fn diag(severity: Severity, at: u32) -> Diag {
        Diag::new(severity, Code("OCS0001"), "m", Span::new(FileId(0), at, at), "")
    }

    #[test]
    fn the_worst_stay_and_the_rest_is_counted() {
        let mut diags: Vec<Diag> = (0..MOST as u32).map(|at| diag(Severity::Warning, at)).collect();
        diags.extend((0..5).map(|at| diag(Severity::Error, 1_000_000 + at)));
        bound(&mut diags);
        assert_eq!(diags.len(), MOST + 1);
        assert_eq!(diags.iter().filter(|diag| diag.severity == Severity::Error).count(), 5);
        let rest = diags.iter().find(|diag| diag.code == TOO_MANY.code).unwrap();
        assert_eq!((rest.severity, rest.message.as_str()), (Severity::Warning, "and at least 5 more, which are left out"));
        assert!(diags.is_sorted());
        let before = diags.len();
        diags.truncate(MOST);
        bound(&mut diags);
        assert_eq!(before, MOST + 1);
        assert_eq!(diags.len(), MOST, "as many as there may be are all shown");
    }

    #[test]
    fn long_words_are_cut_and_texts_are_not() {
        let mut diags = vec![diag(Severity::Error, 0).help("é".repeat(2_000))];
        diags[0].message = format!("`{}` is unknown", "x".repeat(10_000_000));
        diags[0].primary.text = "a word ".repeat(1_000);
        bound(&mut diags);
        assert!(diags[0].message.len() < 200 && diags[0].message.ends_with("x` is unknown"), "{}", diags[0].message);
        assert!(diags[0].help.as_ref().unwrap().len() < 200);
        assert_eq!(diags[0].primary.text.len(), 7_000);
    }
}
