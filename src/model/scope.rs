//! Names and references: what a path names, searched in the own site first, then in the organization, then as a full path.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::Named;
use crate::diag::codes::model::{UNKNOWN_REFERENCE, WRONG_KIND};
use crate::diag::{self, Diag, Effort, Fix, clear, nearest};
use crate::lower::Decl;
use crate::schema::{a, listed};
use crate::text::{Span, Spanned};

/// What a declared name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Symbol {
    /// Something with a place in the arenas.
    Named(Named),
    /// A block that the model keeps as a declaration: a domain, a location profile, a phone usage.
    Block,
    /// A block that could not be read; that has been told.
    Unread,
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
    unread: BTreeSet<String>,
    sites: Vec<String>,
    /// What is done to guess which names were meant.
    effort: Effort,
    /// What stands in sites under each name, for references that mean it before it is declared or that cannot mean it at all.
    others: FxHashMap<String, Entry>,
}

impl Scope {
    /// A scope without names, over the blocks of `sites`; nothing is told of references that hold one of the words `unread`.
    pub(super) fn new(sites: &[&Decl], unread: &BTreeSet<String>) -> Self {
        let mut others = FxHashMap::default();
        for site in sites {
            for block in &site.children {
                for decl in std::iter::once(block).chain(&block.children).filter(|decl| !decl.name.is_empty()) {
                    let entry = Entry { kind: decl.kind(), symbol: Symbol::Block, span: Some(decl.name_span) };
                    others.entry(format!("{}.{}", site.name, decl.name)).or_insert(entry);
                }
            }
        }
        let sites = sites.iter().map(|site| site.name.clone()).collect();
        Self { unread: unread.clone(), sites, others, ..Self::default() }
    }

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
        let other = || candidates.iter().flatten().find_map(|path| self.others.get(path));
        wrong = wrong.or_else(|| other().filter(|entry| !kinds.contains(&entry.kind)));
        match wrong {
            Some(entry) => Err(Box::new(self.wrong_kind(words, &written, kinds, site, entry))),
            None if words.value.iter().any(|word| self.unread.contains(word)) => Ok(Symbol::Unread),
            None => Err(Box::new(self.unknown(words, &written, kinds, site))),
        }
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
                diag::push(diags, *diag);
                None
            }
        }
    }

    fn unknown(&self, words: Spanned<&[String]>, written: &str, kinds: &[&'static str], site: Option<&str>) -> Diag {
        let here =
            site.map_or_else(|| "in the organization".to_owned(), |site| format!("in site `{site}` or in the organization"));
        let (message, label) = match kinds {
            [kind] if self.unknown_site(written, kinds).is_some() => {
                (format!("{kind} `{written}` is not declared"), "there is no such site".to_owned())
            }
            [kind] => (format!("{kind} `{written}` is not declared"), format!("nothing {here} has this name")),
            _ => (format!("`{written}` is not declared"), format!("no {} {here} has this name", kind_list(kinds))),
        };
        let diag = Diag::error(UNKNOWN_REFERENCE, message, words.span, label);
        if !self.effort.allows(2 * self.count(kinds)) {
            return diag.help(declare(written, kinds));
        }
        let diag = diag.help(self.way_out(written, kinds, site));
        match clear(written, self.names(kinds, site).iter().map(String::as_str)) {
            Some(name) => diag.fix(Fix::write(words.span, name)),
            None => diag,
        }
    }

    /// How many names some kinds have.
    fn count(&self, kinds: &[&'static str]) -> usize {
        kinds.iter().filter_map(|kind| self.paths_by_kind.get(kind)).map(Vec::len).sum()
    }

    /// The name that was probably meant, else the names that there are, else the block to declare.
    fn way_out(&self, written: &str, kinds: &[&'static str], site: Option<&str>) -> String {
        if let Some(suggestion) = self.suggestion(written, kinds, site) {
            return suggestion;
        }
        let declare = declare(written, kinds);
        let names = self.candidates(kinds, site);
        if let Some(elsewhere) = self.unknown_site(written, kinds) {
            let other = if names.is_empty() { String::new() } else { format!(", or write {}", some_of(&names)) };
            return format!("check that the file of site `{elsewhere}` is among those that are read{other}");
        }
        match (names.is_empty(), written.contains('.')) {
            (true, true) => format!("declare {}, and refer to it by its name", a(kinds.first().unwrap_or(&"block"))),
            (true, false) => declare,
            (false, true) => format!("write {}", some_of(&names)),
            (false, false) => format!("write {}, or {declare}", some_of(&names)),
        }
    }

    /// The site that a path begins with, if there is none of this name.
    fn unknown_site<'w>(&self, written: &'w str, kinds: &[&'static str]) -> Option<&'w str> {
        let (first, _) = written.split_once('.')?;
        let in_sites = !kinds.iter().any(|kind| matches!(*kind, "domain" | "location_profile" | "phone_usage"));
        (in_sites && !self.sites.iter().any(|site| site == first)).then_some(first)
    }

    /// The declared names of some kinds as they would be written here, those of the own site first; names of networks include
    /// the internet.
    pub(super) fn candidates(&self, kinds: &[&'static str], site: Option<&str>) -> Vec<String> {
        let mut names: Vec<(bool, &str)> = Vec::new();
        for path in kinds.iter().filter_map(|kind| self.paths_by_kind.get(kind)).flatten() {
            let own = site.and_then(|site| path.strip_prefix(site)?.strip_prefix('.'));
            names.push((own.is_none(), own.unwrap_or(path)));
        }
        names.sort_unstable();
        names.dedup();
        names.into_iter().map(|(_, name)| name.to_owned()).collect()
    }

    /// The declared names of some kinds; those of the own site may be written in full too.
    fn names(&self, kinds: &[&'static str], site: Option<&str>) -> Vec<String> {
        let mut names = self.candidates(kinds, site);
        names.extend(kinds.iter().filter_map(|kind| self.paths_by_kind.get(kind)).flatten().cloned());
        names.sort();
        names.dedup();
        names
    }

    /// A declared name that is near the written one, as it would be written here.
    fn suggestion(&self, written: &str, kinds: &[&'static str], site: Option<&str>) -> Option<String> {
        let names = self.names(kinds, site);
        if let Some(near) = nearest(written, names.iter().map(String::as_str)) {
            return Some(format!("did you mean `{near}`?"));
        }
        let last = written.rsplit('.').next().unwrap_or(written);
        let elsewhere = names.iter().find(|name| name.rsplit('.').next() == Some(last))?;
        Some(format!("`{elsewhere}` exists: write its full path"))
    }

    fn wrong_kind(
        &self,
        words: Spanned<&[String]>,
        written: &str,
        kinds: &[&'static str],
        site: Option<&str>,
        entry: &Entry,
    ) -> Diag {
        let message = format!("expected {}, but `{written}` is {}", kind_list(kinds), a(entry.kind));
        let effort = self.effort.allows(2 * self.count(kinds));
        let names = if effort { self.candidates(kinds, site) } else { Vec::new() };
        let way_out = if names.is_empty() {
            format!("name a block of the kind {}", kind_list(kinds))
        } else {
            format!("write {}", some_of(&names))
        };
        let diag = Diag::error(WRONG_KIND, message, words.span, format!("this names {}", a(entry.kind)));
        let diag = diag.help(effort.then(|| self.suggestion(written, kinds, site)).flatten().unwrap_or(way_out));
        match entry.span {
            Some(span) => diag.related(span, format!("`{written}` is declared here")),
            None => diag,
        }
    }
}

/// The block to declare.
fn declare(written: &str, kinds: &[&'static str]) -> String {
    match kinds {
        ["network"] => format!("declare it: `network {written} {{ zone = internal  range = 10.0.0.0/24 }}`"),
        [kind, ..] => format!("declare it with a `{kind} {written} {{ … }}` block"),
        [] => "name a declared block".to_owned(),
    }
}

/// A few names, as alternatives.
pub(super) fn some_of(names: &[String]) -> String {
    const SHOWN: usize = 4;
    let shown = listed(names.iter().take(SHOWN).map(String::as_str), "or");
    if names.len() > SHOWN { format!("{shown}, or another of the {} there are", names.len()) } else { shown }
}

/// `a`, `a or b`, `a, b or c`.
fn kind_list(kinds: &[&'static str]) -> String {
    match kinds {
        [] => "a block".to_owned(),
        [one] => (*one).to_owned(),
        [init @ .., last] => format!("{} or {last}", init.join(", ")),
    }
}
