//! Names and references: what a path names, searched in the own site first, then in the organization, then as a full path.

use rustc_hash::FxHashMap;

use super::Named;
use crate::diag::codes::model::{UNKNOWN_REFERENCE, WRONG_KIND};
use crate::diag::{Diag, nearest};
use crate::lower::Decl;
use crate::text::{Span, Spanned};

/// What a declared name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Symbol {
    /// Something with a place in the arenas.
    Named(Named),
    /// A block that the model keeps as a declaration: a domain, a location profile, a phone usage.
    Block,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    kind: &'static str,
    symbol: Symbol,
    span: Option<Span>,
}

/// All declared names by full path; several kinds may share one path.
#[derive(Debug, Default)]
pub(super) struct Scope {
    entries: FxHashMap<String, Vec<Entry>>,
    paths_by_kind: FxHashMap<&'static str, Vec<String>>,
}

impl Scope {
    /// Declares a name.
    pub(super) fn declare(&mut self, path: String, kind: &'static str, symbol: Symbol, span: Option<Span>) {
        self.paths_by_kind.entry(kind).or_default().push(path.clone());
        self.entries.entry(path).or_default().push(Entry { kind, symbol, span });
    }

    /// What an attribute refers to, or the finding that says why it refers to nothing.
    pub(super) fn resolve(
        &self,
        words: Spanned<&[String]>,
        kinds: &[&'static str],
        site: Option<&str>,
    ) -> Result<Symbol, Box<Diag>> {
        let written = words.value.join(".");
        let candidates = [site.map(|site| format!("{site}.{written}")), Some(written.clone())];
        let mut wrong = None;
        for path in candidates.iter().flatten() {
            for entry in self.entries.get(path).into_iter().flatten() {
                if kinds.contains(&entry.kind) {
                    return Ok(entry.symbol);
                }
                wrong = wrong.or(Some(entry));
            }
        }
        Err(Box::new(match wrong {
            Some(entry) => wrong_kind(words, &written, kinds, entry).help_opt(self.suggestion(&written, kinds, site)),
            None => self.unknown(words, &written, kinds, site),
        }))
    }

    /// Resolves a reference attribute of a block; reports and answers `None` when it refers to nothing.
    pub(super) fn attribute(
        &self,
        decl: &Decl,
        name: &str,
        site: Option<&str>,
        diags: &mut Vec<Diag>,
    ) -> Option<Spanned<Symbol>> {
        let words = decl.reference(name)?;
        self.with_kinds(decl, name, words, site, diags)
    }

    /// Resolves each reference of a list attribute.
    pub(super) fn list(&self, decl: &Decl, name: &str, site: Option<&str>, diags: &mut Vec<Diag>) -> Vec<Spanned<Symbol>> {
        decl.references(name).filter_map(|words| self.with_kinds(decl, name, words, site, diags)).collect()
    }

    fn with_kinds(
        &self,
        decl: &Decl,
        name: &str,
        words: Spanned<&[String]>,
        site: Option<&str>,
        diags: &mut Vec<Diag>,
    ) -> Option<Spanned<Symbol>> {
        let kinds = decl.schema.attr(name).map(|attr| attr.ty.reference_kinds()).unwrap_or_default();
        match self.resolve(words, kinds, site) {
            Ok(symbol) => Some(Spanned::new(symbol, words.span)),
            Err(diag) => {
                diags.push(*diag);
                None
            }
        }
    }

    fn unknown(&self, words: Spanned<&[String]>, written: &str, kinds: &[&'static str], site: Option<&str>) -> Diag {
        let here =
            site.map_or_else(|| "in the organization".to_owned(), |site| format!("in site `{site}` or in the organization"));
        let diag = Diag::error(
            UNKNOWN_REFERENCE,
            format!("{} `{written}` is not declared", kind_list(kinds)),
            words.span,
            format!("nothing {here} has this name"),
        );
        let fallback = match kinds {
            ["network"] => format!("declare it: `network {written} {{ zone = internal  range = 10.0.0.0/24 }}`"),
            [kind, ..] => format!("declare it with a `{kind} {written} {{ … }}` block, or name one that exists"),
            [] => "name a declared block".to_owned(),
        };
        diag.help(self.suggestion(written, kinds, site).unwrap_or(fallback))
    }

    /// A declared name that is near the written one, as it would be written here.
    fn suggestion(&self, written: &str, kinds: &[&'static str], site: Option<&str>) -> Option<String> {
        let prefix = site.map(|site| format!("{site}."));
        let mut names: Vec<String> = Vec::new();
        for path in kinds.iter().filter_map(|kind| self.paths_by_kind.get(kind)).flatten() {
            if let Some(short) = prefix.as_deref().and_then(|prefix| path.strip_prefix(prefix)) {
                names.push(short.to_owned());
            }
            names.push(path.clone());
        }
        names.sort();
        if let Some(near) = nearest(written, names.iter().map(String::as_str)) {
            return Some(format!("did you mean `{near}`?"));
        }
        let last = written.rsplit('.').next().unwrap_or(written);
        let elsewhere = names.iter().find(|name| name.rsplit('.').next() == Some(last))?;
        Some(format!("`{elsewhere}` exists: write its full path"))
    }
}

fn wrong_kind(words: Spanned<&[String]>, written: &str, kinds: &[&'static str], entry: &Entry) -> Diag {
    let diag = Diag::error(
        WRONG_KIND,
        format!("expected {}, but `{written}` is a {}", kind_list(kinds), entry.kind),
        words.span,
        format!("this names a {}", entry.kind),
    )
    .help(format!("name a block of the kind {}", kind_list(kinds)));
    match entry.span {
        Some(span) => diag.related(span, format!("`{written}` is declared here")),
        None => diag,
    }
}

/// `a`, `a or b`, `a, b or c`.
fn kind_list(kinds: &[&'static str]) -> String {
    match kinds {
        [] => "a block".to_owned(),
        [one] => (*one).to_owned(),
        [init @ .., last] => format!("{} or {last}", init.join(", ")),
    }
}
