//! What a rule is: its code, its documentation, its examples and its check, declared in one place with `rule!`.

use super::sink::Origin;
use super::{RuleContext, Sink};
use crate::catalog::Confidence;
use crate::diag::{Code, CodeRow, Family, Severity};
use crate::fmt;
use crate::lower::Date;
use crate::product::Releases;
use crate::syntax::parse;
use crate::text::FileId;

/// One rule. Everything that names a rule (`check`, `explain`, SARIF, the tests) reads this.
#[derive(Debug)]
pub struct Rule {
    /// Two digits of the planning step and two of the rule; never used twice.
    pub code: Code,
    /// What is at issue, in kebab case.
    pub name: &'static str,
    /// The step of the Planning Guide, from the code; 0 is the language itself.
    pub step: u8,
    /// How bad a finding is, unless the check lowers it.
    pub severity: Severity,
    /// How sure the fact behind it is; a low one allows notes only.
    pub confidence: Confidence,
    /// The releases that it holds for.
    pub releases: Releases,
    /// Markdown: What it does, Why it matters, Planning Guide.
    pub doc: &'static str,
    /// The page or table that states it.
    pub source: &'static str,
    /// Whether it judges what is written, whatever else may be missing. Such a rule is checked even where the files have errors;
    /// the others would blame what those errors took away.
    pub runs_despite_errors: bool,
    /// Whether a `waive` block may silence it.
    pub waivable: bool,
    /// Whether its findings can carry a correction.
    pub fixable: bool,
    /// A complete topology that raises this code and no other.
    pub bad: Example,
    /// The same topology put right.
    pub good: Example,
    /// Checks the whole topology.
    pub check: fn(&RuleContext, &mut Sink),
}

/// A complete topology: one of those in `lint/bases/` with a few words replaced, so that the point at issue is obvious.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// The text that it begins with.
    pub base: &'static str,
    /// What is replaced by what, in order; each first half occurs exactly once.
    pub edits: &'static [(&'static str, &'static str)],
    /// The day on which it is checked, where that makes the difference.
    pub today: Option<Date>,
}

impl Example {
    /// A topology as it is.
    pub const fn of(base: &'static str) -> Self {
        Self { base, edits: &[], today: None }
    }

    /// A topology with changes.
    pub const fn with(base: &'static str, edits: &'static [(&'static str, &'static str)]) -> Self {
        Self { base, edits, today: None }
    }

    /// The same, checked on a day.
    pub const fn on(self, today: Date) -> Self {
        Self { today: Some(today), ..self }
    }

    /// The text.
    pub fn text(&self) -> String {
        self.edits.iter().fold(self.base.to_owned(), |text, (old, new)| text.replacen(old, new, 1))
    }

    /// The text as people see it: in canonical layout, whatever the edits did to columns.
    pub fn shown(&self) -> String {
        fmt::format(&parse(FileId(0), self.text().into()))
    }
}

impl Rule {
    /// What its findings take from it.
    pub(super) fn origin(&self) -> Origin {
        Origin { code: self.code, severity: self.severity, source: self.source }
    }

    /// What it has in common with codes that are no rule's.
    pub fn row(&self) -> CodeRow {
        CodeRow {
            code: self.code,
            name: self.name,
            family: Family::Rules,
            severity: self.severity,
            waivable: self.waivable,
            doc: self.doc,
        }
    }

    /// The documentation as Markdown, its paragraphs filled to the width of a narrow terminal.
    pub fn markdown(&self) -> String {
        let mut text = String::new();
        for paragraph in self.doc.split("\n\n").map(str::trim) {
            let (heading, body) = match paragraph.split_once('\n') {
                Some((heading, body)) if heading.starts_with('#') => (Some(heading), body),
                _ => (None, paragraph),
            };
            if !text.is_empty() {
                text.push('\n');
            }
            text.extend(heading.into_iter().flat_map(|heading| [heading, "\n"]));
            fill(&mut text, body);
        }
        text
    }

    /// What it does, in one paragraph: the text under the first heading.
    pub fn summary(&self) -> String {
        let doc = self.markdown();
        let body = doc.split_once('\n').map_or("", |(_, body)| body);
        let end = body.find("\n## ").unwrap_or(body.len());
        body[..end].split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Appends words in lines of at most 80 characters.
pub(super) fn fill(text: &mut String, words: &str) {
    let mut width = 0;
    for word in words.split_whitespace() {
        let length = word.chars().count();
        if width > 0 {
            let fits = width + 1 + length <= 80;
            text.push(if fits { ' ' } else { '\n' });
            width = if fits { width + 1 } else { 0 };
        }
        text.push_str(word);
        width += length;
    }
    text.push('\n');
}

/// The step that a code such as `OCS0703` belongs to.
pub(super) const fn step_of(code: &str) -> u8 {
    let digits = code.as_bytes();
    (digits[3] - b'0') * 10 + (digits[4] - b'0')
}

/// Declares the rule of a file: its documentation as `///` lines, then what the engine must know.
macro_rules! rule {
    (
        $(#[doc = $doc:literal])*
        $code:literal $name:literal {
            severity: $severity:ident,
            confidence: $confidence:ident,
            source: $source:expr,
            $(runs_despite_errors: $written:literal,)?
            $(since: $since:ident,)?
            $(until: $until:ident,)?
            $(waivable: $waivable:literal,)?
            $(fixable: $fixable:literal,)?
            bad: $bad:expr,
            good: $good:expr,
        }
    ) => {
        #[doc = concat!("`", $name, "`")]
        pub static RULE: $crate::lint::Rule = $crate::lint::Rule {
            code: $crate::diag::Code($code),
            name: $name,
            step: $crate::lint::rule::step_of($code),
            severity: $crate::diag::Severity::$severity,
            confidence: $crate::catalog::Confidence::$confidence,
            releases: $crate::product::Releases::ALL
                $(.since($crate::product::Product::$since))?
                $(.until($crate::product::Product::$until))?,
            doc: concat!($($doc, "\n"),*),
            source: $source,
            runs_despite_errors: $crate::lint::rule::or!(false $(, $written)?),
            waivable: $crate::lint::rule::or!(true $(, $waivable)?),
            fixable: $crate::lint::rule::or!(false $(, $fixable)?),
            bad: $bad,
            good: $good,
            check,
        };
    };
}

/// The second value if there is one, else the first.
macro_rules! or {
    ($default:expr) => {
        $default
    };
    ($default:expr, $given:expr) => {
        $given
    };
}

pub(crate) use or;
pub(crate) use rule;
