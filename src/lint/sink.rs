//! Where checks put what they find. The sink adds what the rule says about itself, so that a check states only the case at
//! hand.

use rustc_hash::FxHashSet;

use crate::catalog::{Confidence, Provenance, Support, SupportLevel};
use crate::diag::{Code, Diag, Fact, Fix, Severity, Ties};
use crate::text::Span;

/// What findings take from their rule.
#[derive(Debug, Clone, Copy)]
pub(super) struct Origin {
    /// Its code.
    pub(super) code: Code,
    /// How bad a finding is, unless the check lowers it.
    pub(super) severity: Severity,
    /// The page or table that states it.
    pub(super) source: &'static str,
}

/// Collects the findings of a rule.
#[derive(Debug)]
pub struct Sink {
    rule: Origin,
    diags: Vec<Diag>,
    reported: FxHashSet<Span>,
}

impl Sink {
    /// An empty sink.
    pub(super) fn new(rule: Origin) -> Self {
        Self { rule, diags: Vec::new(), reported: FxHashSet::default() }
    }

    /// All findings.
    pub(super) fn into_diags(self) -> Vec<Diag> {
        self.diags
    }

    /// Adds a finding.
    pub fn report(&mut self, finding: Finding) {
        self.diags.push(finding.into_diag(self.rule));
    }

    /// Adds a finding unless the rule has one at this place: the servers of a range share a line, and one is enough for all.
    pub fn report_once(&mut self, finding: Finding) {
        if self.reported.insert(finding.span) {
            self.report(finding);
        }
    }
}

/// What a check says: the message, the place, the way out.
#[derive(Debug)]
pub struct Finding {
    message: String,
    span: Span,
    label: String,
    related: Vec<(Span, String)>,
    help: Option<String>,
    severity: Option<Severity>,
    fix: Option<Fix>,
    ties: Ties,
}

impl Finding {
    /// What is wrong, where, and why there.
    pub fn new(message: impl Into<String>, span: Span, label: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            span,
            label: label.into(),
            related: Vec::new(),
            help: None,
            severity: None,
            fix: None,
            ties: Ties::default(),
        }
    }

    /// Adds the other party; a place equal to the finding's own adds nothing.
    #[must_use]
    pub fn related(mut self, span: Span, text: impl Into<String>) -> Self {
        if span != self.span {
            self.related.push((span, text.into()));
        }
        self
    }

    /// Adds the other party, if it is written anywhere.
    #[must_use]
    pub fn related_opt(self, span: Option<Span>, text: impl Into<String>) -> Self {
        match span {
            Some(span) => self.related(span, text),
            None => self,
        }
    }

    /// The way out, with concrete text.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// A milder severity than the rule's own.
    #[must_use]
    pub fn milder(mut self, severity: Severity) -> Self {
        self.severity = Some(self.severity.map_or(severity, |known| known.max(severity)));
        self
    }

    /// No more than a note where the fact behind it is unsure.
    #[must_use]
    pub fn as_sure_as(self, fact: &Provenance) -> Self {
        if fact.confidence == Confidence::Low { self.milder(Severity::Note) } else { self }
    }

    /// The severity of its support level: an error where it is required or not supported, a warning where it is advice.
    #[must_use]
    pub fn by_support_level(self, row: &Support) -> Self {
        let finding = match row.standing {
            SupportLevel::Required | SupportLevel::Unsupported => self,
            SupportLevel::Advised | SupportLevel::Discouraged => self.milder(Severity::Warning),
            SupportLevel::Allowed => self.milder(Severity::Note),
        };
        finding.as_sure_as(&row.provenance)
    }

    /// The correction, where there is one right answer.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// Puts a fact in doubt, beside what is written at the finding's place: findings that need it are consequences of this one.
    #[must_use]
    pub fn blames(mut self, fact: Fact) -> Self {
        self.ties.blame(fact);
        self
    }

    /// Rests on a fact: a finding that is as bad and puts it in doubt silences this one.
    #[must_use]
    pub fn needs(self, fact: Fact) -> Self {
        self.needs_one_of([fact])
    }

    /// Rests on any of some facts: only when all of them are in doubt it is silent.
    #[must_use]
    pub fn needs_one_of(mut self, facts: impl IntoIterator<Item = Fact>) -> Self {
        self.ties.need_one_of(facts);
        self
    }

    pub(super) fn into_diag(self, rule: Origin) -> Diag {
        let severity = self.severity.map_or(rule.severity, |milder| milder.max(rule.severity));
        let mut diag =
            Diag::new(severity, rule.code, self.message, self.span, self.label).source(rule.source).help_opt(self.help);
        for (span, text) in self.related {
            diag = diag.related(span, text);
        }
        diag.fix = self.fix;
        diag.ties = self.ties;
        diag
    }
}
